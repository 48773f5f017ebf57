using FluentValidation;
using FluentValidation.Results;
using MediatR;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Revisions;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Slos.Series;

/// <summary>What an objective counted over [From, To), step by step, as the version in force now counts.</summary>
/// <param name="To">Null: now.</param>
/// <param name="From">Null: 24 hours before <paramref name="To"/>.</param>
/// <param name="Step">As 1m, 5m, 1h, 1d; null: the finest that a screen can show.</param>
public sealed record GetSloSeries(string Id, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Step = null) : IQuery<SloSeries>, IScoped
{
    public static Access Access => Access.View;

    Touches IScoped.Touches => Touches.One(Touched.Of(Id));
}

/// <summary>Equal steps, oldest first, on whole multiples of the step in UTC.</summary>
public sealed record SloSeries
{
    public required string Id { get; init; }

    /// <summary>Start of the first step.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>End of the last step.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>At least an hour where a part of the span is older than single minutes are kept.</summary>
    public required int StepSeconds { get; init; }

    /// <summary>What good and total count: <c>events</c> or <c>seconds</c>.</summary>
    public required string Unit { get; init; }

    public required decimal Target { get; init; }

    public required IReadOnlyList<SloPoint> Points { get; init; }
}

/// <param name="At">Start of the step.</param>
/// <param name="Coverage">Share of the step's minutes so far that reported, 0 to 1.</param>
/// <param name="Sli">Good over total; null without data.</param>
/// <param name="P50Ms">Percentiles in milliseconds, of latency objectives only; null without data.</param>
/// <param name="Mean">Mean reading in the SLI's unit, of value and freshness objectives only.</param>
public sealed record SloPoint(
    DateTimeOffset At,
    decimal Good,
    decimal Total,
    decimal Coverage,
    decimal? Sli,
    decimal? P50Ms,
    decimal? P95Ms,
    decimal? P99Ms,
    decimal? Mean);

internal sealed class GetSloSeriesValidator : AbstractValidator<GetSloSeries>
{
    public GetSloSeriesValidator(TimeProvider time) => RuleFor(request => request).Custom((request, context) =>
    {
        var span = SeriesSpan.Of(request, time.GetUtcNow());
        if (request.Step is not null && !SeriesStep.TryParse(request.Step, out _))
        {
            Add(nameof(request.Step), "step.known", $"step is one of {SeriesStep.Known}.");
        }

        if (span.From >= span.To)
        {
            Add(nameof(request.From), "from.beforeTo", "from must lie before to.");
        }
        else if (span.From < DateTimeOffset.UnixEpoch || span.To - span.From > TimeSpan.FromDays(SeriesStep.MaxDays))
        {
            Add(nameof(request.From), "from.range", $"from and to lie at most {SeriesStep.MaxDays} days apart.");
        }
        else if (span.Points > SeriesStep.MaxPoints)
        {
            Add(nameof(request.Step), "step.tooManyPoints", $"The span holds {span.Points} steps; at most {SeriesStep.MaxPoints} are answered at once.");
        }

        void Add(string property, string rule, string message) => context.AddFailure(new ValidationFailure(property, message) { ErrorCode = rule });
    });
}

/// <summary>The span of a request with what it leaves open filled in.</summary>
internal readonly record struct SeriesSpan(DateTimeOffset From, DateTimeOffset To, int Step)
{
    public WindowSpan Minutes => new(
        SeriesStep.RoundDown(TimeIndex.MinuteOf(From.ToUnixTimeMilliseconds()), Step),
        SeriesStep.RoundUp(TimeIndex.MinuteOf(To.ToUnixTimeMilliseconds() + TimeIndex.MillisecondsPerMinute - 1), Step));

    public int Points => Minutes.Minutes / Step;

    public static SeriesSpan Of(GetSloSeries request, DateTimeOffset now)
    {
        var to = request.To ?? now;
        var from = request.From ?? (to > DateTimeOffset.UnixEpoch.AddDays(1) ? to.AddDays(-1) : DateTimeOffset.UnixEpoch);
        var step = request.Step is { } text && SeriesStep.TryParse(text, out var minutes) ? minutes : SeriesStep.For((long)(to - from).TotalMinutes);
        return new(from, to, step);
    }
}

internal sealed class GetSloSeriesHandler(OpsDbContext db, SloHistoryReader reader, TimeProvider time) : IRequestHandler<GetSloSeries, Outcome<SloSeries>>
{
    public async Task<Outcome<SloSeries>> Handle(GetSloSeries request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await db.FindSloAsync(request.Id, cancellationToken) is not { } row)
        {
            return Failure.NotFound($"Objective {request.Id}");
        }

        var slo = row.InForceAt(now.ToUnixTimeMilliseconds()).Read();
        var span = SeriesSpan.Of(request, now);
        var nowMinute = TimeIndex.MinuteOf(now.ToUnixTimeMilliseconds());
        var (slots, step) = await reader.ReadAsync(slo, span.Minutes, span.Step, nowMinute, withDurations: true, cancellationToken);
        return new SloSeries
        {
            Id = request.Id,
            From = AtMinute(slots[0].Minute),
            To = AtMinute(slots[^1].Minute + step),
            StepSeconds = step * 60,
            Unit = SloUnits.UnitOf(slo.Budgeting) == BudgetUnit.Events ? "events" : "seconds",
            Target = slo.Target,
            Points = [.. slots.Select(slot => ToPoint(slo, slot))],
        };
    }

    private static SloPoint ToPoint(SloDefinition slo, in SloSlot slot) => new(
        AtMinute(slot.Minute),
        SloUnits.ToDisplay(slo.Budgeting, slot.Tally.Good),
        SloUnits.ToDisplay(slo.Budgeting, slot.Tally.Total),
        decimal.Round(slot.Coverage, 6),
        slot.Tally.Ratio is { } ratio ? decimal.Round(ratio, 12) : null,
        slot.Durations?.Percentile(50),
        slot.Durations?.Percentile(95),
        slot.Durations?.Percentile(99),
        slot.Mean is { } mean ? decimal.Round(mean, 6) : null);

    private static DateTimeOffset AtMinute(int minute) => Instants.ToInstant(TimeIndex.StartOfMinute(minute));
}
