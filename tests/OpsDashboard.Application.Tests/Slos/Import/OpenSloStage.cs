using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Catalog.OpenSlo;
using OpsDashboard.Application.Catalog.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Import;
using OpsDashboard.Application.Slos.Revisions;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Slos.Import;

/// <summary>Documents and calls the import tests share.</summary>
internal static class OpenSloStage
{
    /// <summary>A service, an indicator fed by push, and one objective on it.</summary>
    public const string Checkout = """
        apiVersion: openslo/v1
        kind: Service
        metadata: {name: checkout, displayName: Checkout, labels: {platform: shop}}
        spec: {description: Takes orders}
        ---
        apiVersion: openslo/v1
        kind: SLI
        metadata: {name: orders, labels: {platform: shop, service: checkout}}
        spec:
          ratioMetric:
            good: {metricSource: {type: OpsDashboard, spec: {}}}
            total: {metricSource: {type: OpsDashboard, spec: {}}}
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: orders, displayName: Orders taken, labels: {platform: shop}}
        spec:
          service: checkout
          indicatorRef: orders
          timeWindow: [{duration: 30d, isRolling: true}]
          budgetingMethod: Occurrences
          objectives: [{target: 0.990}]
        """;

    public const string Id = "shop/checkout/orders";

    public static Task<Outcome<OpenSloImport>> ImportAsync(this InProcessApp app, string text, CancellationToken cancellationToken) =>
        app.SendAsync(new ImportOpenSlo([new OpenSloFile("shop.yaml", text)]), cancellationToken);

    public static Task<Outcome<OpenSloImport>> TryAsync(this InProcessApp app, string text, CancellationToken cancellationToken) =>
        app.SendAsync(new TryOpenSlo([new OpenSloFile("shop.yaml", text)]), cancellationToken);

    public static async Task<string> ExportAsync(this InProcessApp app, CancellationToken cancellationToken, string? platform = null, string? service = null) =>
        (await app.SendAsync(new ExportOpenSlo(platform, service), cancellationToken)).Value.Yaml;

    public static async Task<Outcome<T>> SendAsync<T>(this InProcessApp app, MediatR.IRequest<Outcome<T>> request, CancellationToken cancellationToken)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = TestCallers.Viewer with { Name = "tester" };
        return await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(request, cancellationToken);
    }

    /// <summary>Waits for the shipped catalogs, which are loaded at start.</summary>
    public static Task<InProcessApp> StartedAsync(CancellationToken cancellationToken, string? dataDirectory = null) =>
        InProcessApp.StartAsync(cancellationToken, dataDirectory: dataDirectory);

    public static async Task<IReadOnlyList<SloRevisionRow>> RevisionsAsync(this InProcessApp app, string id, CancellationToken cancellationToken)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var row = await scope.ServiceProvider.GetRequiredService<OpsDbContext>().FindSloAsync(id, cancellationToken);
        return row is null ? [] : [.. row.Revisions.OrderBy(revision => revision.Version)];
    }

    public static async Task<decimal> TargetAsync(this InProcessApp app, string id, CancellationToken cancellationToken) =>
        (await app.RevisionsAsync(id, cancellationToken))[^1].Read().Target;

    /// <summary>How many rows there are of everything an import writes.</summary>
    public static async Task<string> CountsAsync(this InProcessApp app, CancellationToken cancellationToken)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        int[] counts =
        [
            await db.Set<ServiceRow>().CountAsync(cancellationToken),
            await db.Set<SliRow>().CountAsync(cancellationToken),
            await db.Set<CatalogDocumentRow>().CountAsync(cancellationToken),
            await db.Set<SloRow>().CountAsync(cancellationToken),
            await db.Set<SloRevisionRow>().CountAsync(cancellationToken),
        ];
        return string.Join('/', counts);
    }
}
