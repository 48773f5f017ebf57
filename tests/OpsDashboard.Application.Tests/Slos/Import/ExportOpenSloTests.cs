using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Editing;
using OpsDashboard.Application.Slos.Import;
using OpsDashboard.Application.Tests.Catalog.OpenSlo;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Slos.Import;

public sealed class ExportOpenSloTests
{
    private const string Shipped = "mlops/model-serving-api/uptime";

    private const string Source = """
        apiVersion: openslo/v1
        kind: DataSource
        metadata: {name: metrics, labels: {platform: shop}}
        spec:
          type: Prometheus
          connectionDetails:
            url: https://metrics.example.com/prom
            headers: {Authorization: "Bearer s3cret"}
            token: 12345
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Export_OfEverything_ImportsAsUnchanged()
    {
        await using var app = await OpenSloStage.StartedAsync(Token);
        await app.ImportAsync(OpenSloStage.Checkout, Token);

        var back = (await app.TryAsync(await app.ExportAsync(Token), Token)).Value;

        Assert.Equal([], back.Objects.Where(one => one.Change != ImportChange.Unchanged).Select(one => $"{one.Id}: {string.Join(", ", one.Fields)}"));
        Assert.Equal(76, back.Objects.Count(one => one.Kind == ImportedKind.Slo));
        Assert.Equal([], back.Notices.Select(notice => notice.ToString()));
    }

    [Fact]
    public async Task Export_OfDocumentsWithPartsOfOtherTools_CarriesThemOn()
    {
        await using var app = await OpenSloStage.StartedAsync(Token);
        await app.ImportAsync(
            """
            apiVersion: openslo/v1
            kind: Service
            metadata:
              name: checkout
              labels: {platform: shop, team: [payments, risk]}
              annotations: {example.com/runbook: "https://runbooks.example.com/checkout"}
            spec: {description: Takes money}
            ---
            apiVersion: openslo/v1
            kind: AlertNotificationTarget
            metadata: {name: payments-room, labels: {platform: shop}}
            spec: {target: slack}
            """,
            Token);

        var text = await app.ExportAsync(Token, "shop");

        Assert.Contains("payments", text, StringComparison.Ordinal);
        Assert.Contains("risk", text, StringComparison.Ordinal);
        Assert.Contains("example.com/runbook: https://runbooks.example.com/checkout", text.Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("name: payments-room", text, StringComparison.Ordinal);
        Assert.All((await app.TryAsync(text, Token)).Value.Objects, one => Assert.Equal(ImportChange.Unchanged, one.Change));
    }

    [Fact]
    public async Task Export_AfterAnEdit_HoldsTheEditedTarget()
    {
        await using var app = await OpenSloStage.StartedAsync(Token);
        await EditAsync(app, Shipped, 0.9970m);

        var text = await app.ExportAsync(Token, "mlops", "model-serving-api");

        Assert.Contains("target: 0.997\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("feature-store", text, StringComparison.Ordinal);
        var back = (await app.ImportAsync(text, Token)).Value;
        Assert.Equal((0, 0), (back.Added, back.Changed));
        Assert.Equal(2, (await app.RevisionsAsync(Shipped, Token)).Count);
    }

    [Fact]
    public async Task Export_OfAnUnknownPlatform_IsNotFound()
    {
        await using var app = await OpenSloStage.StartedAsync(Token);

        var outcome = await app.SendAsync(new ExportOpenSlo("nowhere"), Token);

        Assert.Equal(FailureKind.NotFound, outcome.Failure!.Kind);
    }

    [Fact]
    public async Task Export_OfADataSource_MasksSecretsAndImportsAsUnchanged()
    {
        await using var app = await OpenSloStage.StartedAsync(Token);
        Assert.Equal(1, (await app.ImportAsync(Source, Token)).Value.Added);

        var text = await app.ExportAsync(Token);
        var back = (await app.ImportAsync(text, Token)).Value;

        Assert.Contains("url: https://metrics.example.com/prom", text, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("12345", text, StringComparison.Ordinal);
        Assert.Equal((0, 0), (back.Added, back.Changed));
    }

    [Fact]
    public async Task Import_OfAMaskedSecretNobodyKnows_IsAFault()
    {
        await using var app = await OpenSloStage.StartedAsync(Token);

        var outcome = await app.ImportAsync(Source.With("12345", "\"***\""), Token);

        var fault = OpenSloRefusal.Read(Assert.Single(outcome.Failure!.Faults))!;
        Assert.Equal(("spec.connectionDetails.token", "***"), (fault.Path, fault.Found));
    }

    [Fact]
    public async Task Import_OfAnotherSecret_TellsThatItChangedButNotHow()
    {
        await using var app = await OpenSloStage.StartedAsync(Token);
        await app.ImportAsync(Source, Token);

        var done = (await app.ImportAsync(Source.With("s3cret", "hidd3n"), Token)).Value;

        var field = Assert.Single(Assert.Single(done.Objects).Fields);
        Assert.Equal(("connectionDetails", "not shown", "not shown"), (field.Field, field.Before, field.After));
    }

    [Fact]
    public async Task UserEdit_AfterARestartAndANewerCatalog_IsStillInForce()
    {
        using var directory = new TempDirectory();
        await using (var app = await OpenSloStage.StartedAsync(Token, directory.FullPath))
        {
            await EditAsync(app, Shipped, 0.997m);
            await BringAsync(app, db => db.Set<SettingRow>().Where(row => row.Name == "catalog.mlops.version").ExecuteUpdateAsync(
                row => row.SetProperty(setting => setting.Value, "0"), Token));
        }

        await using var again = await OpenSloStage.StartedAsync(Token, directory.FullPath);
        Assert.Equal(0.997m, await again.TargetAsync(Shipped, Token));

        var catalog = ShippedCatalogs.Load().Single(one => one.Name == "mlops");
        var newer = await NewerAsync(again, catalog with
        {
            Version = catalog.Version + 1,
            Slos = [.. catalog.Slos.Select(slo => slo.Id is Shipped or "mlops/feature-store/uptime" ? slo with { Target = 0.9m } : slo)],
        });
        Assert.Equal((0, 1, 1), (newer.Added, newer.Changed, newer.Kept));
        Assert.Equal(0.997m, await again.TargetAsync(Shipped, Token));
        Assert.Equal(0.9m, await again.TargetAsync("mlops/feature-store/uptime", Token));
    }

    [Fact]
    public async Task ImportedIndicator_UnderANewerCatalog_KeepsItsSource()
    {
        await using var app = await OpenSloStage.StartedAsync(Token);
        const string moved = """
            apiVersion: openslo/v1
            kind: SLI
            metadata:
              name: model-serving-api-availability
              labels: {platform: mlops, service: model-serving-api}
              annotations: {opsdashboard/id: mlops/model-serving-api/availability}
            spec:
              ratioMetric:
                good: {metricSource: {type: Prometheus, spec: {query: sum(good)}}}
                total: {metricSource: {type: Prometheus, spec: {query: sum(total)}}}
            """;
        Assert.Equal(1, (await app.ImportAsync(moved, Token)).Value.Changed);

        await NewerAsync(app, ShippedCatalogs.Load().Single(one => one.Name == "mlops"));

        Assert.Contains("query: sum(good)", await app.ExportAsync(Token, "mlops"), StringComparison.Ordinal);
    }

    private static async Task EditAsync(InProcessApp app, string id, decimal target)
    {
        var slo = (await app.SendAsync(new GetSloForEdit(id), Token)).Value;
        var edited = await app.SendAsync(new EditSlo(id, slo.Version, slo.Terms with { Target = target }, null, "For a test"), Token);
        Assert.Null(edited.Failure);
    }

    private static async Task<ImportSummary> NewerAsync(InProcessApp app, ShippedCatalog catalog)
    {
        var summary = new ImportSummary(0, 0, 0, 0);
        await BringAsync(app, async db => summary = await new CatalogImport(db, new CatalogStore(db)).ApplyAsync(
            LoadShippedCatalogs.ContentOf(catalog), TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), Token));
        return summary;
    }

    private static async Task BringAsync(InProcessApp app, Func<OpsDbContext, Task> change)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        await change(db);
        await transaction.CommitAsync(Token);
    }
}
