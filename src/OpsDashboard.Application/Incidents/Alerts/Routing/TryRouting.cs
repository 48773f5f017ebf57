using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Alerts.Desk;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Alerts.Routing;

/// <summary>What would be done now about an alert with these labels, and which rules decide it. Changes nothing.</summary>
public sealed record TryRouting(IReadOnlyDictionary<string, string> Labels) : IQuery<RoutingTrial>
{
    public const int MostLabels = 100;

    public static Access Access => Access.View;
}

/// <param name="Severity">On the platform's scale.</param>
/// <param name="Matching">Rules that match, in their order, each with what it is the first to state.</param>
/// <param name="Mute">Why it would page nobody now.</param>
public sealed record RoutingTrial(
    string Platform,
    string? Service,
    AlertLevel Level,
    string Severity,
    string? PolicyId,
    AlertAction Action,
    AlertMute Mute,
    IReadOnlyList<MatchingRule> Matching);

/// <param name="Decides">platform, service, level, severity, policyId, action; empty: rules before it state all that it does.</param>
public sealed record MatchingRule(int Id, string Name, IReadOnlyList<string> Decides);

internal sealed class TryRoutingValidator : AbstractValidator<TryRouting>
{
    public TryRoutingValidator() =>
        RuleFor(request => request.Labels).Must(labels => labels.Count is > 0 and <= TryRouting.MostLabels).WithErrorCode("labels.count")
            .WithMessage($"Between 1 and {TryRouting.MostLabels} labels.");
}

internal sealed class TryRoutingHandler(OpsDbContext db, MaintenanceToday maintenance, TimeProvider time) : IRequestHandler<TryRouting, Outcome<RoutingTrial>>
{
    public async Task<Outcome<RoutingTrial>> Handle(TryRouting request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var terms = await AlertTerms.ReadAsync(db, maintenance, now, cancellationToken);
        var signal = new AlertSignal { Key = "trial", GroupKey = "trial", Source = AlertSource.Api, Title = "", Labels = request.Labels, StartsAtMs = now };
        var route = terms.Route(signal, request.Labels, null);
        var rows = await db.Set<RoutingRuleRow>().AsNoTracking().OrderBy(row => row.Position).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        return new RoutingTrial(
            route.Platform,
            route.Service,
            route.Level,
            AlertTerms.SeverityOf(route),
            route.PolicyId,
            route.Action,
            terms.MuteOf(request.Labels, route.Platform, route.Service).Mute,
            Matching(rows, request.Labels));
    }

    private static List<MatchingRule> Matching(List<RoutingRuleRow> rows, IReadOnlyDictionary<string, string> labels)
    {
        var matching = new List<MatchingRule>();
        var decided = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var rule = JsonSerializer.Deserialize<RoutingRule>(row.Definition, StoreJson.Options)!;
            if (rule.Matches(labels))
            {
                matching.Add(new MatchingRule(row.Id, row.Name, [.. Stated(rule).Where(decided.Add)]));
            }
        }

        return matching;
    }

    private static IEnumerable<string> Stated(RoutingRule rule)
    {
        (string Name, object? Value)[] fields =
        [
            ("platform", rule.Platform),
            ("service", rule.Service),
            ("level", rule.Level),
            ("severity", rule.Severity),
            ("policyId", rule.PolicyId),
            ("action", rule.Action),
        ];
        return fields.Where(field => field.Value is not null).Select(field => field.Name);
    }
}
