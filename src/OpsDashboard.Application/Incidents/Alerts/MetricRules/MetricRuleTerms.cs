using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Alerts.MetricRules;

/// <summary>The metric rules that are switched on, for features that set their limits against other figures.</summary>
public sealed class MetricRuleTerms
{
    private readonly OpsDbContext db;

    internal MetricRuleTerms(OpsDbContext db) => this.db = db;

    public async Task<IReadOnlyList<MetricRule>> ReadAsync(CancellationToken cancellationToken)
    {
        var definitions = await db.Set<MetricRuleRow>().AsNoTracking().Where(row => row.Enabled).Select(row => row.Definition).ToListAsync(cancellationToken);
        return [.. definitions.Select(definition => JsonSerializer.Deserialize<MetricRule>(definition, StoreJson.Options)!).OrderBy(rule => rule.Id, StringComparer.Ordinal)];
    }
}
