using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Testing;

namespace OpsDashboard.Web.Tests.Incidents.Alerts;

/// <summary>Silences, routing, metric rules and integrations as programs set them.</summary>
public sealed class AlertSettingsApiTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silences_AddedOnceByTheirKeyListedAndEnded()
    {
        await using var app = await InProcessApp.StartAsync(Token, new ManualClock(Now));
        var body = new { matchers = new[] { "service=\"checkout\"" }, endsAt = "2026-11-24T12:00:00Z", reason = "New disks" };

        var added = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/silences", body, Token, "one");
        var again = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/silences", body, Token, "one");
        var wrong = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/silences", new { matchers = new[] { "service=~\"(\"" }, endsAt = "today" }, Token);
        var listed = await app.Http.CallAsync(HttpMethod.Get, "/api/v1/silences", null, Token);
        var id = added.Body.GetProperty("id").GetInt32();
        var ended = await app.Http.CallAsync(HttpMethod.Delete, $"/api/v1/silences/{id}", null, Token);
        var twice = await app.Http.CallAsync(HttpMethod.Delete, $"/api/v1/silences/{id}", null, Token);

        Assert.Equal((201, 201, 422, 204, 409), (added.Status, again.Status, wrong.Status, ended.Status, twice.Status));
        Assert.Equal(id, Assert.Single(listed.Body.GetProperty("items").EnumerateArray()).GetProperty("id").GetInt32());
        Assert.Equal(JsonValueKind.Null, listed.Body.GetProperty("nextCursor").ValueKind);
        Assert.Equal(["/matchers", "/endsAt"], Pointers(wrong.Body));
    }

    [Fact]
    public async Task RoutingRules_AddedChangedMovedTriedAndRemoved()
    {
        await using var app = await InProcessApp.StartAsync(Token, new ManualClock(Now));
        var first = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/routing-rules", new { name = "Databases", matchers = new[] { "team=db" }, platform = "mlops", level = "critical" }, Token);
        var second = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/routing-rules", new { name = "Rest", level = "info", action = "record" }, Token);
        var wrong = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/routing-rules", new { name = " ", matchers = new[] { "team=db" } }, Token);
        var (one, two) = (first.Body.GetProperty("id").GetInt32(), second.Body.GetProperty("id").GetInt32());

        var before = await TryAsync(app);
        var moved = await app.Http.CallAsync(HttpMethod.Post, $"/api/v1/routing-rules/{two}/move", new { by = -5 }, Token);
        var after = await TryAsync(app);
        var changed = await app.Http.CallAsync(HttpMethod.Put, $"/api/v1/routing-rules/{two}", new { name = "Rest", action = "notify" }, Token);
        var changedTo = await TryAsync(app);
        var missing = await app.Http.CallAsync(HttpMethod.Put, "/api/v1/routing-rules/99", new { name = "None", action = "notify" }, Token);
        var removed = await app.Http.CallAsync(HttpMethod.Delete, $"/api/v1/routing-rules/{one}", null, Token);
        var listed = await app.Http.CallAsync(HttpMethod.Get, "/api/v1/routing-rules?limit=1", null, Token);

        Assert.Equal((201, 422, 200, 200, 404, 204), (first.Status, wrong.Status, moved.Status, changed.Status, missing.Status, removed.Status));
        Assert.Equal(["/name", "/"], Pointers(wrong.Body));
        Assert.Equal("mlops P0 record | Databases: platform level, Rest: action", before);
        Assert.Equal("mlops P3 record | Rest: level action, Databases: platform", after);
        Assert.Equal("mlops P0 notify | Rest: action, Databases: platform level", changedTo);
        Assert.Equal(two, Assert.Single(listed.Body.GetProperty("items").EnumerateArray()).GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task MetricRules_AndIntegrations_AreSetAndEnded()
    {
        await using var app = await InProcessApp.StartAsync(Token, new ManualClock(Now));
        await app.Services.GetRequiredService<OpsDashboard.Application.Platform.Startup.StartupState>().CatalogsLoaded.WaitAsync(Token);

        var rule = await app.Http.CallAsync(HttpMethod.Put, "/api/v1/metric-rules/agent-mesh/disk-usage", new { enabled = false, limit = 90, windowMinutes = 5, forMinutes = 0 }, Token);
        var unknown = await app.Http.CallAsync(HttpMethod.Put, "/api/v1/metric-rules/agent-mesh/none", new { enabled = false, limit = 90, windowMinutes = 5, forMinutes = 0 }, Token);
        var rules = await app.Http.CallAsync(HttpMethod.Get, "/api/v1/metric-rules?limit=500", null, Token);
        var created = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/integrations", new { name = "Alertmanager", platform = "mlops" }, Token);
        var id = created.Body.GetProperty("id").GetInt32();
        var heartbeat = await app.Http.CallAsync(HttpMethod.Post, $"/api/v1/integrations/{id}/heartbeats", new { name = "backup", intervalSeconds = 5, level = "loud" }, Token);
        var good = await app.Http.CallAsync(HttpMethod.Post, $"/api/v1/integrations/{id}/heartbeats", new { name = "backup", intervalSeconds = 60, level = "warning" }, Token);
        var renewed = await app.Http.CallAsync(HttpMethod.Post, $"/api/v1/integrations/{id}/key", null, Token);
        var old = await app.Http.CallAsync(HttpMethod.Post, $"/api/v1/integrations/{created.Body.GetProperty("key").GetString()}/heartbeat?name=backup", null, Token);
        var ping = await app.Http.CallAsync(HttpMethod.Post, $"/api/v1/integrations/{renewed.Body.GetProperty("key").GetString()}/heartbeat?name=backup", null, Token);
        var revoked = await app.Http.CallAsync(HttpMethod.Delete, $"/api/v1/integrations/{id}", null, Token);
        var left = await app.Http.CallAsync(HttpMethod.Get, "/api/v1/integrations", null, Token);

        Assert.Equal((204, 404, 201, 422, 201), (rule.Status, unknown.Status, created.Status, heartbeat.Status, good.Status));
        Assert.Equal((200, 404, 200, 204), (renewed.Status, old.Status, ping.Status, revoked.Status));
        Assert.Equal(["/level"], Pointers(heartbeat.Body));
        Assert.False(rules.Body.GetProperty("items").EnumerateArray().Single(one => one.GetProperty("rule").GetProperty("id").GetString() == "agent-mesh/disk-usage").GetProperty("enabled").GetBoolean());
        Assert.Empty(left.Body.GetProperty("items").EnumerateArray());
    }

    private static async Task<string> TryAsync(InProcessApp app)
    {
        var (status, trial) = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/routing-rules/try", new { labels = new { alertname = "DiskFull", team = "db" } }, Token);
        Assert.Equal(200, status);
        var matching = trial.GetProperty("matching").EnumerateArray().Select(rule =>
            $"{rule.GetProperty("name").GetString()}: {string.Join(' ', rule.GetProperty("decides").EnumerateArray().Select(field => field.GetString()))}");
        return $"{trial.GetProperty("platform").GetString()} {trial.GetProperty("severity").GetString()} {trial.GetProperty("action").GetString()} | {string.Join(", ", matching)}";
    }

    private static IEnumerable<string?> Pointers(JsonElement problem) => problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString());
}
