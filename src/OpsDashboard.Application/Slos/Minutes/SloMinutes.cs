using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Evaluation;
using OpsDashboard.Application.Slos.History;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Domain.Agreements;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Slos.Minutes;

/// <summary>A calendar month of one objective, minute by minute, judged by the version in force at its end.</summary>
public sealed record MeasuredMonth
{
    public required SloDefinition Definition { get; init; }

    public required int Version { get; init; }

    public required MinuteStates States { get; init; }

    /// <summary>Windows of its platform or service that touch the month.</summary>
    public required IReadOnlyList<PlannedWork> Planned { get; init; }

    /// <summary>First minute it was ever measured, where that lies inside the month; null where it was measured before.</summary>
    public required int? FirstMinute { get; init; }
}

/// <param name="Service">Null: the whole platform.</param>
public sealed record PlannedWork(PlannedMaintenance Window, string Platform, string? Service, string Reason);

/// <summary>Stored minutes of objectives that count their minutes up or down, for who must account for single minutes.</summary>
public sealed class SloMinutes
{
    /// <summary>Up to here each series is read by its own key range; beyond, all hours in one pass cost less.</summary>
    private const int FewSeries = 12;

    private readonly IServiceScopeFactory scopes;
    private readonly SeriesDirectory directory;
    private readonly StoredHours hours;

    internal SloMinutes(IServiceScopeFactory scopes, SeriesDirectory directory, StoredHours hours) =>
        (this.scopes, this.directory, this.hours) = (scopes, directory, hours);

    /// <summary>Somebody still writes whole hours: what stands there now is not yet the history.</summary>
    public async Task<bool> IsHistoryUnderWayAsync(long nowMs, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<OpsDbContext>().IsHistoryUnderWayAsync(nowMs, cancellationToken);
    }

    /// <summary>How each of the objectives that are there keeps its budget.</summary>
    public async Task<IReadOnlyDictionary<string, BudgetingMethod>> MethodsAsync(IReadOnlyCollection<string> slos, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var objectives = await scope.ServiceProvider.GetRequiredService<OpsDbContext>().LoadObjectivesAsync(directory, slos, cancellationToken);
        return objectives.ToDictionary(objective => objective.Path, objective => objective.InForceAt(long.MaxValue).Definition.Budgeting, StringComparer.Ordinal);
    }

    /// <param name="slos">Paths; those that are not there, or count no slices, are left out.</param>
    /// <param name="nowMs">A month still running is judged by the version in force now.</param>
    public async Task<IReadOnlyDictionary<string, MeasuredMonth>> ReadAsync(IReadOnlyCollection<string> slos, YearMonth month, long nowMs, CancellationToken cancellationToken)
    {
        var (startMs, endMs) = (month.Start.ToUnixTimeMilliseconds(), month.End.ToUnixTimeMilliseconds());
        var span = new WindowSpan(TimeIndex.MinuteOf(startMs), TimeIndex.MinuteOf(endMs));
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var objectives = await db.LoadObjectivesAsync(directory, slos, cancellationToken);
        var windows = await db.Set<MaintenanceRow>().AsNoTracking().Where(row => row.StartMs < endMs && row.EndMs > startMs).ToListAsync(cancellationToken);
        var entries = objectives
            .Select(objective => new Entry(objective.SeriesId, objective.InForceAt(Math.Min(nowMs, endMs - 1)), new MinuteStates(span)))
            .Where(entry => entry.Revision.Definition.Budgeting == BudgetingMethod.Timeslices)
            .ToList();
        await FillAsync(entries, span, cancellationToken);
        var found = new Dictionary<string, MeasuredMonth>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var slo = entry.Revision.Definition;
            found[slo.Id] = new MeasuredMonth
            {
                Definition = slo,
                Version = entry.Revision.Version,
                States = entry.States,
                Planned = [.. windows.Where(row => Concerns(row, slo)).OrderBy(row => row.StartMs).Select(Describe)],
                FirstMinute = await FirstMinuteAsync(entry, cancellationToken),
            };
        }

        return found;
    }

    private async Task FillAsync(List<Entry> entries, WindowSpan span, CancellationToken cancellationToken)
    {
        var readers = entries.ToLookup(entry => entry.SeriesId);
        var (from, to) = (TimeIndex.HourOf(span.Start), TimeIndex.HourOf(span.End));
        var chunk = new HourChunk();
        if (readers.Count > FewSeries)
        {
            await foreach (var stored in hours.OfAllSeriesAsync(from, to, cancellationToken))
            {
                Apply(stored);
            }

            return;
        }

        foreach (var series in readers)
        {
            await foreach (var stored in hours.OfSeriesAsync(series.Key, from, to, cancellationToken))
            {
                Apply(stored);
            }
        }

        void Apply(StoredHour stored)
        {
            if (readers.Contains(stored.SeriesId))
            {
                chunk.Load(stored.Data);
                foreach (var entry in readers[stored.SeriesId])
                {
                    entry.States.Apply(entry.Revision.Definition, stored.Hour, chunk);
                }
            }
        }
    }

    private async Task<int?> FirstMinuteAsync(Entry entry, CancellationToken cancellationToken)
    {
        var first = entry.States.All.IndexOfAnyExcept(MinuteState.Silent);
        if (first <= 0)
        {
            return null;
        }

        var span = entry.States.Span;
        return await hours.FirstOfSeriesAsync(entry.SeriesId, cancellationToken) is { } hour && hour >= TimeIndex.HourOf(span.Start) ? span.Start + first : null;
    }

    private static bool Concerns(MaintenanceRow row, SloDefinition slo) => row.Platform == slo.Platform && (row.Service is null || row.Service == slo.Service);

    private static PlannedWork Describe(MaintenanceRow row) => new(new PlannedMaintenance(row.StartMs, row.EndMs, row.AnnouncedAtMs), row.Platform, row.Service, row.Reason);

    private sealed record Entry(int SeriesId, Revision Revision, MinuteStates States);
}
