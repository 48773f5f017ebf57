using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Application.Telemetry.Probes;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Testing;
using Microsoft.EntityFrameworkCore;

namespace OpsDashboard.Application.Tests.Telemetry.Probes;

/// <summary>From the API to the samples of a probe.</summary>
public sealed class ProbesTests
{
    private static readonly string[] Settings = ["Probes:AllowTargets:0=127.0.0.0/8"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Probe_Added_MeasuresAvailabilityAndLatency()
    {
        await using var server = await LocalServer.StartAsync((context, _) => context.Response.WriteAsync("ok"));
        await using var app = await InProcessApp.StartAsync(Token, settings: Settings);

        var added = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/probes", Http("front", server.Url), Token);
        Assert.True(added.Status == 201, added.Body.ToString());
        var probe = await app.UntilAsync(("sources", "all"), async () => (await ListAsync(app)).SingleOrDefault(), found => found?.LastAt is not null, Token);

        Assert.Equal(ProbeVerdict.Up, probe!.Verdict);
        Assert.Equal("shop/web/front-availability", probe.AvailabilitySli);
        Assert.Equal("shop/web/front-latency", probe.MeasureSli);
        var up = await SumAsync(app, probe.AvailabilitySli);
        Assert.True(up.Good >= 1 && up.Good == up.Total);
        Assert.True((await SumAsync(app, probe.MeasureSli)).Histogram!.Count >= 1);
    }

    [Fact]
    public async Task Probe_OfAPrivateName_IsRefusedAtEveryRunAndCountsAsNothing()
    {
        await using var server = await LocalServer.StartAsync((_, _) => Task.CompletedTask);
        await using var app = await InProcessApp.StartAsync(Token);

        var added = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/probes", Http("front", $"http://localhost:{server.Port}"), Token);
        Assert.True(added.Status == 201, added.Body.ToString());
        var probe = await app.UntilAsync(("sources", "all"), async () => (await ListAsync(app)).SingleOrDefault(), found => found?.LastAt is not null, Token);

        Assert.Equal(ProbeVerdict.Refused, probe!.Verdict);
        Assert.Contains("private address", probe.Detail, StringComparison.Ordinal);
        Assert.Equal(0, (await SumAsync(app, probe.AvailabilitySli)).Total);
    }

    [Theory]
    [InlineData("http", "http://192.168.0.1/", "target.refused")]
    [InlineData("http", "http://[::ffff:127.0.0.1]/", "target.refused")]
    [InlineData("tcp", "169.254.169.254:80", "target.refused")]
    [InlineData("http", "ftp://example.org", "target.http")]
    [InlineData("http", "http://user:secret@example.org", "target.http")]
    [InlineData("tls", "example.org", "target.hostPort")]
    [InlineData("tcp", "example.org:99999", "target.hostPort")]
    public async Task Target_ThatMayNotBeCalled_IsRefusedWhenAdded(string kind, string target, string rule)
    {
        await using var app = await InProcessApp.StartAsync(Token);

        var (status, body) = await app.Http.CallAsync(
            HttpMethod.Post, "/api/v1/probes", new { platform = "shop", service = "web", name = "front", kind, target }, Token);

        Assert.Equal(422, status);
        var error = Assert.Single(body.GetProperty("errors").EnumerateArray());
        Assert.Equal(("/target", rule), (error.GetProperty("pointer").GetString(), error.GetProperty("rule").GetString()));
    }

    [Fact]
    public async Task Probe_AddedTwiceOrWrong_IsRefusedWithEveryFault()
    {
        await using var app = await InProcessApp.StartAsync(Token);

        var first = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/probes", Http("front", "https://example.org"), Token);
        var again = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/probes", Http("front", "https://example.org"), Token);
        var wrong = await app.Http.CallAsync(
            HttpMethod.Post,
            "/api/v1/probes",
            new { platform = "", service = "a b", name = new string('x', 46), kind = "tcp", target = "x", intervalSeconds = 4, timeoutSeconds = 61, expectStatus = 99 },
            Token);
        var removed = await app.Http.CallAsync(HttpMethod.Delete, "/api/v1/probes/shop/web/front", null, Token);
        var gone = await app.Http.CallAsync(HttpMethod.Delete, "/api/v1/probes/shop/web/front", null, Token);

        Assert.Equal(201, first.Status);
        Assert.Equal("name.taken", again.Body.GetProperty("errors")[0].GetProperty("rule").GetString());
        Assert.Equal(
            ["platform.name", "service.name", "name.tooLong", "interval.range", "timeout.range", "timeout.interval", "expectStatus.range", "kind.http", "target.hostPort"],
            wrong.Body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("rule").GetString()));
        Assert.Equal((204, 404), (removed.Status, gone.Status));
    }

    [Fact]
    public async Task Probe_Changed_CallsTheOtherTargetAndKeepsItsNameAndKind()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        const string path = "/api/v1/probes/shop/web/front";
        await app.Http.CallAsync(HttpMethod.Post, "/api/v1/probes", Http("front", "https://example.org"), Token);

        var changed = await app.Http.CallAsync(HttpMethod.Put, path, Http("front", "https://example.org/health"), Token);
        Assert.True(changed.Status == 200, changed.Body.ToString());
        Assert.Equal("https://example.org/health", Assert.Single(await ListAsync(app)).Definition.Target);

        Assert.Equal("name.fixed", await RuleAsync(path, Http("back", "https://example.org")));
        Assert.Equal("kind.fixed", await RuleAsync(path, new { platform = "shop", service = "web", name = "front", kind = "tcp", target = "example.org:443" }));
        Assert.Equal("target.refused", await RuleAsync(path, Http("front", "http://127.0.0.1/")));
        Assert.Equal(404, (await app.Http.CallAsync(HttpMethod.Put, "/api/v1/probes/shop/web/none", Http("none", "https://example.org"), Token)).Status);

        async Task<string?> RuleAsync(string at, object body) =>
            (await app.Http.CallAsync(HttpMethod.Put, at, body, Token)).Body.GetProperty("errors")[0].GetProperty("rule").GetString();
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"platform":"a","service":"b","name":"c","kind":7,"target":"x"}""")]
    [InlineData("""{"platform":null,"service":null,"name":null,"kind":"http","target":null}""")]
    public async Task Body_Malformed_IsAProblemAndNeverAFault(string json)
    {
        await using var app = await InProcessApp.StartAsync(Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/probes") { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", AppProcess.IntakeKey);

        var answer = await app.Http.SendAsync(request, Token);

        Assert.InRange((int)answer.StatusCode, 400, 422);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private static object Http(string name, string url) => new { platform = "shop", service = "web", name, kind = "http", target = url, intervalSeconds = 5, timeoutSeconds = 4 };

    private static async Task<IReadOnlyList<ProbeSummary>> ListAsync(InProcessApp app)
    {
        return (await app.AskAsync(new ListProbes(), Token)).Value;
    }

    private static async Task<MinuteCell> SumAsync(InProcessApp app, string sli)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var seriesId = (await db.FindSliAsync(sli, Token))!.SeriesId;
        var rows = await db.Set<HourChunkRow>().AsNoTracking().Where(row => row.SeriesId == seriesId).ToListAsync(Token);
        return rows.Aggregate(default(MinuteCell), (sum, row) => sum.Merge(HourChunk.Decode(row.Data).Sum()));
    }
}
