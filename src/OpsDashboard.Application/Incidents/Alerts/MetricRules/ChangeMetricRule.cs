using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Alerts.MetricRules;

/// <summary>Sets a rule's limits and durations, or switches it off. Its clause stays beside it.</summary>
public sealed record ChangeMetricRule : ICommand<Done>, IScoped
{
    public static Access Access => Access.EditObjectives;

    Touches IScoped.Touches => Touches.One(new Touched(Id.Split('/')[0]));

    /// <summary>Path platform/rule.</summary>
    public required string Id { get; init; }

    public required bool Enabled { get; init; }

    public required decimal Limit { get; init; }

    /// <summary>Null: the limit itself.</summary>
    public decimal? RecoversAt { get; init; }

    public required int WindowMinutes { get; init; }

    public required int ForMinutes { get; init; }
}

internal sealed class ChangeMetricRuleValidator : AbstractValidator<ChangeMetricRule>
{
    public ChangeMetricRuleValidator()
    {
        RuleFor(request => request.WindowMinutes).InclusiveBetween(1, MetricRule.MaxWindowMinutes).WithErrorCode("windowMinutes.range")
            .WithMessage($"Between 1 and {MetricRule.MaxWindowMinutes} minutes.");
        RuleFor(request => request.ForMinutes).InclusiveBetween(0, MetricRule.MaxForMinutes).WithErrorCode("forMinutes.range")
            .WithMessage($"Between 0 and {MetricRule.MaxForMinutes} minutes.");
        RuleFor(request => request.Limit).InclusiveBetween(-1_000_000_000m, 1_000_000_000m).WithErrorCode("limit.range").WithMessage("Within a thousand million.");
    }
}

internal sealed class ChangeMetricRuleHandler(OpsDbContext db, MetricRuleEvaluator evaluator, TimeProvider time) : IRequestHandler<ChangeMetricRule, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(ChangeMetricRule request, CancellationToken cancellationToken)
    {
        if (await db.Set<MetricRuleRow>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken) is not { } row)
        {
            return Failure.NotFound("The rule");
        }

        var before = JsonSerializer.Deserialize<MetricRule>(row.Definition, StoreJson.Options)!;
        var after = before with
        {
            Limit = request.Limit,
            RecoversAt = request.RecoversAt,
            WindowMinutes = request.WindowMinutes,
            ForMinutes = request.ForMinutes,
        };
        if (after.RecoversAt is { } recovers && after.IsBreach(recovers))
        {
            return Failure.Invalid("/recoversAt", "recoversAt.side", "It must lie on the good side of the limit.");
        }

        var now = time.NowMs();
        row.Definition = JsonSerializer.Serialize(after, StoreJson.Options);
        row.EditedByUser |= after != before;
        row.Enabled = request.Enabled;
        if (!row.Enabled)
        {
            await evaluator.ForgetAsync(row.Id, now, cancellationToken);
        }

        db.Announce(now, ("alerts", "all"));
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}
