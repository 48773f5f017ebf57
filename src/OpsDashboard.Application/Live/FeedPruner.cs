using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Live;

/// <summary>Drops feed rows every tailer has long read. Every node may do it: deleting twice harms nothing.</summary>
internal sealed class FeedPruner(IServiceScopeFactory scopes, TimeProvider time, ILogger<FeedPruner> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);
    private const long KeepMs = Instants.HourMs;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, time, stoppingToken);
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
                var before = time.NowMs() - KeepMs;
                await db.Set<ChangeRow>().Where(row => row.AtMs < before).ExecuteDeleteAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LiveLog.PruneFailed(log, fault);
            }
        }
    }
}
