using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Testing;

namespace OpsDashboard.Web.Tests.Slos;

public sealed class SloApiTests
{
    private const string Path = "/api/v1/slos/shop/checkout/availability";

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 30, 20, TimeSpan.Zero);

    private static readonly SloDefinition Slo = new()
    {
        Id = "shop/checkout/availability",
        SliId = "shop/checkout/availability",
        Name = "Checkout availability",
        Platform = "shop",
        Service = "checkout",
        Kind = SliKind.Ratio,
        Target = 0.99m,
        Budgeting = BudgetingMethod.Occurrences,
        Window = SloWindow.RollingDays(30),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Series_Asked_ComesInStepsWithUnitsInTheNames()
    {
        await using var app = await StageAsync();

        var series = await GetAsync(app, $"{Path}/series?from=2026-11-22T09:00:00Z&to=2026-11-22T10:00:00Z&step=15m");

        Assert.Equal(900, series.GetProperty("stepSeconds").GetInt32());
        Assert.Equal(4, series.GetProperty("points").GetArrayLength());
        var point = series.GetProperty("points")[0];
        Assert.Equal((1485m, 1500m, 0.99m), (point.GetProperty("good").GetDecimal(), point.GetProperty("total").GetDecimal(), point.GetProperty("sli").GetDecimal()));
        Assert.Equal(DateTimeOffset.Parse("2026-11-22T09:00:00Z", System.Globalization.CultureInfo.InvariantCulture), point.GetProperty("at").GetDateTimeOffset());
    }

    [Theory]
    [InlineData("series?step=7m", HttpStatusCode.UnprocessableEntity, "/step")]
    [InlineData("series?from=yesterday", HttpStatusCode.UnprocessableEntity, "/from")]
    [InlineData("series?from=2026-11-22T10:00:00Z&to=2026-11-22T09:00:00Z", HttpStatusCode.UnprocessableEntity, "/from")]
    [InlineData("series?from=2026-11-01T00:00:00Z&to=2026-11-22T09:00:00Z&step=1m", HttpStatusCode.UnprocessableEntity, "/step")]
    public async Task Series_AskedWrongly_IsRefusedWithAPointer(string query, HttpStatusCode status, string pointer)
    {
        await using var app = await StageAsync();

        using var response = await app.Http.GetAsync($"{Path}/{query}", Token);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(pointer, await FirstPointerAsync(response));
    }

    [Fact]
    public async Task Series_OfAnUnknownObjective_IsNotFound()
    {
        await using var app = await StageAsync();

        using var response = await app.Http.GetAsync("/api/v1/slos/shop/checkout/other/series", Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Put_OfOneField_ChangesOnlyThatAndMovesTheTag()
    {
        await using var app = await StageAsync();

        using var response = await PutAsync(app, "\"1\"", """{"target": 0.995, "reason": "Tighter"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("\"2\"", response.Headers.ETag?.Tag);
        var terms = await GetAsync(app, $"{Path}/terms");
        Assert.Equal(2, terms.GetProperty("version").GetInt32());
        Assert.Equal((0.995m, "Checkout availability"), (terms.GetProperty("terms").GetProperty("target").GetDecimal(), terms.GetProperty("terms").GetProperty("name").GetString()));
        Assert.Equal(2, terms.GetProperty("versions").GetArrayLength());
    }

    [Fact]
    public async Task Put_OfAVersionNoLongerThere_IsRefusedAndSaysWhatChanged()
    {
        await using var app = await StageAsync();
        using var first = await PutAsync(app, "\"1\"", """{"target": 0.995, "reason": "Tighter"}""");

        using var second = await PutAsync(app, "\"1\"", """{"name": "Other", "reason": "Name"}""");

        Assert.Equal(HttpStatusCode.PreconditionFailed, second.StatusCode);
        Assert.Equal("/target", await FirstPointerAsync(second));
    }

    [Theory]
    [InlineData("""{"target": 1, "reason": "x"}""", "/target")]
    [InlineData("""{"target": "high", "reason": "x"}""", "/target")]
    [InlineData("""{"target": 0.995}""", "/reason")]
    [InlineData("""{"alertRules": [{"severity": "page", "longWindowMinutes": 60, "shortWindowMinutes": 5, "threshold": 200}], "reason": "x"}""", "/alertRules/0/threshold")]
    [InlineData("""{"budgetingMethod": "guesses", "reason": "x"}""", "/budgetingMethod")]
    [InlineData("""{"sliId": "shop/checkout/other", "reason": "x"}""", "/sliId")]
    [InlineData("""{"effectiveFrom": "2020-01-01T00:00:00Z", "target": 0.995, "reason": "x"}""", "/effectiveFrom")]
    public async Task Put_BreakingARule_IsRefusedWithAPointer(string body, string pointer)
    {
        await using var app = await StageAsync();

        using var response = await PutAsync(app, "\"1\"", body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal(pointer, await FirstPointerAsync(response));
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("""{"target": 0.9, "target": 0.99}""", HttpStatusCode.BadRequest)]
    public async Task Put_OfWhatIsNoObject_IsABadRequest(string body, HttpStatusCode status)
    {
        await using var app = await StageAsync();

        using var response = await PutAsync(app, "\"1\"", body);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Put_WithoutAKeyATagOrAnObjective_IsRefused()
    {
        await using var app = await StageAsync();
        const string Body = """{"target": 0.995, "reason": "Tighter"}""";

        using var untagged = await PutAsync(app, null, Body);
        using var anonymous = await PutAsync(app, "\"1\"", Body, key: null);
        using var unknown = await PutAsync(app, "\"1\"", Body, path: "/api/v1/slos/shop/checkout/other");

        Assert.Equal(HttpStatusCode.PreconditionRequired, untagged.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task WhatIf_OfATarget_TellsBeforeAndAfterAndChangesNothing()
    {
        await using var app = await StageAsync();

        using var response = await app.Http.PostAsync($"{Path}/what-if", Json("""{"target": 0.999}"""), Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var whatIf = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal("healthy", whatIf.GetProperty("before").GetProperty("state").GetString());
        Assert.Equal("breached", whatIf.GetProperty("after").GetProperty("state").GetString());
        Assert.Equal(0.999m, whatIf.GetProperty("after").GetProperty("terms").GetProperty("target").GetDecimal());
        Assert.Equal(1, (await GetAsync(app, $"{Path}/terms")).GetProperty("version").GetInt32());
    }

    [Theory]
    [InlineData("", """{"target": 0}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("x", """{"target": 0.999}""", HttpStatusCode.NotFound)]
    public async Task WhatIf_AskedWrongly_IsRefused(string suffix, string body, HttpStatusCode status)
    {
        await using var app = await StageAsync();

        using var response = await app.Http.PostAsync($"{Path}{suffix}/what-if", Json(body), Token);

        Assert.Equal(status, response.StatusCode);
    }

    private static async Task<InProcessApp> StageAsync()
    {
        var app = await InProcessApp.StartAsync(Token, new ManualClock(Now));
        await app.PlantAsync(Slo, Now.AddDays(-100));
        var start = new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
        await app.PlantHistoryAsync(Slo.SliId, Enumerable.Range(0, 150).Select(minute => (start.AddMinutes(minute), MinuteCell.OfEvents(99, 100))));
        return app;
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static async Task<HttpResponseMessage> PutAsync(InProcessApp app, string? version, string body, string? key = AppProcess.IntakeKey, string path = Path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = Json(body) };
        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", version);
        }

        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);

        return await (key is null ? app.Anonymous : app.Http).SendAsync(request, Token);
    }

    private static async Task<JsonElement> GetAsync(InProcessApp app, string path) => await app.Http.GetFromJsonAsync<JsonElement>(path, Token);

    private static async Task<string?> FirstPointerAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("errors")[0].GetProperty("pointer").GetString();
}
