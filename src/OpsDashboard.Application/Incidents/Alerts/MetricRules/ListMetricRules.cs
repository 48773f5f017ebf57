using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Alerts.MetricRules;

/// <summary>All metric rules with how they stand, by platform, the worst level first.</summary>
public sealed record ListMetricRules : IQuery<IReadOnlyList<MetricRuleSummary>>
{
    public static Access Access => Access.View;
}

/// <param name="EditedByUser">It no longer says what the contract says.</param>
public sealed record MetricRuleSummary(MetricRule Rule, bool Enabled, bool EditedByUser, IReadOnlyList<MetricRuleStanding> Standings);

/// <param name="Value">Over the newest window; null: nothing measured.</param>
public sealed record MetricRuleStanding(string SliId, MetricRuleState State, decimal? Value, DateTimeOffset? Since, DateTimeOffset? EvaluatedAt);

internal sealed class ListMetricRulesHandler(OpsDbContext db) : IRequestHandler<ListMetricRules, Outcome<IReadOnlyList<MetricRuleSummary>>>
{
    public async Task<Outcome<IReadOnlyList<MetricRuleSummary>>> Handle(ListMetricRules request, CancellationToken cancellationToken)
    {
        var rows = await db.Set<MetricRuleRow>().AsNoTracking().ToListAsync(cancellationToken);
        var states = (await db.Set<MetricRuleStateRow>().AsNoTracking().ToListAsync(cancellationToken)).ToDictionary(row => (row.RuleId, row.SliId));
        return rows.Select(row => (Row: row, Rule: JsonSerializer.Deserialize<MetricRule>(row.Definition, StoreJson.Options)!))
            .OrderBy(pair => pair.Rule.Platform, StringComparer.Ordinal)
            .ThenBy(pair => pair.Rule.Level)
            .ThenBy(pair => pair.Rule.Name, StringComparer.Ordinal)
            .Select(pair => new MetricRuleSummary(
                pair.Rule,
                pair.Row.Enabled,
                pair.Row.EditedByUser,
                [.. pair.Rule.SliIds.Select(sli => Describe(sli, states.GetValueOrDefault((pair.Rule.Id, sli))))]))
            .ToList();
    }

    private static MetricRuleStanding Describe(string sli, MetricRuleStateRow? state) => state is null
        ? new(sli, MetricRuleState.NoData, null, null, null)
        : new(sli, state.State, state.Value, state.SinceMs is { } since ? Instants.ToInstant(since) : null, Instants.ToInstant(state.EvaluatedAtMs));
}
