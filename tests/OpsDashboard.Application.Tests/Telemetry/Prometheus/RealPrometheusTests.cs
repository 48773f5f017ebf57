using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Application.Telemetry.Prometheus;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Telemetry.Prometheus;

/// <summary>A real Prometheus that scraped a real target, read by the running product.</summary>
public sealed class RealPrometheusTests
{
    private static readonly string[] Settings = ["Prometheus:SettleSeconds=0", "Prometheus:PageMinutes=20", "Prometheus:CatchUpHours=1"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counters_ScrapedByPrometheus_BecomeTheExactCountsOfEachMinuteOnce()
    {
        var counters = new ScrapedCounters(NowMinute() - ScrapedCounters.Minutes - 1);
        await using var target = await TargetAsync(counters);
        await using var prometheus = await PrometheusProcess.StartAsync([$"127.0.0.1:{target.Port}"], Token);
        using var data = new TempDirectory();
        await using (var app = await InProcessApp.StartAsync(Token, dataDirectory: data.FullPath, settings: Settings))
        {
            await DefineAsync(app, prometheus.Url);
            await CaughtUpAsync(app, counters);
            AssertExact(await MinutesAsync(app, "shop/web/availability"), counters);
            AssertExact(await MinutesAsync(app, "shop/web/failures"), counters);
            AssertLatencies(await MinutesAsync(app, "shop/web/latency"), counters);
            Assert.Equal(30_000_000, (await MinutesAsync(app, "shop/web/age"))[counters.FirstKnown + 29].ValueSumMicros);
            await ForgetTheLastCommitAsync(app);
        }

        // Again on the same store, as after a crash between the commit of a span and its watermark.
        await using var again = await InProcessApp.StartAsync(Token, dataDirectory: data.FullPath, settings: Settings);
        await CaughtUpAsync(again, counters);
        AssertExact(await MinutesAsync(again, "shop/web/availability"), counters);
        AssertExact(await MinutesAsync(again, "shop/web/failures"), counters);
    }

    [Fact]
    public async Task Queries_TriedOnPrometheus_ShowTheirMinutesOrWhatIsWrong()
    {
        // Three minutes ahead, so that the last ten stay known while the test runs.
        var counters = new ScrapedCounters(NowMinute() - ScrapedCounters.Minutes + 3);
        await using var target = await TargetAsync(counters);
        await using var prometheus = await PrometheusProcess.StartAsync([$"127.0.0.1:{target.Port}"], Token);
        await using var app = await InProcessApp.StartAsync(Token, settings: Settings);
        await SaveSourceAsync(app, "main", prometheus.Url);

        var tried = await UntilAsync(
            () => app.Http.CallAsync(HttpMethod.Post, "/api/v1/sources/try", Counts("http_requests_total{code=\"200\"}", "http_requests_total"), Token),
            answer => answer.Status == 200 && answer.Body.GetProperty("minutes")[0].GetProperty("total").ValueKind == JsonValueKind.Number);
        var broken = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/sources/try", Counts("sum(", "http_requests_total"), Token);
        var mistyped = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/sources/try", Counts("http_request_total{code=\"200\"}", "http_requests_total"), Token);

        var minutes = tried.Body.GetProperty("minutes").EnumerateArray().ToList();
        Assert.Equal(10, minutes.Count);
        Assert.All(minutes, minute => Assert.InRange(minute.GetProperty("total").GetInt64(), 400, 440));
        Assert.Equal(422, broken.Status);
        Assert.Contains("parse error", broken.Body.GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("Not one event was good. Check the query for good.", mistyped.Body.GetProperty("note").GetString());
    }

    private static async Task<LocalServer> TargetAsync(ScrapedCounters counters) =>
        await LocalServer.StartAsync((context, _) => context.Response.WriteAsync(counters.Scrape()));

    private static async Task DefineAsync(InProcessApp app, string url)
    {
        // The poller asks at once: what Prometheus has not scraped yet would be a gap, not an error.
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        await UntilAsync(
            () => http.CallAsync(HttpMethod.Get, "/api/v1/series?match[]=http_requests_total", null, Token),
            answer => answer.Body.GetProperty("data").GetArrayLength() == 4);
        await SaveSourceAsync(app, "main", url);
        await DefineSliAsync(app, "availability", Counts("http_requests_total{code=\"200\"}", "http_requests_total"));
        await DefineSliAsync(app, "failures", new { dataSource = "shop/main", shape = "badAndTotal", query = "http_requests_total{code=\"500\"}", total = "http_requests_total" });
        await DefineSliAsync(app, "latency", new { dataSource = "shop/main", shape = "buckets", query = "http_duration_seconds_bucket" });
        await DefineSliAsync(app, "age", new { dataSource = "shop/main", shape = "value", query = "max(queue_age_seconds)" });
    }

    private static object Counts(string good, string total) => new { dataSource = "shop/main", shape = "goodAndTotal", query = good, total };

    private static async Task SaveSourceAsync(InProcessApp app, string name, string url)
    {
        var (status, body) = await app.Http.CallAsync(HttpMethod.Put, $"/api/v1/sources/shop/{name}", new { url, settings = new { scrapeIntervalSeconds = 15 } }, Token);
        Assert.True(status == 200, body.ToString());
    }

    private static async Task DefineSliAsync(InProcessApp app, string name, object queries)
    {
        var (status, body) = await app.Http.CallAsync(HttpMethod.Post, "/api/v1/sources/slis", new { platform = "shop", service = "web", name, queries }, Token);
        Assert.True(status == 201, body.ToString());
    }

    private static Task CaughtUpAsync(InProcessApp app, ScrapedCounters counters) => app.UntilAsync(
        ("sources", "all"),
        async () => Assert.Single(await ListAsync(app)),
        source => source.Slis.Count == 4
            && source.Slis.All(sli => sli.Fault is null && sli.ReadUntil >= DateTimeOffset.FromUnixTimeSeconds(counters.End * 60L)),
        Token);

    private static async Task<IReadOnlyList<DataSourceSummary>> ListAsync(InProcessApp app)
    {
        return (await app.AskAsync(new ListDataSources(), Token)).Value;
    }

    private static async Task<Dictionary<int, MinuteCell>> MinutesAsync(InProcessApp app, string sli)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var seriesId = (await db.FindSliAsync(sli, Token))!.SeriesId;
        var minutes = new Dictionary<int, MinuteCell>();
        foreach (var row in await db.Set<HourChunkRow>().AsNoTracking().Where(row => row.SeriesId == seriesId).ToListAsync(Token))
        {
            var chunk = new HourChunk();
            chunk.Load(row.Data);
            for (var minute = 0; minute < TimeIndex.MinutesPerHour; minute++)
            {
                if (chunk.TryGet(minute, out var cell))
                {
                    minutes[(row.Hour * TimeIndex.MinutesPerHour) + minute] = cell;
                }
            }
        }

        return minutes;
    }

    private static void AssertExact(Dictionary<int, MinuteCell> minutes, ScrapedCounters counters)
    {
        for (var minute = counters.FirstKnown; minute < counters.End; minute++)
        {
            var index = minute - counters.FirstKnown + 1;
            Assert.Equal(
                (index, ScrapedCounters.Total(index) - ScrapedCounters.Bad(index), ScrapedCounters.Total(index)),
                (index, minutes[minute].Good, minutes[minute].Total));
        }
    }

    private static void AssertLatencies(Dictionary<int, MinuteCell> minutes, ScrapedCounters counters)
    {
        for (var minute = counters.FirstKnown; minute < counters.End; minute++)
        {
            var index = minute - counters.FirstKnown + 1;
            var histogram = minutes[minute].Histogram!;
            Assert.Equal(ScrapedCounters.Total(index), histogram.Count);
            Assert.Equal(
                ScrapedCounters.Total(index) - ScrapedCounters.Bad(index),
                histogram.CountUnder(new Threshold(Comparison.LessOrEqual, 500)));
        }
    }

    /// <summary>Leaves the store as a crash would: the last span committed, its watermark not moved.</summary>
    private static async Task ForgetTheLastCommitAsync(InProcessApp app)
    {
        await app.StopAsync(Token);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        foreach (var row in await db.Set<PrometheusPollRow>().ToListAsync(Token))
        {
            var prefix = $"prom/{row.SourceId}/{row.SeriesId}/";
            var ids = await db.Set<Application.Telemetry.Intake.IntakeBatchRow>().Where(batch => batch.Id.StartsWith(prefix)).Select(batch => batch.Id).ToListAsync(Token);
            var last = ids.Select(id => id[prefix.Length..].Split('-').Select(int.Parse).ToArray()).MaxBy(span => span[1])!;
            Assert.True(last[1] <= row.NextMinute);
            (row.NextMinute, row.PlannedTo) = (last[0], last[1]);
        }

        await db.SaveChangesAsync(Token);
    }

    private static int NowMinute() => (int)(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60);

    /// <summary>For a server that tells nobody when it changes.</summary>
    private static async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        for (var tries = 0; tries < 150; tries++)
        {
            var value = await read();
            if (condition(value))
            {
                return value;
            }

            await timer.WaitForNextTickAsync(Token);
        }

        throw new TimeoutException("It did not come about within 30 s.");
    }
}
