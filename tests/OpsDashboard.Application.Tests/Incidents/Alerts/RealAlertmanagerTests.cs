using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Incidents.Alerts;
using OpsDashboard.Application.Incidents.Alerts.Integrations;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Incidents.Alerts;

/// <summary>A real Prometheus judges a rule, a real Alertmanager groups and sends.</summary>
public sealed class RealAlertmanagerTests
{
    private const string Rules = """
        groups:
          - name: shop
            rules:
              - alert: Broken
                # A scrape that a busy machine missed ends no alert.
                expr: last_over_time(broken[1m]) > 0
                labels:
                  severity: critical
                  service: checkout
                annotations:
                  summary: "{{ $labels.part }} is broken, value {{ $value }}"
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Alert_OfARealPrometheus_FiresRepeatsAndResolves()
    {
        var (cart, stock) = (1, 0);
        await using var target = await LocalServer.StartAsync((context, _) => context.Response.WriteAsync(
            $"broken{{part=\"cart\"}} {Volatile.Read(ref cart)}\nbroken{{part=\"stock\"}} {Volatile.Read(ref stock)}\n"));
        await using var app = await InProcessApp.StartAsync(Token);
        await app.SeedAsync(Seeding.Availability("shop", "checkout", "availability"));
        var key = await CreateAsync(app);
        await using var alertmanager = await AlertmanagerProcess.StartAsync($"{app.Url}/api/v1/integrations/{key}/alertmanager", Token);
        await using var prometheus = await PrometheusProcess.StartAsync([$"127.0.0.1:{target.Port}"], Token, new PrometheusAlerting(Rules, alertmanager.Target));

        // The value in the annotation changes with every message; told again it is the same alert.
        var fired = await UntilAsync(app, alerts => alerts.Count == 1 && alerts[0].Repeats > 0);
        Volatile.Write(ref cart, 7);
        Volatile.Write(ref stock, 1);
        var both = await UntilAsync(app, alerts => alerts.Count == 2 && alerts[0].Title.Contains("value 7", StringComparison.Ordinal));
        Volatile.Write(ref cart, 0);
        var one = await UntilAsync(app, alerts => !alerts[0].IsOpen);
        Volatile.Write(ref stock, 0);
        var none = await UntilAsync(app, alerts => alerts.TrueForAll(alert => !alert.IsOpen));

        Assert.Equal(("shop", "checkout", "P0", "cart is broken, value 1"), (fired[0].Platform, fired[0].Service, fired[0].Severity, fired[0].Title));
        Assert.NotNull(fired[0].IncidentId);
        Assert.Equal(both[0].IncidentId, both[1].IncidentId);
        Assert.Equal([false, true], one.Select(alert => alert.IsOpen));
        Assert.Equal([1, 1], none.Select(alert => alert.Occurrences));
        var incident = Assert.Single(await ReadAsync(app, db => db.Set<IncidentRow>().AsNoTracking().ToListAsync(Token)));
        Assert.NotNull(incident.ResolvedAtMs);
    }

    private static async Task<string> CreateAsync(InProcessApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = TestCallers.Viewer;
        return (await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(new CreateIntegration { Name = "prometheus" }, Token)).Value.Key;
    }

    private static async Task<List<AlertRow>> UntilAsync(InProcessApp app, Func<List<AlertRow>, bool> condition)
    {
        var alerts = new List<AlertRow>();
        await Eventually.TrueAsync(
            async () =>
            {
                alerts = await ReadAsync(app, db => db.Set<AlertRow>().AsNoTracking().OrderBy(row => row.Id).ToListAsync(Token));
                return condition(alerts);
            },
            Token,
            TimeSpan.FromSeconds(60));
        return alerts;
    }

    private static async Task<T> ReadAsync<T>(InProcessApp app, Func<OpsDbContext, Task<T>> read)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<OpsDbContext>());
    }
}
