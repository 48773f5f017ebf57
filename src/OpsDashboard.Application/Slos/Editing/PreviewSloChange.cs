using MediatR;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Revisions;
using OpsDashboard.Application.Slos.Series;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Slos.WhatIf;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Slos.Editing;

/// <summary>What proposed terms would have meant on the history there is, beside the terms in force. Stores nothing.</summary>
public sealed record PreviewSloChange(string Id, SloTerms Proposed) : IQuery<SloWhatIf>, IScoped
{
    public static Access Access => Access.View;

    Touches IScoped.Touches => Touches.One(Touched.Of(Id));
}

public sealed record SloWhatIf
{
    public required string Id { get; init; }

    public required WhatIfSide Before { get; init; }

    public required WhatIfSide After { get; init; }
}

/// <summary>One set of terms, judged over its window as of now, over the last twelve closed months and over 30 days of alerts.</summary>
public sealed record WhatIfSide
{
    public required SloTerms Terms { get; init; }

    public required SloState State { get; init; }

    public required decimal? Sli { get; init; }

    /// <summary>In events or seconds, as the budget says.</summary>
    public required decimal Good { get; init; }

    public required decimal Total { get; init; }

    public required decimal BadSeconds { get; init; }

    public required decimal Coverage { get; init; }

    public required long ExcludedSeconds { get; init; }

    public required BudgetStatus Budget { get; init; }

    /// <summary>Seconds of full outage the target allows in the whole window.</summary>
    public required decimal AllowedDowntimeSeconds { get; init; }

    public required DateTimeOffset? ExhaustionAt { get; init; }

    /// <summary>Of the last twelve closed months; null when none was measured enough.</summary>
    public required int? MonthsBreached { get; init; }

    public required int MonthsMeasured { get; init; }

    public required IReadOnlyList<WhatIfMonth> Months { get; init; }

    /// <summary>How often any burn alert would have begun to fire in the last 30 days; null when the history does not suffice.</summary>
    public required int? AlertsFired { get; init; }

    public required IReadOnlyList<WhatIfAlert> Alerts { get; init; }
}

/// <param name="Month">As 2026-10.</param>
/// <param name="Breached">Null: not measured enough to tell.</param>
public sealed record WhatIfMonth(string Month, decimal? Sli, decimal Coverage, bool? Breached);

/// <param name="Firings">How often it would have begun to fire in 30 days; null when the history does not suffice.</param>
public sealed record WhatIfAlert(AlertSeverity Severity, int LongWindowMinutes, int ShortWindowMinutes, decimal Threshold, int? Firings, int FiringMinutes);

internal sealed class PreviewSloChangeHandler(OpsDbContext db, SeriesDirectory series, SloHistoryReader reader, RecentHistory recent, TimeProvider time)
    : IRequestHandler<PreviewSloChange, Outcome<SloWhatIf>>
{
    public async Task<Outcome<SloWhatIf>> Handle(PreviewSloChange request, CancellationToken cancellationToken)
    {
        var nowMs = time.NowMs();
        if (await db.FindSloAsync(request.Id, cancellationToken) is not { } row)
        {
            return Failure.NotFound($"Objective {request.Id}");
        }

        var before = row.InForceAt(nowMs).Read();
        if (EditSloRules.Check(request.Proposed, before) is { Count: > 0 } faults)
        {
            return Failure.Invalid(faults);
        }

        var after = request.Proposed.ApplyTo(before);
        var change = await RehearseAsync(before, after, TimeIndex.MinuteOf(nowMs), cancellationToken);
        return new SloWhatIf { Id = request.Id, Before = Side(before, change.Before), After = Side(after, change.After) };
    }

    private async Task<RehearsedChange> RehearseAsync(SloDefinition before, SloDefinition after, int nowMinute, CancellationToken cancellationToken)
    {
        var fromHour = ChangeRehearsal.FirstHourNeeded(before, after, nowMinute);
        var span = new WindowSpan(fromHour * TimeIndex.MinutesPerHour, nowMinute + 1);
        var maintenance = await reader.MaintenanceAsync(before.Maintenance is null ? after : before, span, cancellationToken);
        if (before.Kind != SliKind.Latency || before.Threshold == after.Threshold)
        {
            return await CompareAsync(before, after);
        }

        // Two limits make two histories of good and bad.
        var (was, wouldBe) = (await CompareAsync(before, before), await CompareAsync(after, after));
        return new(was.Before, wouldBe.After);

        async Task<RehearsedChange> CompareAsync(SloDefinition left, SloDefinition right)
        {
            var history = series.TryFind(left.SliId, out var found)
                ? await recent.OfAsync(left, found.Id, fromHour, TimeIndex.HourOf(nowMinute), cancellationToken)
                : new CountedHistory(fromHour, fromHour, new byte[]?[1], null);
            return ChangeRehearsal.Compare(CountedHistory.Reading(left), CountedHistory.Reading(right), nowMinute, history.Reader(), history.FirstMinute, maintenance);
        }
    }

    private static WhatIfSide Side(SloDefinition slo, RehearsedObjective rehearsed)
    {
        var now = rehearsed.Now;
        return new WhatIfSide
        {
            Terms = SloTerms.Of(slo),
            State = now.State,
            Sli = now.Sli,
            Good = now.Good,
            Total = now.Total,
            BadSeconds = now.BadSeconds,
            Coverage = now.Coverage,
            ExcludedSeconds = now.ExcludedSeconds,
            Budget = new BudgetStatus(
                now.Budget.Total,
                now.Budget.Consumed,
                now.Budget.Remaining,
                now.Budget.Unit == BudgetUnit.Events ? "events" : "seconds",
                now.Budget.RemainingRatio),
            AllowedDowntimeSeconds = ErrorBudget.AllowedDowntimeSeconds(slo.Target, now.Window.Minutes * 60m),
            ExhaustionAt = now.ExhaustionAt is { } at ? Instants.ToInstant(at) : null,
            MonthsBreached = rehearsed.MonthsBreached,
            MonthsMeasured = rehearsed.Months.Count(month => month.Breached is not null),
            Months = [.. rehearsed.Months.Select(ToMonth)],
            AlertsFired = rehearsed.Alerts.Any(alert => alert.JudgedMinutes > 0) ? rehearsed.Alerts.Sum(alert => alert.Firings) : null,
            Alerts = [.. rehearsed.Alerts.Select(ToAlert)],
        };
    }

    private static WhatIfMonth ToMonth(RehearsedMonth month) => new(
        Instants.ToInstant(TimeIndex.StartOfMinute(month.StartMinute)).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture),
        month.Sli,
        month.Coverage,
        month.Breached);

    private static WhatIfAlert ToAlert(RehearsedAlert alert) => new(
        alert.Rule.Severity,
        alert.Rule.LongWindowMinutes,
        alert.Rule.ShortWindowMinutes,
        alert.Rule.Threshold,
        alert.JudgedMinutes > 0 ? alert.Firings : null,
        alert.FiringMinutes);
}
