using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Kpis.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Kpis.Entry;

/// <summary>A value somebody tells.</summary>
/// <param name="Value">Null: what was told before is withdrawn.</param>
internal sealed record KpiClaim(string KpiId, DateOnly Start, decimal? Value, string? Note);

/// <summary>What a claim would do.</summary>
/// <param name="Number">Of the row it becomes.</param>
internal sealed record PlannedEntry(KpiClaim Claim, int Number, bool IsCorrection);

/// <summary>What was told before is never overwritten: what differs from it becomes a further entry, what does not changes nothing.</summary>
internal sealed class KpiDesk(OpsDbContext db, CallerContext caller, TimeProvider time)
{
    /// <summary>Rows a save writes at once.</summary>
    private const int Block = 5_000;

    /// <summary>Periods a statement names at once; both stores have a limit.</summary>
    private const int Named = 500;

    /// <returns>Only what would change something.</returns>
    public async Task<List<PlannedEntry>> PlanAsync(IReadOnlyList<KpiClaim> claims, CancellationToken cancellationToken)
    {
        var known = new Dictionary<(string KpiId, int Start), (int Number, decimal? Value)>();
        foreach (var kpi in claims.GroupBy(claim => claim.KpiId, StringComparer.Ordinal))
        {
            var (id, from, to) = (kpi.Key, Day.Number(kpi.Min(claim => claim.Start)), Day.Number(kpi.Max(claim => claim.Start)));
            var rows = await db.Set<KpiEntryRow>().AsNoTracking()
                .Where(row => row.KpiId == id && row.IsCurrent && row.Start >= from && row.Start <= to)
                .Select(row => new { row.Start, row.Number, row.Value })
                .ToListAsync(cancellationToken);
            rows.ForEach(row => known[(id, row.Start)] = (row.Number, row.Value));
        }

        var plan = new List<PlannedEntry>(claims.Count);
        foreach (var claim in claims)
        {
            if (!known.TryGetValue((claim.KpiId, Day.Number(claim.Start)), out var before))
            {
                plan.Add(new PlannedEntry(claim, 1, false));
            }
            else if (before.Value != claim.Value)
            {
                plan.Add(new PlannedEntry(claim, before.Number + 1, true));
            }
        }

        return plan;
    }

    /// <summary>Writes in the caller's transaction.</summary>
    /// <param name="told">How many are written so far.</param>
    public async Task WriteAsync(IReadOnlyList<PlannedEntry> plan, KpiSource source, Action<int>? told, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        foreach (var kpi in plan.Where(entry => entry.IsCorrection).GroupBy(entry => entry.Claim.KpiId, StringComparer.Ordinal))
        {
            foreach (var starts in kpi.Select(entry => Day.Number(entry.Claim.Start)).Chunk(Named))
            {
                await db.Set<KpiEntryRow>()
                    .Where(row => row.KpiId == kpi.Key && row.IsCurrent && starts.Contains(row.Start))
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.IsCurrent, false), cancellationToken);
            }
        }

        var written = 0;
        foreach (var block in plan.Chunk(Block))
        {
            db.AddRange(block.Select(entry => ToRow(entry, source, now)));
            db.Announce(now, [("kpis", "all"), ("dashboard", "executive"), .. block.Select(entry => ("kpi", entry.Claim.KpiId)).Distinct()]);
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
            told?.Invoke(written += block.Length);
        }
    }

    private KpiEntryRow ToRow(PlannedEntry entry, KpiSource source, long now) => new()
    {
        KpiId = entry.Claim.KpiId,
        Start = Day.Number(entry.Claim.Start),
        Number = entry.Number,
        Value = entry.Claim.Value,
        IsCurrent = true,
        Source = source,
        Note = entry.Claim.Note,
        Author = caller.Current.Name,
        AtMs = now,
    };
}
