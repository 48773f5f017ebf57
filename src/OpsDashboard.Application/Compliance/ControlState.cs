namespace OpsDashboard.Application.Compliance;

/// <summary>How a control stands.</summary>
public enum ControlState
{
    Met,

    /// <summary>Broken in a way that has a day: the compliance team is called after 24 hours.</summary>
    Minor,

    /// <summary>Broken in a way that cannot wait: legal and the executive team are called at once.</summary>
    Major,

    /// <summary>Does not apply to this instance as it runs.</summary>
    NotApplicable,
}

/// <summary>A control of a contract, as it stands.</summary>
/// <param name="Id">Stable: alerts and history go by it.</param>
/// <param name="Clause">The words of the contract.</param>
/// <param name="Evidence">What was measured, in a sentence.</param>
/// <param name="Facts">Single figures behind it.</param>
/// <param name="Href">Where more of it stands.</param>
public sealed record ControlFinding(
    string Id,
    string Title,
    string Document,
    string Section,
    string Clause,
    ControlState State,
    string Evidence,
    IReadOnlyList<ControlFact> Facts,
    string? Href);

public sealed record ControlFact(string Name, string Value);
