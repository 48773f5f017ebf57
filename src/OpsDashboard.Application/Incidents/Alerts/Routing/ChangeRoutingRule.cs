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

namespace OpsDashboard.Application.Incidents.Alerts.Routing;

/// <summary>Routes alerts by other terms from now on, at the rule's place, and may move it. Open alerts stay as they were routed.</summary>
public sealed record ChangeRoutingRule(int Id) : ICommand<RoutingRuleSummary>
{
    public static Access Access => Access.Administer;

    /// <summary>Null: as it is.</summary>
    public RoutingRule? Rule { get; init; }

    /// <summary>Places up (negative) or down the list; beyond an end it stops there.</summary>
    public int Move { get; init; }
}

internal sealed class ChangeRoutingRuleValidator : AbstractValidator<ChangeRoutingRule>
{
    public ChangeRoutingRuleValidator() => RuleFor(request => request.Rule!).SetValidator(new RoutingRuleValidator()).When(request => request.Rule is not null);
}

internal sealed class ChangeRoutingRuleHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<ChangeRoutingRule, Outcome<RoutingRuleSummary>>
{
    public async Task<Outcome<RoutingRuleSummary>> Handle(ChangeRoutingRule request, CancellationToken cancellationToken)
    {
        var rows = await db.Set<RoutingRuleRow>().OrderBy(row => row.Position).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        if (rows.Find(one => one.Id == request.Id) is not { } row)
        {
            return Failure.NotFound("The rule");
        }

        var rule = request.Rule ?? JsonSerializer.Deserialize<RoutingRule>(row.Definition, StoreJson.Options)!;
        rule = rule with { Name = rule.Name.Trim() };
        (row.Name, row.Definition) = (rule.Name, JsonSerializer.Serialize(rule, StoreJson.Options));
        var to = (int)Math.Clamp((long)rows.IndexOf(row) + request.Move, 0, rows.Count - 1);
        rows.Remove(row);
        rows.Insert(to, row);
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i].Position = i;
        }

        db.Announce(time.NowMs(), ("alerts", "all"));
        await db.SaveChangesAsync(cancellationToken);
        return new RoutingRuleSummary(row.Id, rule);
    }
}
