using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Kpis.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Kpis;

namespace OpsDashboard.Application.Kpis;

/// <param name="Start">First day of the period.</param>
/// <param name="Corrects">What was told before and held until then; null: nothing.</param>
public sealed record RecordedKpiValue(string KpiId, DateOnly Start, decimal Value, KpiSource Source, string Author, DateTimeOffset At, string? Note = null, decimal? Corrects = null);

/// <param name="From">Null: from the beginning.</param>
public sealed record RecordedKpiAim(string KpiId, DateOnly? From, KpiAim Aim, string Reason);

/// <summary>KPIs that come with a history, in the caller's transaction; people tell theirs by request.</summary>
public sealed class KpiRecord
{
    private readonly OpsDbContext db;

    internal KpiRecord(OpsDbContext db) => this.db = db;

    /// <summary>Puts values and targets in the place of what this teller recorded before, computed figures included. KPIs that do not exist are passed over.</summary>
    /// <param name="teller">Author of the targets, and mark of the values.</param>
    public async Task ReplaceAsync(string teller, IReadOnlyList<RecordedKpiValue> values, IReadOnlyList<RecordedKpiAim> aims, long nowMs, CancellationToken cancellationToken)
    {
        var mark = $" · {teller}";
        await db.Set<KpiEntryRow>().Where(row => row.Author.EndsWith(mark) || row.Source == KpiSource.Computed).ExecuteDeleteAsync(cancellationToken);
        await db.Set<KpiAimRow>().Where(row => row.Author == teller).ExecuteDeleteAsync(cancellationToken);
        var kpis = await db.Set<KpiRow>().ToDictionaryAsync(row => row.Id, StringComparer.Ordinal, cancellationToken);
        foreach (var kpi in aims.Where(aim => kpis.ContainsKey(aim.KpiId)).GroupBy(aim => aim.KpiId, StringComparer.Ordinal))
        {
            var newest = await db.Set<KpiAimRow>().Where(row => row.KpiId == kpi.Key).MaxAsync(row => (int?)row.Number, cancellationToken) ?? 0;
            db.AddRange(kpi.Select((aim, index) => new KpiAimRow
            {
                KpiId = aim.KpiId,
                Number = newest + index + 1,
                FromDay = Day.Number(aim.From ?? DateOnly.MinValue),
                Aim = KpiJson.Write(aim.Aim),
                Reason = aim.Reason,
                Author = teller,
                CreatedAtMs = nowMs,
            }));
        }

        var told = await db.Set<KpiEntryRow>().Where(row => row.IsCurrent).Select(row => new { row.KpiId, row.Start }).ToListAsync(cancellationToken);
        var taken = told.Select(row => (row.KpiId, row.Start)).ToHashSet();
        db.AddRange(values.Where(value => kpis.ContainsKey(value.KpiId) && !taken.Contains((value.KpiId, Day.Number(value.Start)))).SelectMany(value => Rows(value, mark)));
        db.Announce(nowMs, ("kpis", "all"), ("dashboard", "executive"));
        await db.SaveChangesAsync(cancellationToken);
    }

    private static IEnumerable<KpiEntryRow> Rows(RecordedKpiValue value, string mark)
    {
        if (value.Corrects is { } before)
        {
            yield return Row(value, mark, 1, before, isCurrent: false, note: null, value.At.AddDays(-3));
        }

        yield return Row(value, mark, value.Corrects is null ? 1 : 2, value.Value, isCurrent: true, value.Note, value.At);
    }

    private static KpiEntryRow Row(RecordedKpiValue value, string mark, int number, decimal told, bool isCurrent, string? note, DateTimeOffset at) => new()
    {
        KpiId = value.KpiId,
        Start = Day.Number(value.Start),
        Number = number,
        Value = told,
        IsCurrent = isCurrent,
        Source = value.Source,
        Note = note,
        Author = value.Author + mark,
        AtMs = at.ToUnixTimeMilliseconds(),
    };
}
