using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Incidents.Alerts.Integrations;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Testing;

namespace OpsDashboard.Web.Tests.Incidents.Alerts;

/// <summary>Bodies no program should send, and a program killed in the middle of a burst.</summary>
public sealed class AlertIntakeFaultsTests
{
    private const int Bodies = 150;
    private const int Kills = 5;

    private static readonly string[] Values =
        ["null", "true", "7", "-1e400", "\"text\"", "[]", "{}", "[[[]]]", "\"\\ud800\"", "\"\\u0000\"", "\"2026-13-45T99:99:99Z\"", "\"0000-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59Z\"", "{\"\\ud800\":\"a\"}", "{\"a\":\"\\ud800\"}"];

    private static readonly string[] Fields = ["alerts", "status", "labels", "annotations", "startsAt", "endsAt", "fingerprint", "groupKey", "generatorURL", "title", "key", "service", "severity", "truncatedAlerts", "version"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_WithMalformedBodies_NeverFailNorTellTheirInside()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        var key = await CreateAsync(app);
        var random = new Random(3141);
        for (var i = 0; i < Bodies; i++)
        {
            var body = Malformed(random, i);
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new("application/json");
            var call = random.Next(2) == 0 ? "alertmanager" : "alerts";

            using var response = await app.Http.PostAsync(new Uri($"/api/v1/integrations/{key}/{call}", UriKind.Relative), content, Token);

            var told = await response.Content.ReadAsStringAsync(Token);
            var what = $"Body {i} to {call} ({response.StatusCode}): {Encoding.Latin1.GetString(body[..Math.Min(300, body.Length)])}\n{told}";
            Assert.True(response.StatusCode is HttpStatusCode.OK or (>= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError), what);
            Assert.NotEqual(HttpStatusCode.TooManyRequests, response.StatusCode);
            Assert.False(told.Contains("   at ", StringComparison.Ordinal) || told.Contains("Exception", StringComparison.Ordinal), what);
        }
    }

    [Fact]
    public async Task Calls_BeyondTheirLimits_AreRefusedBeforeAnythingIsTaken()
    {
        await using var app = await InProcessApp.StartAsync(Token, settings: ["Alerts:MaxBodyBytes=2048", "Alerts:MaxAlertsPerBody=2", "Alerts:MaxPendingAlerts=10"]);
        var key = await CreateAsync(app);

        var large = await PostAsync(app.Http, key, "alerts", new { title = new string('x', 3_000) });
        var many = await PostAsync(app.Http, key, "alerts", new[] { new { title = "a" }, new { title = "b" }, new { title = "c" } });
        var two = await PostAsync(app.Http, key, "alerts", new[] { new { title = "a" }, new { title = "b" } });
        using var text = new StringContent("{}", Encoding.UTF8, "text/plain");
        var type = await app.Http.PostAsync(new Uri($"/api/v1/integrations/{key}/alerts", UriKind.Relative), text, Token);
        var unknown = await PostAsync(app.Http, "no-such-key", "heartbeat", new { });

        Assert.Equal(
            [HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnprocessableEntity, HttpStatusCode.OK, HttpStatusCode.UnsupportedMediaType, HttpStatusCode.NotFound],
            new[] { large, many, two, type.StatusCode, unknown });
    }

    [Fact]
    public async Task Calls_WhileTheStoreIsHeldAndTooManyWait_AreAnswered503AndTakenLater()
    {
        await using var app = await InProcessApp.StartAsync(Token, settings: ["Alerts:MaxAlertsPerBody=1", "Alerts:MaxPendingAlerts=1"]);
        Assert.SkipWhen(LiveServer.IsSecondRun, "Holds the file of the embedded store.");
        var key = await CreateAsync(app);
        Task<HttpResponseMessage> first;
        HttpResponseMessage refused;
        using (var connection = StoreFile.Open(app.DataDirectory))
        {
            using var held = connection.BeginTransaction(deferred: false);
            first = SendAsync("a");
            var second = SendAsync("b");
            // One of the two waits for the store; the other is too many.
            var answered = await Task.WhenAny(first, second);
            refused = await answered;
            first = answered == first ? second : first;
            held.Rollback();
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(2), refused.Headers.RetryAfter?.Delta);
        Assert.Contains("Too many alerts wait", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("c")).StatusCode);

        Task<HttpResponseMessage> SendAsync(string name) => app.Http.PostAsJsonAsync($"/api/v1/integrations/{key}/alerts", new { key = name, title = name }, Token);
    }

    [Fact]
    public async Task TwoNodes_ToldOfTheSameAlertsAtOnce_HoldEachOnce()
    {
        const int alerts = 30;
        using var data = new TempDirectory();
        await using var one = await InProcessApp.StartAsync(Token, dataDirectory: data.FullPath);
        var key = await CreateAsync(one);
        await using var two = await InProcessApp.StartAsync(Token, dataDirectory: data.FullPath);

        var statuses = await Task.WhenAll(Enumerable.Range(0, alerts).SelectMany(i => new[] { FireAsync(one.Http, key, $"race-{i}"), FireAsync(two.Http, key, $"race-{i}") }));

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
        await one.StopAsync(Token);
        await two.StopAsync(Token);
        Assert.SkipWhen(LiveServer.IsSecondRun, "Reads the file of the embedded store.");
        Assert.Equal((alerts, alerts, 1), Stored(data.FullPath));
    }

    [Fact]
    public async Task Program_KilledDuringABurst_HoldsEveryAcknowledgedAlertExactlyOnce()
    {
        using var data = new TempDirectory();
        string key;
        await using (var first = await InProcessApp.StartAsync(Token, dataDirectory: data.FullPath))
        {
            key = await CreateAsync(first);
        }

        await using var app = await AppProcess.StartAsync(new AppProcessOptions { DataDirectory = data.FullPath }, Token);
        var acknowledged = new ConcurrentDictionary<string, byte>(StringComparer.Ordinal);
        var sent = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            var enough = acknowledged.Count + 30;
            var senders = Enumerable.Range(0, 4).Select(_ => SendUntilGoneAsync(app.Http, key, () => $"alert-{Interlocked.Increment(ref sent)}", acknowledged)).ToList();
            await Eventually.TrueAsync(() => acknowledged.Count >= enough, Token, TimeSpan.FromSeconds(60));
            await app.Kill9Async(Token);
            await Task.WhenAll(senders);
            await app.StartAgainAsync(Token);
        }

        // A sender whose call was cut off sends it again: it is there once all the same.
        foreach (var fingerprint in Enumerable.Range(1, sent).Select(i => $"alert-{i}"))
        {
            Assert.Equal(HttpStatusCode.OK, await FireAsync(app.Http, key, fingerprint));
        }

        await app.StopAsync(Token);
        Assert.Equal((sent, sent, 1), Stored(data.FullPath));
    }

    private static async Task SendUntilGoneAsync(HttpClient http, string key, Func<string> next, ConcurrentDictionary<string, byte> acknowledged)
    {
        try
        {
            while (true)
            {
                var fingerprint = next();
                if (await FireAsync(http, key, fingerprint) == HttpStatusCode.OK)
                {
                    acknowledged[fingerprint] = 0;
                }
            }
        }
        catch (HttpRequestException)
        {
            // Killed in the middle: it was not acknowledged.
        }
    }

    private static Task<HttpStatusCode> FireAsync(HttpClient http, string key, string fingerprint) => PostAsync(http, key, "alertmanager", new
    {
        version = "4",
        groupKey = "burst",
        alerts = new[] { new { status = "firing", labels = new { alertname = fingerprint, severity = "critical" }, startsAt = "2026-01-01T00:00:00Z", fingerprint } },
    });

    private static async Task<HttpStatusCode> PostAsync(HttpClient http, string key, string call, object body)
    {
        using var response = await http.PostAsJsonAsync($"/api/v1/integrations/{key}/{call}", body, Token);
        return response.StatusCode;
    }

    private static (long Alerts, long Keys, long Incidents) Stored(string dataDirectory)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(dataDirectory, "opsdashboard.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """SELECT COUNT(*), COUNT(DISTINCT "OpenKey"), COUNT(DISTINCT "IncidentId") FROM "Alerts" WHERE "OpenKey" IS NOT NULL""";
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }

    private static async Task<string> CreateAsync(InProcessApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = TestCallers.Viewer;
        return (await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(new CreateIntegration { Name = "burst" }, Token)).Value.Key;
    }

    private static byte[] Malformed(Random random, int i)
    {
        var alert = string.Join(',', Fields.Where(_ => random.Next(3) > 0).Select(field => $"\"{field}\":{Values[random.Next(Values.Length)]}"));
        var text = (i % 4) switch
        {
            0 => $"{{\"groupKey\":\"g\",\"alerts\":[{{{alert}}}]}}",
            1 => $"{{{alert}}}",
            2 => $"[{{{alert}}},{Values[random.Next(Values.Length)]}]",
            _ => $"{{\"alerts\":[{{\"status\":\"firing\",\"labels\":{{\"alertname\":\"A\"}},{alert}}}]}}",
        };
        var bytes = Encoding.UTF8.GetBytes(text);
        return (i % 7) switch
        {
            0 => bytes[..random.Next(bytes.Length)],
            1 => [.. bytes[..(bytes.Length / 2)], 0xFF, 0xC0, .. bytes[(bytes.Length / 2)..]],
            2 => Encoding.UTF8.GetBytes(new string('[', 200) + text),
            _ => bytes,
        };
    }
}
