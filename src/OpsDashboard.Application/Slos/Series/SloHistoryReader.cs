using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Slos.Series;

/// <summary>Reads what an objective's series measured over a span, counted in steps.</summary>
internal sealed class SloHistoryReader(OpsDbContext db, StoredHours hours, SeriesDirectory series)
{
    /// <summary>The slots of a span, and the step they came in: coarser than asked where the minutes are no longer kept.</summary>
    public async Task<(IReadOnlyList<SloSlot> Slots, int Step)> ReadAsync(
        SloDefinition slo,
        WindowSpan span,
        int step,
        int nowMinute,
        bool withDurations,
        CancellationToken cancellationToken)
    {
        var plan = ExclusionPlan.Of(slo.Maintenance, await MaintenanceAsync(slo, span, cancellationToken), span);
        var counting = new SloCounting(slo, span, step, plan, withDurations);
        var born = int.MaxValue;
        if (series.TryFind(slo.SliId, out var found))
        {
            var (first, last) = (TimeIndex.HourOf(span.Start), TimeIndex.HourOf(Math.Min(span.End - 1, nowMinute)));
            born = await hours.FirstOfSeriesAsync(found.Id, cancellationToken) is { } hour ? hour * TimeIndex.MinutesPerHour : int.MaxValue;
            await foreach (var stored in hours.OfSeriesAsync(found.Id, first, last + 1, cancellationToken))
            {
                counting.Add(stored.Hour, stored.Data);
            }
        }

        if (!counting.NeedsCoarserStep)
        {
            return (counting.Finish(born, nowMinute), step);
        }

        var whole = new WindowSpan(SeriesStep.RoundDown(span.Start, TimeIndex.MinutesPerHour), SeriesStep.RoundUp(span.End, TimeIndex.MinutesPerHour));
        return await ReadAsync(slo, whole, TimeIndex.MinutesPerHour, nowMinute, withDurations, cancellationToken);
    }

    /// <summary>Windows of the service and its platform that touch the span, or the calendar months it lies in, whose cap they share.</summary>
    public async Task<IReadOnlyList<PlannedMaintenance>> MaintenanceAsync(SloDefinition slo, WindowSpan span, CancellationToken cancellationToken)
    {
        if (slo.Maintenance is null)
        {
            return [];
        }

        var from = TimeIndex.StartOfMinute(WindowSpan.MonthOf(span.Start).Start);
        var to = TimeIndex.StartOfMinute(span.End);
        return await db.Set<MaintenanceRow>().AsNoTracking()
            .Where(row => row.Platform == slo.Platform && (row.Service == null || row.Service == slo.Service) && row.EndMs > from && row.StartMs < to)
            .Select(row => new PlannedMaintenance(row.StartMs, row.EndMs, row.AnnouncedAtMs))
            .ToListAsync(cancellationToken);
    }
}
