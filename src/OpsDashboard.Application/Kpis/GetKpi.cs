using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Kpis.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Kpis;

namespace OpsDashboard.Application.Kpis;

/// <summary>One KPI with its periods, its targets, and who told what.</summary>
public sealed record GetKpi(string KpiId) : IQuery<KpiDetail>, INamesKpi
{
    /// <summary>Entries told, the newest.</summary>
    public const int MostEntries = 400;

    public static Access Access => Access.ReadReports;
}

/// <param name="Formula">Null: its values are handed in.</param>
/// <param name="Points">Ascending, without a hole.</param>
/// <param name="Aims">Newest first.</param>
/// <param name="Entries">Newest period first, of each the newest entry first; at most 400.</param>
public sealed record KpiDetail(
    KpiSummary Summary,
    KpiDefinition Definition,
    int Version,
    string? Formula,
    IReadOnlyList<KpiPointDetail> Points,
    IReadOnlyList<KpiAimDetail> Aims,
    IReadOnlyList<KpiEntry> Entries)
{
    /// <summary>Of the traffic light.</summary>
    public string Rule { get; } = KpiLight.Rule;

    /// <summary>How the forecast is made.</summary>
    public string Forecasting { get; } = KpiForecast.Method;
}

/// <param name="Start">First day, UTC.</param>
/// <param name="Value">What is judged.</param>
/// <param name="IsOpen">The period still runs.</param>
/// <param name="IsAwaited">It has ended, and its value may still be on its way.</param>
public sealed record KpiPointDetail(string Period, DateOnly Start, decimal? Measured, decimal? Value, KpiAim Aim, KpiState State, bool IsOpen, bool IsAwaited);

/// <param name="From">First day it judges; null: from the beginning.</param>
public sealed record KpiAimDetail(int Number, DateOnly? From, KpiAim Aim, string Reason, string Author, DateTimeOffset CreatedAt);

/// <param name="Number">1: the first told; from 2 on its corrections; 0: running.</param>
/// <param name="Value">In the unit of what is measured; null: withdrawn.</param>
/// <param name="IsCurrent">It holds; else a later one took its place.</param>
public sealed record KpiEntry(string Period, int Number, decimal? Value, bool IsCurrent, KpiSource Source, string? Note, string Author, DateTimeOffset At);

internal sealed class GetKpiHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<GetKpi, Outcome<KpiDetail>>
{
    public async Task<Outcome<KpiDetail>> Handle(GetKpi request, CancellationToken cancellationToken)
    {
        if ((await db.ReadKpisAsync(request.KpiId, null, DateOnly.MinValue, cancellationToken)).SingleOrDefault() is not { } kpi)
        {
            return Failure.NotFound($"The KPI \"{request.KpiId}\"");
        }

        var series = kpi.Series(time.Today());
        var aims = await db.Set<KpiAimRow>().AsNoTracking().Where(row => row.KpiId == request.KpiId).OrderByDescending(row => row.Number).ToListAsync(cancellationToken);
        var entries = await db.Set<KpiEntryRow>().AsNoTracking()
            .Where(row => row.KpiId == request.KpiId)
            .OrderByDescending(row => row.Start).ThenByDescending(row => row.Number)
            .Take(GetKpi.MostEntries)
            .ToListAsync(cancellationToken);
        return new KpiDetail(
            KpiSummary.Of(series),
            kpi.Definition,
            kpi.Row.Version,
            kpi.Definition.Computed is { } computed ? KpiFormulas.Say(computed) : null,
            [.. series.Points.Select(point => new KpiPointDetail(point.Period.ToString(), point.Period.Start, point.Measured, point.Value, point.Aim, series.StateOf(point), point.IsOpen, point.IsAwaited))],
            aims.ConvertAll(row => new KpiAimDetail(row.Number, Day.Of(row.FromDay) is var from && from == DateOnly.MinValue ? null : from, KpiBook.Read(row), row.Reason, row.Author, Instants.ToInstant(row.CreatedAtMs))),
            entries.ConvertAll(row => new KpiEntry(
                KpiPeriod.Of(kpi.Definition.Cadence, Day.Of(row.Start)).ToString(), row.Number, row.Value, row.IsCurrent, row.Source, row.Note, row.Author, Instants.ToInstant(row.AtMs))));
    }
}
