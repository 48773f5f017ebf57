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

/// <summary>Routes alerts with these labels from now on, after the rules there are. Open alerts stay as they were routed.</summary>
public sealed record AddRoutingRule(RoutingRule Rule) : ICommand<RoutingRuleSummary>
{
    public const int MaxNameLength = 80;
    public const int MaxPolicyLength = 63;

    /// <summary>Most rules.</summary>
    public const int Most = 200;

    public static Access Access => Access.Administer;
}

public sealed record RoutingRuleSummary(int Id, RoutingRule Rule);

internal sealed class AddRoutingRuleValidator : AbstractValidator<AddRoutingRule>
{
    public AddRoutingRuleValidator() => RuleFor(request => request.Rule).SetValidator(new RoutingRuleValidator());
}

internal sealed class AddRoutingRuleHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<AddRoutingRule, Outcome<RoutingRuleSummary>>
{
    public async Task<Outcome<RoutingRuleSummary>> Handle(AddRoutingRule request, CancellationToken cancellationToken)
    {
        var positions = await db.Set<RoutingRuleRow>().Select(row => row.Position).ToListAsync(cancellationToken);
        if (positions.Count >= AddRoutingRule.Most)
        {
            return Failure.Conflict($"There are {AddRoutingRule.Most} rules; remove one first.");
        }

        var rule = request.Rule with { Name = request.Rule.Name.Trim() };
        var row = new RoutingRuleRow
        {
            Position = positions.Count == 0 ? 0 : positions.Max() + 1,
            Name = rule.Name,
            Definition = JsonSerializer.Serialize(rule, StoreJson.Options),
            Shipped = false,
        };
        db.Add(row);
        db.Announce(time.NowMs(), ("alerts", "all"));
        await db.SaveChangesAsync(cancellationToken);
        return new RoutingRuleSummary(row.Id, rule);
    }
}

/// <summary>Routes alerts without this rule from now on.</summary>
public sealed record RemoveRoutingRule(int Id) : ICommand<Done>
{
    public static Access Access => Access.Administer;
}

internal sealed class RemoveRoutingRuleHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<RemoveRoutingRule, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(RemoveRoutingRule request, CancellationToken cancellationToken)
    {
        if (await db.Set<RoutingRuleRow>().FindAsync([request.Id], cancellationToken) is not { } row)
        {
            return Failure.NotFound("The rule");
        }

        db.Remove(row);
        db.Announce(time.NowMs(), ("alerts", "all"));
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}

/// <summary>The rules of routing in the order in which they decide.</summary>
public sealed record ListRoutingRules : IQuery<IReadOnlyList<RoutingRuleSummary>>
{
    public static Access Access => Access.View;
}

internal sealed class ListRoutingRulesHandler(OpsDbContext db) : IRequestHandler<ListRoutingRules, Outcome<IReadOnlyList<RoutingRuleSummary>>>
{
    public async Task<Outcome<IReadOnlyList<RoutingRuleSummary>>> Handle(ListRoutingRules request, CancellationToken cancellationToken)
    {
        var rows = await db.Set<RoutingRuleRow>().AsNoTracking().OrderBy(row => row.Position).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new RoutingRuleSummary(row.Id, JsonSerializer.Deserialize<RoutingRule>(row.Definition, StoreJson.Options)!));
    }
}
