using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OpsDashboard.Testing;

namespace OpsDashboard.Web.Tests.Kpis;

/// <summary>What other programs rely on: measurements in, the board report out.</summary>
public sealed class KpisApiTests
{
    private const string Path = "/api/v1/kpis/mlops-models-in-production";

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Measurements_FromTheirFirstToTheReport_AnswerAsDescribed()
    {
        await using var app = await InProcessApp.StartAsync(Token, new ManualClock(Now));
        var (status, told) = await CallAsync(app, HttpMethod.Post, $"{Path}/measurements", new { measurements = new[] { new { period = "2026-09", value = 40.0 }, new { period = "2026-10", value = 52.0 } } });
        Assert.Equal((200, 2, 0), (status, told.GetProperty("added").GetInt32(), told.GetProperty("corrected").GetInt32()));
        (status, told) = await CallAsync(app, HttpMethod.Post, $"{Path}/measurements", new { measurements = new[] { new { period = "2026-10", value = 53.0 } } });
        Assert.Equal((422, "/measurements/0/note", "note.correction"), (status, Fault(told, "pointer"), Fault(told, "rule")));
        Assert.Equal(401, (int)(await app.Anonymous.PostAsync($"{Path}/measurements", new StringContent("{\"measurements\":[]}", Encoding.UTF8, "application/json"), Token)).StatusCode);
        Assert.Equal(404, (await CallAsync(app, HttpMethod.Post, "/api/v1/kpis/nothing/measurements", new { measurements = new[] { new { period = "2026-10", value = 1 } } })).Status);

        var (_, kpi) = await CallAsync(app, HttpMethod.Get, Path, null);
        Assert.Equal(("onTarget", 52m, "2026-10"), (kpi.GetProperty("summary").GetProperty("state").GetString(), kpi.GetProperty("summary").GetProperty("value").GetDecimal(), kpi.GetProperty("summary").GetProperty("period").GetString()));
        var (_, listed) = await CallAsync(app, HttpMethod.Get, "/api/v1/kpis?platform=mlops&state=onTarget", null);
        Assert.Equal("mlops-models-in-production", Assert.Single(listed.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());

        (status, told) = await CallAsync(app, HttpMethod.Post, $"{Path}/targets", new { expectedVersion = 1, effectiveFrom = "2026-11-01", comparison = "greaterOrEqual", limit = 60, reason = "Raised" });
        Assert.Equal((201, 2), (status, told.GetProperty("version").GetInt32()));

        (status, _) = await CallAsync(app, HttpMethod.Post, "/api/v1/reports", new { month = "2026-10" });
        Assert.Equal(201, status);
        using var report = await SendAsync(app, HttpMethod.Get, "/api/v1/reports/2026-10.pdf", null);
        Assert.Equal(("application/pdf", HttpStatusCode.OK), (report.Content.Headers.ContentType!.MediaType, report.StatusCode));
        Assert.StartsWith("%PDF-1.7", Encoding.ASCII.GetString((await report.Content.ReadAsByteArrayAsync(Token))[..8]), StringComparison.Ordinal);
        Assert.Equal(404, (int)(await SendAsync(app, HttpMethod.Get, "/api/v1/reports/2026-09.pdf", null)).StatusCode);
    }

    [Fact]
    public async Task File_Sent_IsTriedAndTakenInOrRefusedByRow()
    {
        await using var app = await InProcessApp.StartAsync(Token, new ManualClock(Now));
        const string csv = "kpi,period,value\nmlops-nps,2026-Q3,71\nmlops-audit-success,2026-Q3,100 %\n";

        var tried = await ReadAsync(await SendAsync(app, HttpMethod.Post, "/api/v1/kpis/import?dryRun=true", Csv(csv)));
        Assert.Equal((2, 2), (tried.GetProperty("rows").GetInt32(), tried.GetProperty("added").GetInt32()));
        Assert.Equal(2, (await ReadAsync(await SendAsync(app, HttpMethod.Post, "/api/v1/kpis/import", Csv(csv)))).GetProperty("added").GetInt32());
        var refused = await ReadAsync(await SendAsync(app, HttpMethod.Post, "/api/v1/kpis/import", Csv("kpi,period,value\nmlops-nps,2026-Q9,71")));
        Assert.Equal(("/csv/2/period", "period.format"), (Fault(refused, "pointer"), Fault(refused, "rule")));
        Assert.Equal(415, (int)(await SendAsync(app, HttpMethod.Post, "/api/v1/kpis/import", new StringContent("{}", Encoding.UTF8, "application/json"))).StatusCode);
    }

    private static StringContent Csv(string text) => new(text, Encoding.UTF8, "text/csv");

    private static string? Fault(JsonElement problem, string field) => problem.GetProperty("errors")[0].GetProperty(field).GetString();

    private static Task<(int Status, JsonElement Body)> CallAsync(InProcessApp app, HttpMethod method, string path, object? body) => app.Http.CallAsync(method, path, body, Token);

    private static async Task<HttpResponseMessage> SendAsync(InProcessApp app, HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AppProcess.IntakeKey);
        return await app.Http.SendAsync(request, Token);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response) => JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement;
}
