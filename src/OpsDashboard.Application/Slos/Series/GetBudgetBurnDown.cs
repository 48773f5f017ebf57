using MediatR;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Revisions;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Slos.Series;

/// <summary>How the budget of the present window went: what was left of it after each step.</summary>
public sealed record GetBudgetBurnDown(string Id) : IQuery<BudgetBurnDown>, IScoped
{
    public static Access Access => Access.View;

    Touches IScoped.Touches => Touches.One(Touched.Of(Id));
}

/// <summary>
/// The budget is the one the window has now, so that the last point is what is left now. It starts whole with the window.
/// </summary>
public sealed record BudgetBurnDown
{
    public required string Id { get; init; }

    public required DateTimeOffset WindowStart { get; init; }

    /// <summary>End of a calendar window; of a rolling one, the end of the minute under way.</summary>
    public required DateTimeOffset WindowEnd { get; init; }

    public required int StepSeconds { get; init; }

    /// <summary><c>events</c> or <c>seconds</c>.</summary>
    public required string Unit { get; init; }

    public required decimal Total { get; init; }

    /// <summary>Oldest first; the last is now. Empty while the budget is nothing.</summary>
    public required IReadOnlyList<BurnDownPoint> Points { get; init; }
}

/// <param name="At">End of the step.</param>
/// <param name="RemainingRatio">Signed share of the budget left then.</param>
public sealed record BurnDownPoint(DateTimeOffset At, decimal RemainingRatio);

internal sealed class GetBudgetBurnDownHandler(OpsDbContext db, SloHistoryReader reader, TimeProvider time)
    : IRequestHandler<GetBudgetBurnDown, Outcome<BudgetBurnDown>>
{
    public async Task<Outcome<BudgetBurnDown>> Handle(GetBudgetBurnDown request, CancellationToken cancellationToken)
    {
        var nowMs = time.NowMs();
        if (await db.FindSloAsync(request.Id, cancellationToken) is not { } row)
        {
            return Failure.NotFound($"Objective {request.Id}");
        }

        var slo = row.InForceAt(nowMs).Read();
        var nowMinute = TimeIndex.MinuteOf(nowMs);
        var window = WindowSpan.At(slo.Window, nowMinute);
        var soFar = new WindowSpan(window.Start, nowMinute + 1);
        var (slots, step) = await reader.ReadAsync(slo, soFar, SeriesStep.For(window.Minutes), nowMinute, withDurations: false, cancellationToken);
        var tally = slots.Aggregate(default(SloTally), (sum, slot) => sum + slot.Tally);
        var budget = ErrorBudget.Of(slo.Target, slo.Budgeting, tally, window.End - soFar.End);
        return new BudgetBurnDown
        {
            Id = request.Id,
            WindowStart = AtMinute(window.Start),
            WindowEnd = AtMinute(window.End),
            StepSeconds = step * 60,
            Unit = budget.Unit == BudgetUnit.Events ? "events" : "seconds",
            Total = budget.Total,
            Points = budget.Total > 0 ? Points(slo, slots, step, soFar, budget.Total, nowMs) : [],
        };
    }

    private static List<BurnDownPoint> Points(SloDefinition slo, IReadOnlyList<SloSlot> slots, int step, WindowSpan soFar, decimal total, long nowMs)
    {
        var points = new List<BurnDownPoint>(slots.Count + 1) { new(AtMinute(soFar.Start), 1m) };
        var bad = 0L;
        foreach (var slot in slots)
        {
            bad += slot.Tally.Bad;
            var end = Math.Min(TimeIndex.StartOfMinute(slot.Minute + step), nowMs);
            points.Add(new(Instants.ToInstant(end), decimal.Round(1m - (SloUnits.ToDisplay(slo.Budgeting, bad) / total), 6)));
        }

        return points;
    }

    private static DateTimeOffset AtMinute(int minute) => Instants.ToInstant(TimeIndex.StartOfMinute(minute));
}
