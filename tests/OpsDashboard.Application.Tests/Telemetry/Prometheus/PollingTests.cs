using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Telemetry.Prometheus;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Telemetry.Prometheus;

/// <summary>Several sources at once, some of them sick.</summary>
public sealed class PollingTests
{
    private static readonly string[] Settings = ["Prometheus:TimeoutSeconds=1", "Prometheus:SettleSeconds=0", "Prometheus:CatchUpHours=1"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SickSource_BesideASoundOne_ShowsWhyAndStopsNobody()
    {
        await using var hanging = await LocalServer.StartAsync((_, self) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, self.Closing)
            .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default));
        await using var failing = await LocalServer.StartAsync((context, _) =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await using var sound = await LocalServer.StartAsync(AnswerEveryMinuteAsync);
        await using var app = await InProcessApp.StartAsync(Token, settings: Settings);
        await AddAsync(app, "hanging", hanging.Url);
        await AddAsync(app, "failing", failing.Url);
        await AddAsync(app, "sound", sound.Url);

        var sources = await app.UntilAsync(
            ("sources", "all"),
            () => ListAsync(app),
            all => all.Count(source => source.State == DataSourceState.Failing) == 2 && all.Any(source => source.State == DataSourceState.Working),
            Token);

        Assert.Equal("No answer within 1 s.", sources.Single(source => source.Name == "hanging").Fault);
        Assert.Equal("The source answered 500.", sources.Single(source => source.Name == "failing").Fault);
        var well = sources.Single(source => source.Name == "sound");
        Assert.Null(well.Fault);
        Assert.InRange(well.LagSeconds!.Value, 0, 120);
    }

    [Fact]
    public async Task Nodes_OnOneStore_PollOnlyFromOne()
    {
        using var data = new TempDirectory();
        var asked = 0;
        await using var source = await LocalServer.StartAsync((context, server) =>
        {
            Interlocked.Increment(ref asked);
            return AnswerEveryMinuteAsync(context, server);
        });
        await using var first = await InProcessApp.StartAsync(Token, dataDirectory: data.FullPath, settings: Settings);
        await using var second = await InProcessApp.StartAsync(Token, dataDirectory: data.FullPath, settings: Settings);
        await AddAsync(second, "shared", source.Url);

        await first.UntilAsync(("sources", "all"), () => ListAsync(first), all => all is [{ State: DataSourceState.Working }], Token);

        // Good and total of one span; a second node would have asked for them too.
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Sli_OfACatalog_ReadFromASource_KeepsItsObjectiveAndWhatItIs()
    {
        await using var server = await LocalServer.StartAsync(AnswerEveryMinuteAsync);
        await using var app = await InProcessApp.StartAsync(Token, settings: Settings);
        await app.SeedAsync(Seeding.Availability("shop", "web", "uptime"));
        await app.Http.CallAsync(HttpMethod.Put, "/api/v1/sources/shop/main", new { url = server.Url }, Token);
        object Sli(string shape, string? total) => new
        {
            platform = "shop", service = "web", name = "uptime", queries = new { dataSource = "shop/main", shape, query = "good", total, counter = false },
        };

        var unfit = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/sources/slis", Sli("value", null), Token);
        var fit = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/sources/slis", Sli("goodAndTotal", "total"), Token);
        var status = await app.UntilAsync(
            ("slo", "shop/web/uptime"),
            () => app.Http.CallAsync(HttpMethod.Get, "/api/v1/slos/shop/web/uptime", null, Token),
            answer => answer.Status == 200 && answer.Body.GetProperty("total").GetDecimal() >= 500,
            Token);

        Assert.Equal("shape.kind", unfit.Body.GetProperty("errors")[0].GetProperty("rule").GetString());
        Assert.Equal(201, fit.Status);
        Assert.Equal(status.Body.GetProperty("good").GetDecimal(), status.Body.GetProperty("total").GetDecimal());
    }

    [Fact]
    public async Task Source_ThatSlisAreReadFrom_StaysUntilTheyAreNot()
    {
        await using var server = await LocalServer.StartAsync(AnswerEveryMinuteAsync);
        await using var app = await InProcessApp.StartAsync(Token, settings: Settings);
        await AddAsync(app, "main", server.Url);

        var refused = await app.Http.CallAsync(HttpMethod.Delete, "/api/v1/sources/shop/main", null, Token);
        var unknown = await app.Http.CallAsync(HttpMethod.Delete, "/api/v1/sources/shop/other", null, Token);

        Assert.Equal(409, refused.Status);
        Assert.Equal(404, unknown.Status);
    }

    [Fact]
    public async Task Source_WithWrongFields_IsRefusedWithAllOfThem()
    {
        await using var app = await InProcessApp.StartAsync(Token);

        var (status, body) = await app.Http.CallAsync(
            HttpMethod.Put,
            "/api/v1/sources/shop/main",
            new { url = "http://prometheus:9090", settings = new { scrapeIntervalSeconds = 0, tokenVariable = "PATH", headers = new Dictionary<string, string> { ["Host"] = "x" } } },
            Token);
        var byUrl = await app.Http.CallAsync(HttpMethod.Put, "/api/v1/sources/shop/main", new { url = "file:///etc/passwd" }, Token);

        Assert.Equal(422, status);
        Assert.Equal(
            ["/settings/scrapeIntervalSeconds", "/settings/tokenVariable", "/settings/headers"],
            body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()));
        Assert.Equal("url.http", byUrl.Body.GetProperty("errors")[0].GetProperty("rule").GetString());
    }

    [Fact]
    public async Task Header_OfASource_IsNotShownToViewersAndSurvivesAnEdit()
    {
        string? tenant = null;
        await using var server = await LocalServer.StartAsync((context, self) =>
        {
            tenant = context.Request.Headers["X-Scope-OrgID"];
            return AnswerEveryMinuteAsync(context, self);
        });
        await using var app = await InProcessApp.StartAsync(Token, settings: Settings);
        await SaveAsync(app, server.Url, "shop-tenant");
        await SaveAsync(app, server.Url, SavePrometheusSource.Unchanged);

        await app.Http.CallAsync(HttpMethod.Post, "/api/v1/sources/try", new { dataSource = "shop/main", shape = "value", query = "up", counter = false }, Token);

        Assert.Equal("shop-tenant", tenant);
        var listed = await app.Http.GetStringAsync("/api/v1/sources", Token);
        Assert.DoesNotContain("shop-tenant", listed, StringComparison.Ordinal);
        Assert.Contains("X-Scope-OrgID", listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_WithoutAKey_IsRefused()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        using var body = System.Net.Http.Json.JsonContent.Create(new { url = "http://prometheus:9090" });

        var answer = await app.Anonymous.PutAsync("/api/v1/sources/shop/main", body, Token);

        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static async Task SaveAsync(InProcessApp app, string url, string tenant)
    {
        var (status, answer) = await app.Http.CallAsync(
            HttpMethod.Put,
            "/api/v1/sources/shop/main",
            new { url, settings = new { headers = new Dictionary<string, string> { ["X-Scope-OrgID"] = tenant } } },
            Token);
        Assert.True(status == 200, answer.ToString());
    }

    private static async Task AddAsync(InProcessApp app, string name, string url)
    {
        var source = await app.Http.CallAsync(HttpMethod.Put, $"/api/v1/sources/shop/{name}", new { url }, Token);
        Assert.True(source.Status == 200, source.Body.ToString());
        var sli = await app.Http.CallAsync(
            HttpMethod.Post,
            "/api/v1/sources/slis",
            new { platform = "shop", service = "web", name, queries = new { dataSource = $"shop/{name}", shape = "goodAndTotal", query = "good", total = "total", counter = false } },
            Token);
        Assert.True(sli.Status == 201, sli.Body.ToString());
    }

    private static async Task<IReadOnlyList<DataSourceSummary>> ListAsync(InProcessApp app)
    {
        return (await app.AskAsync(new ListDataSources(), Token)).Value;
    }

    /// <summary>Ten events a minute, all good.</summary>
    private static async Task AnswerEveryMinuteAsync(HttpContext context, LocalServer server)
    {
        var form = await context.Request.ReadFormAsync();
        var start = long.Parse(form["start"].ToString(), System.Globalization.CultureInfo.InvariantCulture);
        var end = long.Parse(form["end"].ToString(), System.Globalization.CultureInfo.InvariantCulture);
        var points = string.Join(',', Enumerable.Range(0, (int)((end - start) / 60) + 1).Select(step => FormattableString.Invariant($"[{start + (step * 60)},\"10\"]")));
        await context.Response.WriteAsync($$$"""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[{{{points}}}]}]}}""");
    }
}
