namespace OpsDashboard.Application.Notifications;

/// <summary>What a message is for. Pages go before everything else.</summary>
public enum MessageKind
{
    /// <summary>A page of an incident.</summary>
    Page,

    /// <summary>The code that proves a contact method.</summary>
    Verification,

    /// <summary>A page a person sent to themselves.</summary>
    Test,

    /// <summary>To subscribers and others who are not paged.</summary>
    Notice,
}

public enum MessageState
{
    /// <summary>Waits for its time or its next try.</summary>
    Queued,

    /// <summary>Claimed by a process; the answer is not recorded yet.</summary>
    Sending,

    /// <summary>The channel took it.</summary>
    Sent,

    /// <summary>Given up: on the list of dead letters.</summary>
    Dead,

    /// <summary>Not wanted any more before it left.</summary>
    Withdrawn,

    /// <summary>Taken off the list of dead letters by a person.</summary>
    Discarded,
}

public enum AttemptOutcome
{
    /// <summary>Begun, not recorded yet.</summary>
    Running,
    Sent,

    /// <summary>Failed in a way that may pass.</summary>
    Failed,

    /// <summary>Failed in a way that will not pass by waiting.</summary>
    Refused,

    /// <summary>The process ended, or lost its claim, before the answer was recorded: it may have been sent.</summary>
    Unknown,
}
