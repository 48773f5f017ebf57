namespace OpsDashboard.Application.Notifications.Delivery;

/// <summary>
/// Tells whether this process wrote to the outbox a moment ago. A commit then is worth a look at once; else the many commits of
/// the intake would each cost the worker a query.
/// </summary>
internal sealed class OutboxSignal(TimeProvider time)
{
    /// <summary>Longer than any transaction of the product may take.</summary>
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(45);

    private volatile TaskCompletionSource next = Create();
    private long last = long.MinValue;

    public bool IsWarm => Volatile.Read(ref last) is var at and not long.MinValue && time.GetElapsedTime(at) < Warm;

    /// <summary>Completes at the next <see cref="Expect"/>; take it before asking whether it is warm.</summary>
    public Task Ticket() => next.Task;

    /// <summary>A transaction that writes to the outbox is under way.</summary>
    public void Expect()
    {
        Volatile.Write(ref last, time.GetTimestamp());
        Interlocked.Exchange(ref next, Create()).TrySetResult();
    }

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
