using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.Escalation;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Notifications.Pages;

/// <summary>Finds the levels of which no page has reached or may still reach anybody, and passes them, each in a transaction of its own.</summary>
internal sealed class LevelsWithoutAnswer(OpsDbContext db, UnreachedLevels levels)
{
    /// <param name="keys">Pages of which a try has failed, by the dedupe key of their message.</param>
    public async Task PassAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        foreach (var (incident, level, cycle) in await FindAsync(keys, cancellationToken))
        {
            await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                await levels.PassAsync(incident, level, cycle, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            });
        }
    }

    private async Task<IReadOnlyList<(long Incident, int Level, int Cycle)>> FindAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var failed = await db.Set<PageRow>().AsNoTracking()
            .Where(page => keys.Contains(page.MessageKey!) && page.WithdrawnAtMs == null && page.Level < PageOwed.CatchAllLevel)
            .Select(page => new { page.IncidentId, page.Level, page.Cycle })
            .Distinct()
            .ToListAsync(cancellationToken);
        var passed = new List<(long, int, int)>();
        foreach (var one in failed)
        {
            var hopeful = await (
                from page in db.Set<PageRow>()
                join message in db.Set<OutboxRow>() on page.MessageKey equals message.DedupeKey
                where page.IncidentId == one.IncidentId && page.Level == one.Level && page.Cycle == one.Cycle
                    && message.State != MessageState.Dead && message.State != MessageState.Discarded
                select page.Id).AnyAsync(cancellationToken);
            if (!hopeful)
            {
                passed.Add((one.IncidentId, one.Level, one.Cycle));
            }
        }

        return passed;
    }
}
