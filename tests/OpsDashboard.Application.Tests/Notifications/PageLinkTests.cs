using System.Net;
using System.Text.Json;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Notifications;

/// <summary>The link in a page, as mail scanners and as people use it.</summary>
public sealed class PageLinkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Link_Fetched_NeverAcknowledges_AndPressedDoesOnce()
    {
        await using var stage = await PagingStage.SetAsync();
        await stage.ReachAsync();
        var incident = await stage.OpenAsync(title: "API <b>down</b>");
        var link = await LinkAsync(stage);

        for (var i = 0; i < 3; i++)
        {
            var page = await stage.App.Http.GetAsync(link, Token);
            var html = await page.Content.ReadAsStringAsync(Token);
            Assert.Contains("Acknowledge</button>", html, StringComparison.Ordinal);
            Assert.Contains("API &lt;b&gt;down&lt;/b&gt;", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
            Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
            Assert.True(page.Headers.CacheControl?.NoStore);
        }

        await stage.App.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, link), Token);
        Assert.Null((await stage.DoAsync(new ListIncidents()))[0].AcknowledgedBy);

        Assert.Contains("You have it.", await PressAsync(stage, link), StringComparison.Ordinal);
        Assert.Equal("anna", (await stage.DoAsync(new ListIncidents()))[0].AcknowledgedBy?.Id);
        Assert.Contains("You acknowledged with this link at 10:00 UTC", await PressAsync(stage, link), StringComparison.Ordinal);
        Assert.Equal(incident.Id, (await stage.DoAsync(new ListIncidents()))[0].Id);
    }

    [Fact]
    public async Task Link_WhereSomebodyElseHasIt_SaysWho()
    {
        await using var stage = await PagingStage.SetAsync();
        await stage.HireAsync("ben", "l2-engineering");
        await stage.ReachAsync();
        var incident = await stage.OpenAsync();
        var link = await LinkAsync(stage);
        await stage.DoAsync(new AcknowledgeIncident(incident.Id, "ben"));

        var seen = await stage.App.Http.GetStringAsync(link, Token);
        var pressed = await PressAsync(stage, link);

        Assert.Contains("Acknowledged by ben, 10:00 UTC", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("<button", seen, StringComparison.Ordinal);
        Assert.Contains("Acknowledged by ben", pressed, StringComparison.Ordinal);
        Assert.Equal("ben", (await stage.DoAsync(new ListIncidents()))[0].AcknowledgedBy?.Id);
    }

    [Fact]
    public async Task Link_PressedByManyAtOnce_IsTakenOnce()
    {
        await using var stage = await PagingStage.SetAsync();
        await stage.ReachAsync();
        await stage.OpenAsync();
        var link = await LinkAsync(stage);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PressAsync(stage, link)));

        Assert.Single(answers, answer => answer.Contains("You have it.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Link_OlderThanADay_AcknowledgesNothing()
    {
        await using var stage = await PagingStage.SetAsync(settings: "Paging:LinkHours=1");
        await stage.ReachAsync();
        await stage.OpenAsync();
        var link = await LinkAsync(stage);
        stage.Clock.StepTo(PagingStage.Now.AddHours(2));

        Assert.Contains("too old", await PressAsync(stage, link), StringComparison.Ordinal);
        Assert.Null((await stage.DoAsync(new ListIncidents()))[0].AcknowledgedBy);
    }

    [Fact]
    public async Task Link_ThatIsNone_Is404()
    {
        await using var stage = await PagingStage.SetAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await stage.App.Http.GetAsync("/p/AAAAAAAAAAAAAAAAAAAAAA", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stage.App.Http.PostAsync("/p/AAAAAAAAAAAAAAAAAAAAAA", null, Token)).StatusCode);
    }

    private static async Task<string> LinkAsync(PagingStage stage)
    {
        await Eventually.TrueAsync(() => stage.Receiver.All.Count > 0, Token);
        var url = JsonDocument.Parse(stage.Receiver.All[0].Body).RootElement.GetProperty("acknowledgeUrl").GetString()!;
        return new Uri(url).PathAndQuery;
    }

    private static async Task<string> PressAsync(PagingStage stage, string link)
    {
        var answer = await stage.App.Http.PostAsync(link, new FormUrlEncodedContent([]), Token);
        return await answer.Content.ReadAsStringAsync(Token);
    }
}
