using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Slos;

public sealed class EvaluationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sample_PostedToTheIntake_ChangesTheStatusAndFiresTheBurnAlert()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        var slo = Seeding.Availability("shop", "checkout", "availability") with
        {
            AlertRules = [new BurnAlertRule(AlertSeverity.Page, 60, 5, 14.4m)],
        };
        await app.SeedAsync(slo);
        await app.UntilAsync(("slo", slo.Id), () => FindAsync(app, slo.Id), status => status?.State == SloState.NoData, Token);

        // A full hour of history, the last five minutes bad: the rule may fire only then.
        var now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60 * 60);
        var samples = Enumerable.Range(0, 90).Select(back => (At: now.AddMinutes(-back), Good: back < 5 ? 0 : 1000));
        var response = await PostAsync(app, slo.SliId, "history", samples);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);

        var judged = await app.UntilAsync(
            ("slo", slo.Id),
            () => FindAsync(app, slo.Id),
            status => status?.State == SloState.Breached && status.Alerts[0].Firing,
            Token);
        Assert.Equal(85_000m, judged!.Good);
        Assert.Equal(90_000m, judged.Total);
        Assert.Equal(90m, judged.Budget.Total);
        Assert.Equal(5_000m, judged.Budget.Consumed);
        Assert.Equal(-4_910m, judged.Budget.Remaining);
        Assert.Equal("events", judged.Budget.Unit);
    }

    [Fact]
    public async Task Batch_SentTwice_IsCountedOnce()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        var slo = Seeding.Availability("shop", "checkout", "availability");
        await app.SeedAsync(slo);
        var at = TimeProvider.System.GetUtcNow().AddMinutes(-2);
        var first = await PostAsync(app, slo.SliId, "once", [(at, 900)]);
        var again = await PostAsync(app, slo.SliId, "once", [(at, 900)]);

        Assert.Equal(1, (await ReadAsync(first)).GetProperty("accepted").GetInt32());
        var repeated = await ReadAsync(again);
        Assert.Equal(0, repeated.GetProperty("accepted").GetInt32());
        Assert.Equal(1, repeated.GetProperty("duplicates").GetInt32());
        var judged = await app.UntilAsync(("slo", slo.Id), () => FindAsync(app, slo.Id), status => status?.Total > 0, Token);
        Assert.Equal((900m, 1000m), (judged!.Good, judged.Total));
    }

    private static async Task<SloStatus?> FindAsync(InProcessApp app, string id)
    {
        using var response = await app.Http.GetAsync($"/api/v1/slos/{id}", Token);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadFromJsonAsync<SloStatus>(StoreJson.Options, Token)
            : null;
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>(Token);

    private static async Task<HttpResponseMessage> PostAsync(
        InProcessApp app,
        string sli,
        string batchId,
        IEnumerable<(DateTimeOffset At, int Good)> samples)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/samples")
        {
            Content = JsonContent.Create(new
            {
                batchId,
                samples = samples.Select(sample => new
                {
                    sli,
                    at = sample.At.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                    good = sample.Good,
                    total = 1000,
                }),
            }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AppProcess.IntakeKey);
        return await app.Http.SendAsync(request, Token);
    }
}
