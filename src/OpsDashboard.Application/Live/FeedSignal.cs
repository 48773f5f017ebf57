namespace OpsDashboard.Application.Live;

/// <summary>
/// Wakes the tailers of this process as soon as one of its own commits landed. Commits of other processes are found by polling.
/// </summary>
public sealed class FeedSignal
{
    private volatile TaskCompletionSource next = Create();

    public void Nudge()
    {
        var woken = Interlocked.Exchange(ref next, Create());
        woken.TrySetResult();
    }

    /// <summary>Take the ticket before reading the feed, so that no nudge between reading and waiting is lost.</summary>
    public Task Ticket() => next.Task;

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
