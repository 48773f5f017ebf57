using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Notifications.Delivery;

/// <summary>Forgets messages long after they ended; dead letters stay until a person has settled them. Every node may do it: deleting twice harms nothing.</summary>
internal sealed class OutboxPruner(IServiceScopeFactory scopes, StartupState startup, TimeProvider time, ILogger<OutboxPruner> log) : BackgroundService
{
    /// <summary>How long a message, and with it its dedupe key, is known.</summary>
    public const int KeepDays = 90;

    private const int AtOnce = 500;
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <returns>How many were forgotten.</returns>
    public async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var before = time.NowMs() - (KeepDays * Instants.DayMs);
        var forgotten = 0;
        while (true)
        {
            var ids = await db.Set<OutboxRow>()
                .Where(row => row.CreatedAtMs < before && (row.State == MessageState.Sent || row.State == MessageState.Withdrawn || row.State == MessageState.Discarded))
                .OrderBy(row => row.CreatedAtMs)
                .Take(AtOnce)
                .Select(row => row.Id)
                .ToListAsync(cancellationToken);
            if (ids.Count == 0)
            {
                return forgotten;
            }

            await db.Set<DeliveryAttemptRow>().Where(attempt => ids.Contains(attempt.MessageId)).ExecuteDeleteAsync(cancellationToken);
            forgotten += await db.Set<OutboxRow>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await startup.CatalogsLoaded.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PruneAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                NotificationsLog.PruneFailed(log, fault);
            }

            await Task.Delay(Every, time, stoppingToken);
        }
    }
}
