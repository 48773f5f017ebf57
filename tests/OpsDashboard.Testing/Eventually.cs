namespace OpsDashboard.Testing;

/// <summary>Waits for what another thread or process does in its own time, where nothing signals it.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns as soon as the condition holds; fails after <paramref name="within"/>, a minute where none is given.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, CancellationToken cancellationToken, TimeSpan? within = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(within ?? TimeSpan.FromMinutes(1));
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
