using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Changes.Rollback;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.Detail;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Changes;

public sealed class DeploymentsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 30, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deployment_ToldTwice_IsOneThatWentOn()
    {
        await using var app = await StartAsync();
        Assert.Equal(201, (await SendAsync(app, Told("1", "inProgress"))).Status);
        Assert.Equal(200, (await SendAsync(app, Told("1", "succeeded"))).Status);

        var (_, list) = await app.Http.CallAsync(HttpMethod.Get, "/api/v1/deployments?platform=shop", null, Token);
        var entry = Assert.Single(list.GetProperty("items").EnumerateArray());
        Assert.Equal("succeeded", entry.GetProperty("deployment").GetProperty("outcome").GetString());
        Assert.Equal(["approvals", "ci", "staging", "smoke", "soak"], entry.GetProperty("violations").EnumerateArray().Select(violation => violation.GetProperty("rule").GetString()));

        var (_, dora) = await app.Http.CallAsync(HttpMethod.Get, "/api/v1/dora?days=7&service=shop/checkout", null, Token);
        Assert.Equal((1, 1), (dora.GetProperty("deployments").GetInt32(), dora.GetProperty("violations").GetInt32()));
        Assert.Equal(1m / 7, dora.GetProperty("keys")[0].GetProperty("value").GetDecimal(), 12);
    }

    [Fact]
    public async Task Deployment_WithWrongFields_IsToldAllOfThem()
    {
        await using var app = await StartAsync();
        var (status, body) = await SendAsync(app, new { id = "", service = "shop/checkout", version = "2", author = "Ada", startedAt = Now.AddHours(1), outcome = "succeeded" });

        Assert.Equal(422, status);
        Assert.Equal(["/finishedAt", "/id", "/startedAt"], body.GetProperty("errors").EnumerateArray().Select(fault => fault.GetProperty("pointer").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(422, (await SendAsync(app, Told("1", "succeeded", service: "shop/nothing"))).Status);
    }

    [Fact]
    public async Task Deployment_WithoutAKey_IsRefused()
    {
        await using var app = await StartAsync();
        using var answer = await app.Anonymous.PostAsync("/api/v1/deployments", System.Net.Http.Json.JsonContent.Create(Told("1", "succeeded")), Token);

        Assert.Equal(401, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Deployment_DuringAnIncident_StandsOnItsTimeline()
    {
        await using var app = await StartAsync();
        var id = await OpenIncidentAsync(app);
        await SendAsync(app, Told("1", "inProgress"));
        await SendAsync(app, Told("1", "rolledBack"));
        await SendAsync(app, Told("1", "rolledBack"));
        await SendAsync(app, Told("2", "succeeded", service: "shop/search"));

        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = TestCallers.Viewer;
        var detail = await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(new GetIncident(id), Token);
        Assert.Equal(
            ["Deployment of checkout 2.0.0 began", "checkout 2.0.0 was rolled back"],
            detail.Value.Timeline.Where(entry => entry.Kind == TimelineKind.Change).OrderBy(entry => entry.Id).Select(entry => entry.Text));
    }

    [Fact]
    public async Task Gate_OfAServiceThatSpentItsBudget_IsClosedAndSaysWhy()
    {
        await using var app = await StartAsync();
        app.Services.GetRequiredService<StatusBoard>().Accept([Status("shop/checkout/availability", 0.2m), Status("shop/search/availability", -0.5m)]);

        Assert.True((await app.Http.CallAsync(HttpMethod.Get, "/api/v1/services/shop/checkout/gate", null, Token)).Body.GetProperty("allowed").GetBoolean());
        var (_, shut) = await app.Http.CallAsync(HttpMethod.Get, "/api/v1/services/shop/search/gate", null, Token);
        Assert.False(shut.GetProperty("allowed").GetBoolean());
        Assert.Equal("shop/search/availability", Assert.Single(shut.GetProperty("reasons").EnumerateArray()).GetProperty("slo").GetString());
        Assert.Equal(404, (await app.Http.CallAsync(HttpMethod.Get, "/api/v1/services/shop/nothing/gate", null, Token)).Status);
    }

    [Fact]
    public async Task Deployment_FollowedByErrors_IsCalledBackOnceWithASignedCall()
    {
        await using var app = await StartAsync();
        var incident = await OpenIncidentAsync(app);
        var (status, hook) = await app.Http.CallAsync(HttpMethod.Put, "/api/v1/services/shop/checkout/rollback-hook", new { address = "https://deploy.invalid/rollback" }, Token);
        Assert.Equal(200, status);
        await SendAsync(app, new { id = "9", service = "shop/checkout", version = "3.0.0", author = "Ada", startedAt = Now.AddMinutes(-20), finishedAt = Now.AddMinutes(-10), outcome = "succeeded" });
        await SendAsync(app, new { id = "9", service = "shop/search", version = "3.0.0", author = "Ada", startedAt = Now.AddMinutes(-20), finishedAt = Now.AddMinutes(-10), outcome = "succeeded" });
        // The errors of the minutes before it was live were not its own.
        await app.PlantHistoryAsync("shop/checkout/availability", Enumerable.Range(1, 25).Select(back => (Now.AddMinutes(-back), MinuteCell.OfEvents(back <= 10 ? 86 : 0, 100))));
        await app.PlantHistoryAsync("shop/search/availability", Enumerable.Range(1, 25).Select(back => (Now.AddMinutes(-back), MinuteCell.OfEvents(back <= 10 ? 90 : 0, 100))));

        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = Caller.System;
        var dispatcher = scope.ServiceProvider.GetRequiredService<IDispatcher>();
        Assert.Equal(1, (await dispatcher.Send(new WatchSoaks(), Token)).Value);
        Assert.Equal(0, (await dispatcher.Send(new WatchSoaks(), Token)).Value);

        var (_, list) = await app.Http.CallAsync(HttpMethod.Get, "/api/v1/deployments?service=shop/checkout", null, Token);
        var decision = Assert.Single(list.GetProperty("items").EnumerateArray()).GetProperty("rollback");
        Assert.Equal(("error rate 14 %, more than 10 %", true), (decision.GetProperty("why").GetString(), decision.GetProperty("called").GetBoolean()));
        var call = Assert.Single(await scope.ServiceProvider.GetRequiredService<OpsDbContext>().Set<OutboxRow>().AsNoTracking().ToListAsync(Token), row => row.Channel == Channel.Webhook);
        Assert.Equal(("https://deploy.invalid/rollback", hook.GetProperty("secret").GetString()), (app.Open(call.Address), app.Open(call.SigningSecret)));
        Assert.Contains("\"rule\":\"errorRate\"", call.Text, StringComparison.Ordinal);
        var detail = await dispatcher.Send(new GetIncident(incident), Token);
        Assert.Contains("checkout 3.0.0 is to be rolled back: error rate 14 %, more than 10 %", detail.Value.Timeline.Select(entry => entry.Text));
    }

    private static async Task<InProcessApp> StartAsync()
    {
        var app = await InProcessApp.StartAsync(Token, new ManualClock(Now));
        await app.PlantAsync(Seeding.Availability("shop", "checkout", "availability"), Now.AddDays(-60));
        await app.PlantAsync(Seeding.Availability("shop", "search", "availability"), Now.AddDays(-60));
        return app;
    }

    private static Task<(int Status, JsonElement Body)> SendAsync(InProcessApp app, object told) => app.Http.CallAsync(HttpMethod.Post, "/api/v1/deployments", told, Token);

    private static object Told(string id, string outcome, string service = "shop/checkout") => new
    {
        id,
        service,
        version = "2.0.0",
        author = "Ada",
        approvals = new[] { "Ada", "Grace" },
        startedAt = Now.AddHours(-1),
        finishedAt = outcome == "inProgress" ? (DateTimeOffset?)null : Now.AddMinutes(-50),
        recoveredAt = outcome == "rolledBack" ? Now.AddMinutes(-40) : (DateTimeOffset?)null,
        outcome,
    };

    private static async Task<long> OpenIncidentAsync(InProcessApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var since = Now.AddMinutes(-30).ToUnixTimeMilliseconds();
        await scope.ServiceProvider.GetRequiredService<IncidentRecord>().ReplaceAsync(
            "test",
            [
                new RecordedIncident
                {
                    Title = "Checkout fails",
                    Platform = "shop",
                    Severity = "P0",
                    Services = [new AffectedService("shop/checkout", ServiceImpact.MajorOutage)],
                    Milestones = new IncidentMilestones { StartedMs = since, DetectedMs = since, AcknowledgedMs = since },
                    LeadId = "lead",
                    Lead = "Lead",
                },
            ],
            Now.ToUnixTimeMilliseconds(),
            Token);
        return Assert.Single(await scope.ServiceProvider.GetRequiredService<IncidentSpans>().InAsync(since, Now.ToUnixTimeMilliseconds(), Token)).Id;
    }

    private static SloStatus Status(string id, decimal left) => new()
    {
        Id = id,
        SliId = id,
        Name = id,
        Platform = id.Split('/')[0],
        Service = id.Split('/')[1],
        Kind = SliKind.Ratio,
        Target = 0.99m,
        Window = SloWindow.RollingDays(30),
        BudgetingMethod = BudgetingMethod.Occurrences,
        State = left > 0 ? SloState.Healthy : SloState.Breached,
        Sli = 0.98m,
        Good = 98,
        Total = 100,
        BadSeconds = 0,
        Coverage = 1,
        ExcludedSeconds = 0,
        Budget = new BudgetStatus(1, 1 - left, left, "events", left),
        BurnRates = [],
        Alerts = [],
        Clauses = [],
        WindowStart = Now.AddDays(-30),
        EvaluatedAt = Now,
        Version = 1,
    };
}
