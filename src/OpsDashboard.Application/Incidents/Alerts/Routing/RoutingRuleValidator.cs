using FluentValidation;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Alerts.Routing;

internal sealed class RoutingRuleValidator : AbstractValidator<RoutingRule>
{
    public RoutingRuleValidator()
    {
        RuleFor(rule => rule.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithErrorCode("name.required").WithMessage("Name the rule.");
        RuleFor(rule => rule.Name).MaximumLength(AddRoutingRule.MaxNameLength).WithErrorCode("name.tooLong").WithMessage($"At most {AddRoutingRule.MaxNameLength} characters.");
        RuleFor(rule => rule.Matchers).Must(matchers => matchers.Count <= Silence.MaxMatchers).WithErrorCode("matchers.count").WithMessage($"At most {Silence.MaxMatchers} matchers.");
        RuleFor(rule => rule.Matchers).Must(matchers => Wrong(matchers) is null).WithErrorCode("matcher.usable").WithMessage(rule => Wrong(rule.Matchers));
        RuleFor(rule => rule.Platform).Must(platform => platform is null || StoredSlis.IsName(platform)).WithErrorCode("platform.name").WithMessage(StoredSlis.NameRule);
        RuleFor(rule => rule.Service).Must(service => service is null || StoredSlis.IsName(service)).WithErrorCode("service.name").WithMessage(StoredSlis.NameRule);
        RuleFor(rule => rule.PolicyId).MaximumLength(AddRoutingRule.MaxPolicyLength).WithErrorCode("policyId.tooLong").WithMessage($"At most {AddRoutingRule.MaxPolicyLength} characters.");
        RuleFor(rule => rule.Severity).Must((rule, severity) => severity is null || (rule.Platform is { } platform && ShippedScales.For(platform).Find(severity) is not null))
            .WithErrorCode("severity.known").WithMessage("A severity of the platform's own scale, and the platform with it.");
        RuleFor(rule => rule).Must(rule => rule is not { Platform: null, Service: null, Level: null, Severity: null, PolicyId: null, Action: null })
            .WithErrorCode("rule.empty").WithMessage("State at least one thing the rule decides.");
    }

    private static string? Wrong(IReadOnlyList<LabelMatcher> matchers) => matchers.Select(matcher => matcher.Check()).FirstOrDefault(wrong => wrong is not null);
}
