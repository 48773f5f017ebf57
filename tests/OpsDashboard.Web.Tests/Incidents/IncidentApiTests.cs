using System.Text.Json;
using OpsDashboard.Testing;

namespace OpsDashboard.Web.Tests.Incidents;

/// <summary>Incidents for programs: what they send, what they get, and how they are told what is wrong.</summary>
public sealed class IncidentApiTests : IAsyncLifetime
{
    private const string All = "/api/v1/incidents";

    private InProcessApp _app = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await InProcessApp.StartAsync(Token);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Incident_FromOpeningToItsEnd_AnswersEachStep()
    {
        var (status, opened) = await PostAsync("", new { title = "API down", platform = "mlops", severity = "P1", services = new[] { "feature-store" } });
        Assert.Equal(201, status);
        var id = opened.GetProperty("id").GetInt64();
        Assert.Equal(("API down", "detection", true), (Text(opened, "title"), Text(opened, "phase"), opened.GetProperty("isOpen").GetBoolean()));
        Assert.Matches("^#incident-[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{3}$", Text(opened, "name"));

        var (found, list) = await GetAsync("?state=open&platform=mlops&service=feature-store");
        Assert.Equal((200, id), (found, Assert.Single(list.GetProperty("items").EnumerateArray()).GetProperty("id").GetInt64()));
        Assert.Empty((await GetAsync("?state=resolved")).Body.GetProperty("items").EnumerateArray());

        Assert.Equal("triage", Text((await PostAsync($"/{id}/acknowledge", null)).Body, "phase"));
        Assert.Equal(200, (await PostAsync($"/{id}/undo", null)).Status);
        Assert.Equal(200, (await PostAsync($"/{id}/snooze", new { until = TimeProvider.System.GetUtcNow().AddHours(1) })).Status);
        Assert.Equal(200, (await PostAsync($"/{id}/acknowledge", null)).Status);
        Assert.Equal(201, (await PostAsync($"/{id}/updates", new { text = "We look into it.", status = "investigating", toStatusPage = true })).Status);
        Assert.Equal(201, (await PostAsync($"/{id}/notes", new { text = "Began with the deployment." })).Status);
        Assert.Equal(200, (await PostAsync($"/{id}/paths", new { policyId = "business-impact", reason = "Checkout is down" })).Status);

        var detail = (await GetAsync($"/{id}")).Body;
        Assert.Equal("business-impact", Text(Assert.Single(detail.GetProperty("paths").EnumerateArray()), "policyId"));
        Assert.Equal("We look into it.", Text(Assert.Single(detail.GetProperty("updates").EnumerateArray()), "text"));
        Assert.Contains((await GetAsync($"/{id}/timeline")).Body.GetProperty("items").EnumerateArray(), entry => Text(entry, "text") == "Took the acknowledgement back");

        var (_, resolved) = await PostAsync($"/{id}/resolve", new { text = "Rolled back." });
        Assert.False(resolved.GetProperty("isOpen").GetBoolean());
        Assert.Equal(200, (await PostAsync($"/{id}/reopen", new { reason = "It is back" })).Status);
    }

    [Fact]
    public async Task Body_WithSeveralFaults_IsToldOfAllWithTheirPlaces()
    {
        var (status, problem) = await PostAsync("", new { title = " ", platform = "", severity = "P9", startedAt = "yesterday" });

        Assert.Equal(422, status);
        Assert.Equal("/startedAt", Text(Assert.Single(problem.GetProperty("errors").EnumerateArray()), "pointer"));
        problem = (await PostAsync("", new { title = " ", platform = "mlops", severity = "P9" })).Body;
        Assert.Equal(["/severity severity.known", "/title title.required"], Faults(problem));
        Assert.Equal(["/services service.known"], Faults((await PostAsync("", new { title = "A", platform = "mlops", severity = "P1", services = new[] { "nothing" } })).Body));
        Assert.Equal(["/policyId policy.known"], Faults((await PostAsync("", new { title = "A", platform = "mlops", severity = "P1", policyId = "nothing" })).Body));

        var id = await OpenAsync();
        Assert.Equal(["/status status.required"], Faults((await PostAsync($"/{id}/updates", new { text = "Words" })).Body));
        Assert.Equal(["/until until.required"], Faults((await PostAsync($"/{id}/snooze", new { })).Body));
        Assert.Equal(["/expectedLevel expected.required"], Faults((await PostAsync($"/{id}/escalate", new { expectedLevel = 0 })).Body));
        Assert.Equal(["/state word.known"], Faults((await GetAsync("?state=lost")).Body));
    }

    [Theory]
    [InlineData("acknowledge", null)]
    [InlineData("escalate", """{"expectedLevel":0,"expectedCycle":0}""")]
    [InlineData("resolve", null)]
    [InlineData("undo", null)]
    [InlineData("updates", """{"text":"Words","status":"investigating"}""")]
    [InlineData("paths", """{"policyId":"business-impact"}""")]
    public async Task Step_OfAnIncidentThatIsNone_Is404(string step, string? body)
    {
        var (status, problem) = await PostAsync($"/4711/{step}", body is null ? null : JsonSerializer.Deserialize<JsonElement>(body));

        Assert.Equal((404, 404), (status, problem.GetProperty("status").GetInt32()));
        Assert.Equal(404, (await GetAsync("/4711")).Status);
    }

    [Fact]
    public async Task Escalate_WithAStaleView_Is409AndCallsNobody()
    {
        var id = await OpenAsync();
        var seen = (await GetAsync($"/{id}")).Body.GetProperty("incident").GetProperty("escalation");
        var stale = new { expectedLevel = seen.GetProperty("level").GetInt32(), expectedCycle = seen.GetProperty("cycle").GetInt32() };
        Assert.Equal(200, (await PostAsync($"/{id}/escalate", stale)).Status);
        var before = (await GetAsync($"/{id}/timeline")).Body.GetProperty("items").GetArrayLength();

        var (status, problem) = await PostAsync($"/{id}/escalate", stale);

        Assert.Equal(409, status);
        Assert.Contains("was called meanwhile", Text(problem, "detail"), StringComparison.Ordinal);
        Assert.Equal(before, (await GetAsync($"/{id}/timeline")).Body.GetProperty("items").GetArrayLength());
        await PostAsync($"/{id}/resolve", null);
        Assert.Equal(409, (await PostAsync($"/{id}/resolve", null)).Status);
    }

    [Fact]
    public async Task IdempotencyKey_SentTwice_OpensOneIncidentAndAnswersTheSame()
    {
        var body = new { title = "Once", platform = "mlops", severity = "P2" };
        var first = await _app.Http.CallAsync(HttpMethod.Post, All, body, Token, "key-1");
        var second = await _app.Http.CallAsync(HttpMethod.Post, All, body, Token, "key-1");

        Assert.Equal((201, first.Body.GetProperty("id").GetInt64()), (second.Status, second.Body.GetProperty("id").GetInt64()));
        Assert.Single((await GetAsync("")).Body.GetProperty("items").EnumerateArray());
        var other = await _app.Http.CallAsync(HttpMethod.Post, All, body with { title = "Twice" }, Token, "key-1");
        Assert.InRange(other.Status, 400, 422);
    }

    private async Task<long> OpenAsync() => (await PostAsync("", new { title = "API down", platform = "mlops", severity = "P1" })).Body.GetProperty("id").GetInt64();

    private Task<(int Status, JsonElement Body)> PostAsync(string path, object? body) => _app.Http.CallAsync(HttpMethod.Post, All + path, body, Token);

    private Task<(int Status, JsonElement Body)> GetAsync(string path) => _app.Http.CallAsync(HttpMethod.Get, All + path, null, Token);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static IEnumerable<string> Faults(JsonElement problem) =>
        problem.GetProperty("errors").EnumerateArray().Select(error => $"{Text(error, "pointer")} {Text(error, "rule")}").Order(StringComparer.Ordinal);
}
