using System.Net.Http.Json;
using System.Text.Json;
using OpsDashboard.Application.Demo;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Demo;

public sealed class DemoFillTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fill_KilledMidwayAndStartedAgain_CompletesWithTheStoryAndWithinItsCpu()
    {
        await using var app = await AppProcess.StartAsync(
            new AppProcessOptions { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Demo__Enabled"] = "true" } },
            Token);
        var store = new StoredDemo(app.DataDirectory);
        await Eventually.TrueAsync(() => store.State() is { } state && Done(state) > 300, Token, TimeSpan.FromSeconds(60));
        await app.Kill9Async(Token);
        var killed = store.State()!;
        Assert.True(killed.Filling, "The fill was over before it could be killed.");

        await app.StartAgainAsync(Token);
        await Eventually.TrueAsync(store.IsFilled, Token, TimeSpan.FromSeconds(120));
        var cpu = app.CpuTime;
        var filled = store.State()!;
        Assert.Equal(killed.Anchor, filled.Anchor);
        Assert.Equal(90 * 24, filled.HistoryDays * 24);
        // The whole fill has 30 s; what was left after the kill is most of it, and the start is counted too.
        Assert.InRange(cpu.TotalSeconds, 0, 30);

        await UntilJudgedAsync(app);
        var anchorHour = (int)(filled.Anchor.ToUnixTimeSeconds() / 3600);
        AssertSame(store.Told(filled.FromHour, anchorHour), store.Hours().Where(hour => hour.Key.Hour < anchorHour).ToDictionary());
    }

    private static int Done(DemoState state) => DemoTicks.HourOf(state.NextTick) - state.FromHour;

    private static void AssertSame(
        IReadOnlyDictionary<(int SeriesId, int Hour), byte[]> told,
        IReadOnlyDictionary<(int SeriesId, int Hour), byte[]> stored)
    {
        Assert.Equal(told.Count, stored.Count(hour => told.ContainsKey(hour.Key)));
        Assert.All(told, hour => Assert.Equal(hour.Value, stored[hour.Key]));
    }

    /// <summary>The program's own evaluator comes to the board of the story.</summary>
    private static async Task UntilJudgedAsync(AppProcess app)
    {
        var states = new Dictionary<string, string>(StringComparer.Ordinal);
        await Eventually.TrueAsync(
            async () =>
            {
                var list = await app.Http.GetFromJsonAsync<JsonElement>("/api/v1/slos?limit=500", Token);
                states = list.GetProperty("items").EnumerateArray().ToDictionary(
                    item => item.GetProperty("id").GetString()!,
                    item => item.GetProperty("state").GetString()!,
                    StringComparer.Ordinal);
                return states.Count(state => state.Value == "healthy") > 50;
            },
            Token,
            TimeSpan.FromSeconds(60));

        var told = states.Where(state => !state.Key.StartsWith("opsdashboard/", StringComparison.Ordinal)).ToList();
        Assert.Equal("breached", states["mlops/data-processing/pipeline-success"]);
        Assert.Contains("breached", new[] { states["mlops/model-serving-api/uptime"], states["mlops/model-serving-api/request-availability"] });
        Assert.InRange(told.Count(state => state.Value == "breached"), 3, 4);
        Assert.Equal(3, told.Count(state => state.Value == "atRisk"));
        Assert.Equal("atRisk", states["agent-mesh/api-authentication/latency-p95"]);
        Assert.Equal("noData", Assert.Single(told, state => state.Value == "noData").Value);
    }
}
