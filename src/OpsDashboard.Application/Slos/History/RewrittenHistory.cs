using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Evaluation;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.History;

/// <summary>
/// For whoever puts whole hours of history in place or takes them away: tells the objectives that read those series to count
/// anew. Works inside the caller's transaction.
/// </summary>
public sealed class RewrittenHistory
{
    /// <summary>Told when whole hours were put in place or taken away.</summary>
    public static readonly (string Topic, string Key) Rewritten = ("history", "rewritten");

    private readonly OpsDbContext db;

    internal RewrittenHistory(OpsDbContext db) => this.db = db;

    /// <summary>
    /// Whole hours are still being written, so no month may be closed from what stands there. Holds for
    /// <see cref="HistoryUnderWay.HoldsFor"/> after it was last said, and until <see cref="AnnounceAsync"/>.
    /// </summary>
    public Task UnderWayAsync(long nowMs, CancellationToken cancellationToken) => db.PutHistoryUnderWayAsync(nowMs, cancellationToken);

    /// <summary>Whether somebody still writes whole hours: what is told of a month is not to be told from half of it.</summary>
    public Task<bool> IsUnderWayAsync(long nowMs, CancellationToken cancellationToken) => db.IsHistoryUnderWayAsync(nowMs, cancellationToken);

    /// <summary>The hours of these series are other ones now: every objective that reads them is judged from the store again.</summary>
    /// <param name="sliIds">Paths platform/service/sli.</param>
    public async Task AnnounceAsync(IReadOnlyCollection<string> sliIds, long nowMs, CancellationToken cancellationToken)
    {
        var readers = await ReadersAsync(sliIds, cancellationToken);
        await db.ClearHistoryUnderWayAsync(cancellationToken);
        db.Announce(nowMs, Rewritten);
        if (readers.Count > 0)
        {
            db.Add(new ChangeRow
            {
                Topic = Evaluator.ObjectivesTopic,
                Detail = Encoding.UTF8.GetBytes(string.Join('\n', readers.Select(reader => reader.Path))),
                AtMs = nowMs,
            });
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The series were emptied: months and alerts judged from them go too.</summary>
    public async Task ForgetAsync(IReadOnlyCollection<string> sliIds, long nowMs, CancellationToken cancellationToken)
    {
        var ids = (await ReadersAsync(sliIds, cancellationToken)).ConvertAll(reader => reader.Id);
        await db.Set<SloMonthRow>().Where(row => ids.Contains(row.SloId)).ExecuteDeleteAsync(cancellationToken);
        await db.Set<BurnAlertRow>().Where(row => ids.Contains(row.SloId)).ExecuteDeleteAsync(cancellationToken);
        await AnnounceAsync(sliIds, nowMs, cancellationToken);
        db.Announce(nowMs, ("dashboard", "executive"), ("dashboard", "development"), ("dashboard", "operations"));
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<List<(int Id, string Path)>> ReadersAsync(IReadOnlyCollection<string> sliIds, CancellationToken cancellationToken)
    {
        var wanted = sliIds.ToHashSet(StringComparer.Ordinal);
        var slos = await db.Set<SloRow>().AsNoTracking().Include(row => row.Revisions).AsSplitQuery().ToListAsync(cancellationToken);
        return
        [
            .. slos
                .Where(slo => slo.Revisions.Exists(revision => wanted.Contains(
                    JsonSerializer.Deserialize<SloDefinition>(revision.Definition, StoreJson.Options)!.SliId)))
                .Select(slo => (slo.Id, slo.Path)),
        ];
    }
}
