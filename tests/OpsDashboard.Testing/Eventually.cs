namespace OpsDashboard.Testing;

/// <summary>Waits for what another thread or process does in its own time, where nothing signals it.</summary>
public static class Eventually
{
    /// <summary>
    /// How long a test waits for anything that must come but has no promised time. A minute, because it costs nothing where the thing
    /// comes and a busy machine is no fault of the product; what is promised in time is asserted by a test of its own.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns as soon as the condition holds; fails after <paramref name="within"/>, else <see cref="Patience"/>.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, CancellationToken cancellationToken, TimeSpan? within = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(within ?? Patience);
        using var timer = new PeriodicTimer(Interval);
        while (!await condition())
        {
            try
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException("The condition did not come true in time.", late);
            }
        }
    }

    public static Task TrueAsync(Func<bool> condition, CancellationToken cancellationToken, TimeSpan? within = null) =>
        TrueAsync(() => Task.FromResult(condition()), cancellationToken, within);
}
