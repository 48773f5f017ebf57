using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Alerts.MetricRules;

/// <summary>The contracts' rules for alerting, each with its clause.</summary>
public static class ShippedMetricRules
{
    private const string Resource = "shipped-alerts/metric-rules.json";

    public static IReadOnlyList<MetricRule> All { get; } = Read();

    private static IReadOnlyList<MetricRule> Read()
    {
        using var stream = typeof(ShippedMetricRules).Assembly.GetManifestResourceStream(Resource)!;
        return JsonSerializer.Deserialize<IReadOnlyList<MetricRule>>(stream, StoreJson.Options)!;
    }
}

/// <summary>Brings the shipped rules into the store; what a person changed stays.</summary>
internal sealed class LoadMetricRules(IServiceScopeFactory scopes, IStoreProvider provider) : IStartupStep
{
    public int Order => 60;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var known = await db.Set<MetricRuleRow>().ToDictionaryAsync(row => row.Id, StringComparer.Ordinal, cancellationToken);
        foreach (var rule in ShippedMetricRules.All)
        {
            var definition = JsonSerializer.Serialize(rule, StoreJson.Options);
            if (!known.TryGetValue(rule.Id, out var row))
            {
                db.Add(new MetricRuleRow { Id = rule.Id, Platform = rule.Platform, Definition = definition, Enabled = true });
            }
            else if (!row.EditedByUser && !StoreJson.AreEqual(row.Definition, definition))
            {
                row.Definition = definition;
            }
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (provider.IsDuplicateKey(fault))
        {
            // Another process that starts at the same moment brought the same rules.
        }
    }
}
