using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Live;

namespace OpsDashboard.Testing;

/// <summary>Waits for what the live bus tells, instead of sleeping.</summary>
public static class LiveWait
{
    /// <summary>Reads, and reads again whenever the subject changes, until the condition holds.</summary>
    public static async Task<T> UntilAsync<T>(
        this InProcessApp app,
        (string Topic, string Key) subject,
        Func<Task<T>> read,
        Func<T, bool> condition,
        CancellationToken cancellationToken)
    {
        using var changed = new SemaphoreSlim(1);
        await using var subscription = app.Services.GetRequiredService<LiveBus>().Subscribe(
            [subject],
            TimeSpan.FromMilliseconds(10),
            (_, _) =>
            {
                if (changed.CurrentCount == 0)
                {
                    changed.Release();
                }

                return Task.CompletedTask;
            });
        while (true)
        {
            await changed.WaitAsync(Eventually.Patience, cancellationToken);
            var value = await read();
            if (condition(value))
            {
                return value;
            }
        }
    }
}
