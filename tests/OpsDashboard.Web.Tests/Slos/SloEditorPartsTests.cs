using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Editing;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Testing;
using OpsDashboard.Web.Slos.Editing;

namespace OpsDashboard.Web.Tests.Slos;

public sealed class SloEditorPartsTests : BunitContext
{
    private static readonly SloTerms Terms = SloDraftTests.Terms;

    public SloEditorPartsTests() => JSInterop.Mode = JSRuntimeMode.Loose;

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public void Target_SteppedByArrowKeys_ChangesTheDraftAndSaysSo()
    {
        var draft = SloDraft.Of(Terms);
        var changes = 0;
        var form = Render<TermsForm>(parts => parts
            .Add(part => part.Draft, draft)
            .Add(part => part.Kind, SliKind.Latency)
            .Add(part => part.Fault, _ => null)
            .Add(part => part.OnChanged, () => changes++));

        form.Find("#f-target").KeyDown("ArrowUp");

        Assert.Equal(("99.95", 1), (draft.Target, changes));
        Assert.Equal("99.95", form.Find("#f-target").GetAttribute("value"));
    }

    [Fact]
    public void Fault_OfAField_IsTiedToItsInput()
    {
        var form = Render<TermsForm>(parts => parts
            .Add(part => part.Draft, SloDraft.Of(Terms))
            .Add(part => part.Kind, SliKind.Latency)
            .Add(part => part.Fault, pointer => pointer == "/target" ? "Below 100." : null));

        var target = form.Find("#f-target");
        Assert.Equal("true", target.GetAttribute("aria-invalid"));
        Assert.Contains("f-target-error", target.GetAttribute("aria-describedby")!.Split(' '));
        Assert.Equal("Below 100.", form.Find("#f-target-error").TextContent);
        Assert.Null(form.Find("#f-name").GetAttribute("aria-invalid"));
    }

    [Fact]
    public void Conflict_BeforeAnyChoice_TakesTheirsWhereOnlyTheyChangedIt()
    {
        IReadOnlyList<TermField>? merged = null;
        var mine = SloDraft.Of(Terms);
        mine.Target = "99.5";
        var theirs = new SloVersion(2, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, "Lead, Serving team", "Review", true, Terms with { Target = 0.99m, MinimumEvents = 5 });
        var panel = Render<ConflictPanel>(parts => parts
            .Add(part => part.Theirs, theirs)
            .Add(part => part.Base, SloDraft.Of(Terms))
            .Add(part => part.Mine, mine)
            .Add(part => part.OnMerge, fields => merged = fields));

        Assert.Contains("Lead, Serving team", panel.Find("h2").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Target", "Minimum events"], panel.FindAll("tbody th").Select(cell => cell.TextContent));
        panel.FindAll("button").Single(button => button.TextContent == "Merge as chosen").Click();
        Assert.Equal(["minimumEvents"], merged!.Select(one => one.Name));

        panel.FindAll("button").First(button => button.TextContent == "Theirs").Click();
        panel.FindAll("button").Single(button => button.TextContent == "Merge as chosen").Click();
        Assert.Equal(["target", "minimumEvents"], merged!.Select(one => one.Name));
    }

    [Fact]
    public async Task Editor_OverARealStore_ComparesRefusesAndSaves()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        var now = TimeProvider.System.GetUtcNow();
        var slo = Terms.ApplyTo(Seeding.Availability("shop", "checkout", "latency")) with { Kind = SliKind.Ratio, Threshold = null };
        await app.PlantAsync(slo, now.AddDays(-10));
        await app.PlantHistoryAsync(slo.SliId, Enumerable.Range(1, 120).Select(back => (now.AddMinutes(-back), MinuteCell.OfEvents(99, 100))));
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = TestCallers.Viewer;
        Services.AddSingleton(scope.ServiceProvider.GetRequiredService<IDispatcher>());
        Services.AddSingleton(app.Services.GetRequiredService<LiveBus>());
        Services.AddSingleton(TimeProvider.System);
        SetRendererInfo(new("Server", isInteractive: true));

        var page = Render<SloEditPage>(parts => parts.Add(one => one.Platform, "shop").Add(one => one.Service, "checkout").Add(one => one.Slo, "latency"));
        page.WaitForElement("[data-what-if=ready]", TimeSpan.FromSeconds(20));
        Assert.Contains("On target", page.Find(".compare tbody tr").TextContent, StringComparison.Ordinal);

        page.Find("#f-target").Input("101");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".form-summary li").Count));
        Assert.Equal("dirty", page.Find("form").GetAttribute("data-guard"));

        page.Find("#f-target").Input("99.5");
        page.Find("#f-reason").Input("Looser");
        page.Find("form").Submit();
        var location = Services.GetRequiredService<NavigationManager>();
        page.WaitForAssertion(() => Assert.EndsWith("/slos/shop/checkout/latency", location.Uri, StringComparison.Ordinal), TimeSpan.FromSeconds(20));
    }
}
