using System.Globalization;
using System.Text.Json;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Slos.Maintenance;

public sealed class MaintenanceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 10, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Window_Planned_IsListedWithWhatTheObjectivesMakeOfIt()
    {
        await using var app = await StartAsync(new ManualClock(Now));

        var planned = await PlanAsync(app, Now.AddHours(30), Now.AddHours(36));
        var windows = await ListAsync(app);

        Assert.Equal(201, planned.Status);
        var window = Assert.Single(windows);
        Assert.Equal("planned", window.GetProperty("phase").GetString());
        Assert.Equal(Now, window.GetProperty("announcedAt").GetDateTimeOffset());
        var verdicts = window.GetProperty("verdicts").EnumerateArray().ToList();
        // The cap of four hours a month forgives four of the six; the objective without terms forgives none.
        Assert.Equal(
            [("noTerms", 0L, 21_600L), ("capUsed", 14_400L, 7_200L)],
            verdicts.Select(verdict => (verdict.GetProperty("objection").GetString()!, verdict.GetProperty("forgivenSeconds").GetInt64(), verdict.GetProperty("unforgivenSeconds").GetInt64())));
    }

    [Fact]
    public async Task Window_AnnouncedTooLate_IsNotForgiven()
    {
        await using var app = await StartAsync(new ManualClock(Now));

        await PlanAsync(app, Now.AddHours(23), Now.AddHours(24), "checkout");
        await PlanAsync(app, Now.AddHours(40), Now.AddHours(41), "checkout");

        var objections = (await ListAsync(app)).Select(window => window.GetProperty("verdicts")[0].GetProperty("objection").GetString());
        Assert.Equal(["lateNotice", "none"], objections);
    }

    [Fact]
    public async Task Window_ThatHasBegun_CannotBeCancelled()
    {
        var clock = new ManualClock(Now);
        await using var app = await StartAsync(clock);
        var first = (await PlanAsync(app, Now.AddHours(2), Now.AddHours(3))).Body.GetProperty("id").GetInt32();
        var second = (await PlanAsync(app, Now.AddHours(5), Now.AddHours(6))).Body.GetProperty("id").GetInt32();
        clock.StepTo(Now.AddHours(2));

        var begun = await app.Http.CallAsync(HttpMethod.Delete, string.Create(CultureInfo.InvariantCulture, $"/api/v1/maintenance/{first}"), null, Token);
        var ahead = await app.Http.CallAsync(HttpMethod.Delete, string.Create(CultureInfo.InvariantCulture, $"/api/v1/maintenance/{second}"), null, Token);
        var gone = await app.Http.CallAsync(HttpMethod.Delete, string.Create(CultureInfo.InvariantCulture, $"/api/v1/maintenance/{second}"), null, Token);

        Assert.Equal((409, 204, 404), (begun.Status, ahead.Status, gone.Status));
        Assert.Equal("running", Assert.Single(await ListAsync(app)).GetProperty("phase").GetString());
    }

    [Fact]
    public async Task Window_WithWrongFields_IsRefusedWithAllOfThem()
    {
        await using var app = await StartAsync(new ManualClock(Now));

        var past = await app.Http.CallAsync(
            HttpMethod.Post,
            "/api/v1/maintenance",
            new { platform = "", start = "2026-11-02T09:00:00Z", end = "2026-11-02T08:00:00Z", announcedAt = "2026-11-03T00:00:00Z", reason = " " },
            Token);
        var zoneless = await app.Http.CallAsync(
            HttpMethod.Post, "/api/v1/maintenance", new { platform = "shop", start = "2026-11-03T09:00:00", reason = "x" }, Token);
        var unknown = await PlanAsync(app, Now.AddHours(1), Now.AddHours(2), "no-such-service");
        var endless = await PlanAsync(app, Now.AddHours(1), Now.AddHours(1).AddDays(14).AddMinutes(1));
        var longest = await PlanAsync(app, Now.AddHours(1), Now.AddHours(1).AddDays(14));

        Assert.Equal(["platform.required", "start.future", "end.afterStart", "announcedAt.past", "reason.required"], Rules(past.Body));
        Assert.Equal(["instant.rfc3339", "instant.required"], Rules(zoneless.Body));
        Assert.Equal(["service.known"], Rules(unknown.Body));
        Assert.Equal(["end.tooLong"], Rules(endless.Body));
        Assert.Equal(201, longest.Status);
    }

    [Fact]
    public async Task Window_SentAgainWithTheSameKey_IsPlannedOnce()
    {
        await using var app = await StartAsync(new ManualClock(Now));

        var first = await PlanAsync(app, Now.AddHours(2), Now.AddHours(3), key: "retry-1");
        var again = await PlanAsync(app, Now.AddHours(2), Now.AddHours(3), key: "retry-1");
        var other = await PlanAsync(app, Now.AddHours(4), Now.AddHours(5), key: "retry-1");
        var twin = await PlanAsync(app, Now.AddHours(2), Now.AddHours(3));

        Assert.Equal(201, first.Status);
        Assert.Equal(201, again.Status);
        Assert.Equal(first.Body.ToString(), again.Body.ToString());
        Assert.Equal(409, other.Status);
        Assert.Equal(409, twin.Status);
        Assert.Single(await ListAsync(app));
    }

    [Fact]
    public async Task Key_OfARefusedRequest_IsFreeAgain()
    {
        await using var app = await StartAsync(new ManualClock(Now));

        var refused = await PlanAsync(app, Now.AddHours(-2), Now.AddHours(3), key: "k");
        var taken = await PlanAsync(app, Now.AddHours(2), Now.AddHours(3), key: "k");
        var tooLong = await PlanAsync(app, Now.AddHours(6), Now.AddHours(7), key: new string('k', 201));

        Assert.Equal((422, 201, 422), (refused.Status, taken.Status, tooLong.Status));
    }

    private static async Task<InProcessApp> StartAsync(ManualClock clock)
    {
        var app = await InProcessApp.StartAsync(Token, clock);
        var terms = new MaintenanceTerms(ExclusionMode.Removed, CapPerMonthSeconds: 4 * 3600, NoticeSeconds: 24 * 3600);
        await app.SeedAsync(
            Seeding.Availability("shop", "checkout", "availability") with { Maintenance = terms },
            Seeding.Availability("shop", "search", "availability"));
        return app;
    }

    private static Task<(int Status, JsonElement Body)> PlanAsync(InProcessApp app, DateTimeOffset start, DateTimeOffset end, string? service = null, string? key = null) =>
        app.Http.CallAsync(HttpMethod.Post, "/api/v1/maintenance", new { platform = "shop", service, start, end, reason = "New disks" }, Token, key);

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(InProcessApp app)
    {
        var (_, body) = await app.Http.CallAsync(HttpMethod.Get, "/api/v1/maintenance?platform=shop", null, Token);
        return [.. body.GetProperty("items").EnumerateArray()];
    }

    private static IEnumerable<string?> Rules(JsonElement problem) => problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("rule").GetString());
}
