using OpsDashboard.Application.Catalog.OpenSlo;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Import;
using OpsDashboard.Application.Tests.Catalog.OpenSlo;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Slos.Import;

public sealed class ImportOpenSloTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_Twice_AddsOnceAndThenChangesNothing()
    {
        await using var app = await OpenSloStage.StartedAsync(Token);

        var first = (await app.ImportAsync(OpenSloStage.Checkout, Token)).Value;
        var counts = await app.CountsAsync(Token);
        var second = (await app.ImportAsync(OpenSloStage.Checkout, Token)).Value;

        Assert.Equal((3, 0, 0), (first.Added, first.Changed, first.Unchanged));
        Assert.Equal((0, 0, 3), (second.Added, second.Changed, second.Unchanged));
        Assert.Equal(
            ["Service shop/checkout", "Sli shop/checkout/orders", "Slo shop/checkout/orders"],
            first.Objects.Select(one => $"{one.Kind} {one.Id}"));
        Assert.Equal(counts, await app.CountsAsync(Token));
        var revision = Assert.Single(await app.RevisionsAsync(OpenSloStage.Id, Token));
        Assert.Equal(("tester", true), (revision.Author, revision.ByUser));
    }

    [Fact]
    public async Task Import_OfAnotherTarget_IsANewRevisionAndTellsTheField()
    {
        await using var app = await OpenSloStage.StartedAsync(Token);
        await app.ImportAsync(OpenSloStage.Checkout, Token);
        var text = OpenSloStage.Checkout.With("0.990", "0.995");

        var wouldBe = (await app.TryAsync(text, Token)).Value;
        var before = await app.RevisionsAsync(OpenSloStage.Id, Token);
        var done = (await app.ImportAsync(text, Token)).Value;

        Assert.Single(before);
        Assert.True(wouldBe.DryRun);
        Assert.Equal((0, 1, 2), (wouldBe.Added, wouldBe.Changed, wouldBe.Unchanged));
        var field = Assert.Single(wouldBe.Objects.Single(one => one.Change == ImportChange.Changed).Fields);
        Assert.Equal(("target", "0.990", "0.995"), (field.Field, field.Before, field.After));
        Assert.Equivalent(wouldBe with { DryRun = false }, done, strict: true);
        Assert.Equal(2, (await app.RevisionsAsync(OpenSloStage.Id, Token)).Count);
    }

    [Fact]
    public async Task Import_FaultsOfEveryKind_AreAllNamedAtOnceAndNothingIsImported()
    {
        await using var app = await OpenSloStage.StartedAsync(Token);
        var counts = await app.CountsAsync(Token);
        const string late = """

            ---
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: never-fires, labels: {platform: shop}}
            spec:
              service: checkout
              indicatorRef: orders
              timeWindow: [{duration: 30d, isRolling: true}]
              budgetingMethod: Occurrences
              objectives: [{target: 0}]
            """;
        var text = OpenSloStage.Checkout.With("duration: 30d", "duration: 30 days").With("service: checkout}", "service: Check/out}") + late;

        var outcome = await app.ImportAsync(text, Token);

        Assert.Equal(FailureKind.Invalid, outcome.Failure!.Kind);
        Assert.Equal("Nothing was imported: there are 3 faults.", outcome.Failure.Message);
        var faults = outcome.Failure.Faults.Select(OpenSloRefusal.Read).OfType<OpenSloFault>().ToList();
        Assert.Equal(
            [
                ("shop.yaml", OpenSloTexts.LineOf(text, "30 days"), "spec.timeWindow[0].duration"),
                ("shop.yaml", OpenSloTexts.LineOf(text, "Check/out"), "metadata.labels.service"),
                ("shop.yaml", OpenSloTexts.LineOf(text, "target: 0}"), "spec.objectives[0].target"),
            ],
            faults.Select(fault => (fault.File, fault.Line, fault.Path)));
        Assert.All(faults, fault => Assert.NotEmpty(fault.Expected + fault.Found));
        Assert.Equal(counts, await app.CountsAsync(Token));
    }

    [Fact]
    public async Task Import_ReferringToWhatIsStored_NeedsNoCopyOfIt()
    {
        await using var app = await OpenSloStage.StartedAsync(Token);
        await app.ImportAsync(OpenSloStage.Checkout, Token);
        var slo = OpenSloStage.Checkout.Split("---")[^1].With("name: orders,", "name: orders-strict,");

        var done = await app.ImportAsync(slo, Token);

        var added = Assert.Single(done.Value.Objects);
        Assert.Equal(("shop/checkout/orders-strict", ImportChange.Added), (added.Id, added.Change));
        Assert.Contains("displayName: Checkout", await app.ExportAsync(Token, "shop"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfAnotherKindUnderData_IsAFaultAtTheIndicator()
    {
        await using var app = await OpenSloStage.StartedAsync(Token);
        await app.ImportAsync(OpenSloStage.Checkout, Token);
        await app.PlantHistoryAsync(OpenSloStage.Id, [(TimeProvider.System.GetUtcNow().AddMinutes(-5), Domain.Telemetry.MinuteCell.OfEvents(9, 10))]);
        var text = OpenSloStage.Checkout
            .With("name: orders, labels: {platform: shop, service: checkout}", "name: orders, labels: {platform: shop, service: checkout}, annotations: {opsdashboard/kind: job}");

        var fault = OpenSloRefusal.Read(Assert.Single((await app.ImportAsync(text, Token)).Failure!.Faults))!;

        Assert.Equal((OpenSloTexts.LineOf(text, "opsdashboard/kind"), "metadata.name"), (fault.Line, fault.Path));
        Assert.Contains("ratio", fault.Expected, StringComparison.Ordinal);
        Assert.Equal("job", fault.Found);
    }

    [Fact]
    public async Task Import_OfAnotherKindUnderAnotherObjective_IsAFaultAndWithItIsNot()
    {
        await using var app = await OpenSloStage.StartedAsync(Token);
        await app.ImportAsync(OpenSloStage.Checkout, Token);
        var text = OpenSloStage.Checkout
            .With("name: orders, labels: {platform: shop, service: checkout}", "name: orders, labels: {platform: shop, service: checkout}, annotations: {opsdashboard/kind: job}");
        var sliOnly = text[..text.LastIndexOf("---", StringComparison.Ordinal)];

        var alone = await app.ImportAsync(sliOnly, Token);
        var together = await app.ImportAsync(text, Token);

        Assert.Contains(OpenSloStage.Id, Assert.Single(alone.Failure!.Faults).Message, StringComparison.Ordinal);
        Assert.Equal(2, together.Value.Changed);
    }

    [Fact]
    public async Task Import_WithoutText_OrWithTwoFilesOfOneName_IsRefused()
    {
        await using var app = await OpenSloStage.StartedAsync(Token);

        var empty = await app.ImportAsync(" \n", Token);
        var twins = await app.SendAsync(new ImportOpenSlo([new OpenSloFile("a.yaml", OpenSloStage.Checkout), new OpenSloFile("a.yaml", "")]), Token);

        Assert.Equal("files.empty", Assert.Single(empty.Failure!.Faults).Rule);
        Assert.Equal("files.sameName", Assert.Single(twins.Failure!.Faults).Rule);
    }

    [Fact]
    public async Task Import_OfAThousandObjectives_FitsIntoOneRequestAndComesBackUnchanged()
    {
        await using var app = await OpenSloStage.StartedAsync(Token);
        var parts = OpenSloStage.Checkout.Split("\n---\n");
        var many = string.Join("\n---\n", Enumerable.Range(0, 1_000)
            .SelectMany(i => new[] { parts[1].With("name: orders", $"name: orders-{i}"), parts[2].With("name: orders", $"name: orders-{i}").With("Ref: orders", $"Ref: orders-{i}") })
            .Prepend(parts[0]));

        var first = (await app.ImportAsync(many, Token)).Value;
        var again = (await app.TryAsync(await app.ExportAsync(Token), Token)).Value;

        Assert.Equal(2_001, first.Added);
        Assert.Equal((0, 0), (again.Added, again.Changed));
    }
}
