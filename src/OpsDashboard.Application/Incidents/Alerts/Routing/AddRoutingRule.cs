using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents;
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
    public AddRoutingRuleValidator()
    {
        RuleFor(request => request.Rule.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithErrorCode("name.required").WithMessage("Name the rule.");
        RuleFor(request => request.Rule.Name).MaximumLength(AddRoutingRule.MaxNameLength).WithErrorCode("name.tooLong").WithMessage($"At most {AddRoutingRule.MaxNameLength} characters.");
        RuleFor(request => request.Rule.Matchers).Must(matchers => matchers.Count <= Silence.MaxMatchers).WithErrorCode("matchers.count").WithMessage($"At most {Silence.MaxMatchers} matchers.");
        RuleFor(request => request.Rule.Matchers).Custom((matchers, context) =>
        {
            foreach (var wrong in matchers.Select(matcher => matcher.Check()).OfType<string>().Take(1))
            {
                context.AddFailure(new FluentValidation.Results.ValidationFailure("Rule.Matchers", wrong) { ErrorCode = "matcher.usable" });
            }
        });
        RuleFor(request => request.Rule.Platform).Must(platform => platform is null || StoredSlis.IsName(platform)).WithErrorCode("platform.name").WithMessage(StoredSlis.NameRule);
        RuleFor(request => request.Rule.Service).Must(service => service is null || StoredSlis.IsName(service)).WithErrorCode("service.name").WithMessage(StoredSlis.NameRule);
        RuleFor(request => request.Rule.PolicyId).MaximumLength(AddRoutingRule.MaxPolicyLength).WithErrorCode("policyId.tooLong").WithMessage($"At most {AddRoutingRule.MaxPolicyLength} characters.");
        RuleFor(request => request.Rule.Severity).Must((request, severity) => severity is null || (request.Rule.Platform is { } platform && ShippedScales.For(platform).Find(severity) is not null))
            .WithErrorCode("severity.known").WithMessage("A severity of the platform's own scale, and the platform with it.");
        RuleFor(request => request.Rule).Must(rule => rule is not { Platform: null, Service: null, Level: null, Severity: null, PolicyId: null, Action: null })
            .WithErrorCode("rule.empty").WithMessage("State at least one thing the rule decides.");
    }
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
