using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Xml.Linq;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.Updates;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Maintenance;
using OpsDashboard.Testing;

namespace OpsDashboard.Web.Tests.StatusPages;

/// <summary>The public pages over HTTP, on one program that runs by the system's clock.</summary>
public sealed class StatusPagesTests : IAsyncLifetime
{
    private InProcessApp _app = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await InProcessApp.StartAsync(Token, settings: ["Public:BaseUrl=https://status.example"]);
        await Eventually.TrueAsync(async () => (await _app.Http.GetStringAsync("/status", Token)).Contains("All services are working."), Token, TimeSpan.FromSeconds(60));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Page_Asked_IsCompressedValidatedAndWithoutCookies()
    {
        using var handler = new SocketsHttpHandler { UseCookies = false, AutomaticDecompression = DecompressionMethods.None };
        using var http = new HttpClient(handler) { BaseAddress = new Uri(_app.Url) };
        foreach (var (encoding, open) in new (string, Func<Stream, Stream>)[]
        {
            ("br", stream => new BrotliStream(stream, CompressionMode.Decompress)),
            ("gzip", stream => new GZipStream(stream, CompressionMode.Decompress)),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/status");
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
            using var answer = await http.SendAsync(request, Token);

            Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.Single());
            Assert.False(answer.Headers.Contains("Set-Cookie"));
            Assert.Contains("script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single());
            using var text = new StreamReader(open(await answer.Content.ReadAsStreamAsync(Token)));
            Assert.Contains("All services are working.", await text.ReadToEndAsync(Token));

            using var again = new HttpRequestMessage(HttpMethod.Get, "/status");
            again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
            using var known = await http.SendAsync(again, Token);
            Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);

            using var since = new HttpRequestMessage(HttpMethod.Get, "/status");
            since.Headers.IfModifiedSince = answer.Content.Headers.LastModified;
            using var unchanged = await http.SendAsync(since, Token);
            Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        }

        using var refused = new HttpRequestMessage(HttpMethod.Get, "/status");
        refused.Headers.TryAddWithoutValidation("Accept-Encoding", "br;q=0, gzip;q=0.0");
        using var plain = await http.SendAsync(refused, Token);
        Assert.Empty(plain.Content.Headers.ContentEncoding);

        using var head = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/status/mlops"), Token);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
    }

    [Fact]
    public async Task Incident_Published_IsOnPageApiFeedAndBadgeAndGoesAgain()
    {
        var id = await PublishAsync("API **down** <b>now</b>");
        var page = await UntilAsync("/status/mlops", text => text.Contains("is unavailable."));
        Assert.Contains("Model", page);
        Assert.DoesNotContain("<b>now</b>", page);
        Assert.Contains("<strong>all</strong>", page);
        Assert.Contains("All services are working.", await _app.Http.GetStringAsync("/status/agent-mesh", Token));

        var summary = await JsonAsync("/api/v2/summary.json");
        Assert.Equal("critical", summary.GetProperty("status").GetProperty("indicator").GetString());
        var incident = summary.GetProperty("incidents").EnumerateArray().Single();
        Assert.Equal(
            ["components", "created_at", "id", "impact", "incident_updates", "monitoring_at", "name", "page_id", "reminder_intervals", "resolved_at", "shortlink", "started_at", "status", "updated_at"],
            incident.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal(("investigating", "critical"), (incident.GetProperty("status").GetString(), incident.GetProperty("impact").GetString()));
        Assert.Equal(
            ["affected_components", "body", "created_at", "custom_tweet", "deliver_notifications", "display_at", "id", "incident_id", "status", "tweet_id", "updated_at"],
            incident.GetProperty("incident_updates")[0].EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal("major_outage", incident.GetProperty("components")[0].GetProperty("status").GetString());
        Assert.Empty((await JsonAsync("/status/agent-mesh/api/v2/incidents/unresolved.json")).GetProperty("incidents").EnumerateArray());
        Assert.Contains("major outage", await _app.Http.GetStringAsync("/status/mlops/badge.svg", Token));
        Assert.Contains("API **down**", XDocument.Parse(await _app.Http.GetStringAsync("/status/mlops/history.atom", Token)).ToString());
        Assert.Contains("API **down**", WebUtility.HtmlDecode(await _app.Http.GetStringAsync($"/status/incidents/{id}", Token)));

        await SendAsync(new PostIncidentUpdate { IncidentId = id, Text = "Over.", Status = PublicStatus.Resolved, ToStatusPage = true });
        await UntilAsync("/status/mlops", text => text.Contains("All services are working.") && text.Contains("Resolved"));
        Assert.Empty((await JsonAsync("/api/v2/incidents/unresolved.json")).GetProperty("incidents").EnumerateArray());
        Assert.Equal("resolved", (await JsonAsync("/api/v2/incidents.json")).GetProperty("incidents")[0].GetProperty("status").GetString());
        Assert.Contains("Over.", await _app.Http.GetStringAsync("/status/history", Token));
        Assert.Contains("None.", await _app.Http.GetStringAsync("/status/history?month=2020-01", Token));
    }

    [Fact]
    public async Task Api_EveryDocument_HasTheFieldsOfStatuspageAndIsOpenToOtherSites()
    {
        await SendAsync(new PlanMaintenance { Platform = "mlops", Start = TimeProvider.System.GetUtcNow().AddDays(4), End = TimeProvider.System.GetUtcNow().AddDays(4).AddHours(2), Reason = "New disks" });
        await UntilAsync("/api/v2/scheduled-maintenances/upcoming.json", text => text.Contains("New disks"));

        foreach (var (path, field) in new[]
        {
            ("status.json", "status"), ("components.json", "components"), ("incidents.json", "incidents"), ("incidents/unresolved.json", "incidents"),
            ("scheduled-maintenances.json", "scheduled_maintenances"), ("scheduled-maintenances/upcoming.json", "scheduled_maintenances"), ("scheduled-maintenances/active.json", "scheduled_maintenances"),
        })
        {
            foreach (var prefix in new[] { "/api/v2/", "/status/mlops/api/v2/" })
            {
                using var answer = await _app.Http.GetAsync(prefix + path, Token);
                Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
                var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement;
                Assert.Equal([field, "page"], document.EnumerateObject().Select(one => one.Name).OrderBy(name => name == "page"));
                Assert.Equal(["id", "name", "time_zone", "updated_at", "url"], document.GetProperty("page").EnumerateObject().Select(one => one.Name).Order());
            }
        }

        var component = (await JsonAsync("/api/v2/components.json")).GetProperty("components").EnumerateArray().First(one => !one.GetProperty("group").GetBoolean());
        Assert.Equal(
            ["created_at", "description", "group", "group_id", "id", "name", "only_show_if_degraded", "page_id", "position", "showcase", "start_date", "status", "updated_at"],
            component.EnumerateObject().Select(field => field.Name).Order());
        var work = (await JsonAsync("/api/v2/scheduled-maintenances/upcoming.json")).GetProperty("scheduled_maintenances").EnumerateArray().Single();
        Assert.Equal(("scheduled", "maintenance"), (work.GetProperty("status").GetString(), work.GetProperty("impact").GetString()));
        Assert.True(work.GetProperty("scheduled_for").GetDateTimeOffset() < work.GetProperty("scheduled_until").GetDateTimeOffset());

        using var preflight = await _app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/api/v2/summary.json"), Token);
        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _app.Http.GetAsync("/api/v2/subscribers.json", Token)).StatusCode);
    }

    [Fact]
    public async Task Forms_WithoutScript_AnswerWithAPageAndStopAtTheLimit()
    {
        using var accepted = await PostAsync("/status/subscriptions/email", ("page", "mlops"), ("email", "reader@example.org"));
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.Contains("Look into your mailbox", await accepted.Content.ReadAsStringAsync(Token));
        Assert.False(accepted.Headers.Contains("Set-Cookie"));

        using var refused = await PostAsync("/status/subscriptions/email", ("page", "all"), ("email", "nobody"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);

        Assert.Contains("<button", await _app.Http.GetStringAsync("/status/subscriptions/confirm?token=abc", Token));
        using var unknown = await PostAsync("/status/subscriptions/confirm", ("token", "abc"));
        Assert.Equal(HttpStatusCode.Conflict, unknown.StatusCode);
        using var oneClick = await PostAsync("/status/subscriptions/leave?token=abc", ("List-Unsubscribe", "One-Click"));
        Assert.Equal(HttpStatusCode.NotFound, oneClick.StatusCode);

        HttpStatusCode last = default;
        for (var i = 0; i < 9; i++)
        {
            using var more = await PostAsync("/status/subscriptions/email", ("page", "all"), ("email", $"reader{i}@example.org"));
            last = more.StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Theory]
    [InlineData("/status/nowhere")]
    [InlineData("/status/incidents/999")]
    [InlineData("/status/history?month=2999-01")]
    [InlineData("/status/history?month=x")]
    public async Task Page_ThatIsNone_IsA404OfTheStatusPage(string path)
    {
        using var answer = await _app.Http.GetAsync(path, Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("This page does not exist", await answer.Content.ReadAsStringAsync(Token));
    }

    private async Task<long> PublishAsync(string title)
    {
        var incident = await SendAsync(new OpenIncident { Title = title, Platform = "mlops", Severity = "P0", Services = ["model-serving-api"] });
        await SendAsync(new PostIncidentUpdate { IncidentId = incident.Id, Text = "We see **all** requests fail. <script>alert(1)</script>", Status = PublicStatus.Investigating, ToStatusPage = true });
        return incident.Id;
    }

    private async Task<T> SendAsync<T>(IRequest<Outcome<T>> request)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = TestCallers.Viewer;
        var outcome = await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(request, Token);
        Assert.True(outcome.Succeeded, outcome.Failure?.Message);
        return outcome.Value;
    }

    private async Task<string> UntilAsync(string path, Func<string, bool> condition)
    {
        var text = "";
        await Eventually.TrueAsync(async () => condition(text = await _app.Http.GetStringAsync(path, Token)), Token);
        return text;
    }

    private async Task<JsonElement> JsonAsync(string path) => JsonDocument.Parse(await _app.Http.GetStringAsync(path, Token)).RootElement;

    private Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        _app.Http.PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), Token);
}
