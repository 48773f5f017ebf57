using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Telemetry.Intake;

namespace OpsDashboard.Application.Demo;

/// <summary>Sends ticks through the intake as any source would; a tick sent twice is the same batch and counts once.</summary>
internal sealed class DemoFeed(IServiceScopeFactory scopes, ILogger<DemoFeed> log)
{
    public const string KeyName = "demo";

    /// <summary>Ticks on their way at once; the intake commits them together.</summary>
    private const int AtOnce = 50;

    /// <summary>Sends [from, to), or the beginning of it.</summary>
    /// <returns>The first tick that was not sent; below <paramref name="from"/> plus one when the intake is busy.</returns>
    public async Task<long> SendAsync(DemoWorld world, long from, long to, CancellationToken cancellationToken)
    {
        var until = Math.Min(to, from + AtOnce);
        var ticks = Enumerable.Range(0, (int)(until - from)).Select(offset => from + offset);
        var taken = await Task.WhenAll(ticks.Select(tick => SendAsync(world, tick, cancellationToken)));
        var refused = Array.IndexOf(taken, false);
        return refused < 0 ? until : from + refused;
    }

    private async Task<bool> SendAsync(DemoWorld world, long tick, CancellationToken cancellationToken)
    {
        if (DemoBatch.Write(world, tick) is not { } body)
        {
            return true;
        }

        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = Caller.WithKey(KeyName);
        var outcome = await scope.ServiceProvider.GetRequiredService<IDispatcher>()
            .Send(new IngestSamples(body, IsNdjson: false, BatchId: null), cancellationToken);
        if (outcome.Failure is { } failure)
        {
            DemoLog.Refused(log, failure.Message);
            // What is refused for good is not sent again: the story goes on without it.
            return failure.Kind != FailureKind.Unavailable;
        }

        return true;
    }
}
