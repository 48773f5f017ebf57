using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Keys.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Keys;

namespace OpsDashboard.Application.Keys.Watch;

/// <summary>Tells of keys that expire soon, each once. A key that another has followed is left to expire in peace.</summary>
internal sealed class KeyExpiryWatch(IServiceScopeFactory scopes, StartupState startup, FeedSignal signal, TimeProvider time, ILogger<KeyExpiryWatch> log) : BackgroundService
{
    public static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(10);

    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var until = now + (KeyTerms.WarnDays * Instants.DayMs);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var due = await db.Set<ApiKeyRow>().AsNoTracking()
            .Where(row => row.RevokedAtMs == null && row.WarnedAtMs == null && row.ExpiresAtMs > now && row.ExpiresAtMs <= until)
            .Where(row => !db.Set<ApiKeyRow>().Any(next => next.FollowsId == row.Id && next.RevokedAtMs == null))
            .Select(row => row.Id)
            .ToListAsync(cancellationToken);
        foreach (var id in due)
        {
            await TellAsync(id, now, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await startup.CatalogsLoaded.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                KeysLog.WatchFailed(log, fault);
            }

            await Task.Delay(LookEvery, time, stoppingToken);
        }
    }

    private async Task TellAsync(string id, long now, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            // Of two nodes that look at once, the one whose mark counts tells.
            var marked = await db.Set<ApiKeyRow>().Where(row => row.Id == id && row.WarnedAtMs == null && row.RevokedAtMs == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.WarnedAtMs, now), cancellationToken);
            if (marked == 1)
            {
                var row = await db.Set<ApiKeyRow>().AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
                await scope.ServiceProvider.GetRequiredService<IMediator>().Publish(new KeyExpires(row.Id, row.Name, row.OwnerId, row.ExpiresAtMs, now), cancellationToken);
                db.Announce(now, (ApiKeys.Topic, "all"));
                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
        });
        signal.Nudge();
    }
}
