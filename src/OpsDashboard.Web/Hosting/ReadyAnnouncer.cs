using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpsDashboard.Application.Platform.Outbound;

namespace OpsDashboard.Web.Hosting;

/// <summary>Writes <c>Ready on &lt;url&gt;</c> to standard output, once, when <c>/readyz</c> would first answer 200.</summary>
internal sealed class ReadyAnnouncer(
    HealthCheckService health,
    IHostApplicationLifetime lifetime,
    IServer server,
    PublicAddress address,
    TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        address.Listening(ListenAddress.First(server));
        while ((await health.CheckHealthAsync(Health.IsReadiness, stoppingToken)).Status != HealthStatus.Healthy)
        {
            await Task.Delay(Interval, time, stoppingToken);
        }

        await Console.Out.WriteLineAsync($"Ready on {ListenAddress.First(server)}".AsMemory(), stoppingToken);
        await Console.Out.FlushAsync(stoppingToken);
    }

    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }
}
