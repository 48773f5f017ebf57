using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Import;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Testing;

/// <summary>Objectives made for one test, brought in the way a catalog is.</summary>
public static class Seeding
{
    /// <summary>A plain ratio objective over events, rolling 30 days; change it with <c>with</c>.</summary>
    public static SloDefinition Availability(string platform, string service, string slo, decimal target = 0.999m) => new()
    {
        Id = $"{platform}/{service}/{slo}",
        SliId = $"{platform}/{service}/{slo}",
        Name = slo,
        Platform = platform,
        Service = service,
        Kind = SliKind.Ratio,
        Target = target,
        Budgeting = BudgetingMethod.Occurrences,
        Window = SloWindow.RollingDays(30),
        AlertRules = BurnAlertRules.DefaultsFor(SloWindow.RollingDays(30), target),
    };

    /// <summary>Imports the objectives with the SLIs and services they name; their samples come by push.</summary>
    public static async Task SeedAsync(this InProcessApp app, params SloDefinition[] slos)
    {
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await scope.ServiceProvider.GetRequiredService<CatalogImport>().ApplyAsync(
                Content(slos),
                app.Services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds(),
                CancellationToken.None);
            await transaction.CommitAsync();
        }

        await app.Services.GetRequiredService<SeriesDirectory>().LoadAsync(CancellationToken.None);
        app.Services.GetRequiredService<FeedSignal>().Nudge();
    }

    private static ImportContent Content(SloDefinition[] slos) => new()
    {
        Catalog = Catalog(slos),
        Slos = slos,
        Reason = "For a test",
        Author = "test",
    };

    private static CatalogContent Catalog(SloDefinition[] slos) => new()
    {
        Origin = "test",
        ByUser = false,
        Services =
        [
            .. slos.Select(slo => (slo.Platform, slo.Service)).Distinct().Select(service => new ServiceDefinition
            {
                Id = $"{service.Platform}/{service.Service}",
                Platform = service.Platform,
                Name = service.Service,
            }),
        ],
        Slis =
        [
            .. slos.DistinctBy(slo => slo.SliId).Select(slo => new SliDefinition
            {
                Id = slo.SliId,
                Platform = slo.Platform,
                Service = slo.Service,
                Name = slo.SliId.Split('/')[^1],
                Kind = slo.Kind,
                Unit = slo.Unit,
                Source = new SliSource.Push(),
            }),
        ],
        Documents = [],
    };
}
