using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Telemetry.Probes;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OpsDashboard.Testing;

namespace OpsDashboard.Web.Tests.Audit;

public sealed class AuditApiTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trail_AskedByPrograms_TellsEntriesVerificationAndExport()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        Assert.Equal(404, (await app.Http.CallAsync(HttpMethod.Delete, "/api/v1/probes/shop/web/front", null, Token)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Anonymous.DeleteAsync("/api/v1/probes/shop/web/front", Token)).StatusCode);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<CallerContext>().Current = TestCallers.InRole(Role.Auditor);
            Assert.Equal(FailureKind.Forbidden, (await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(new RemoveProbe("shop/web/front"), Token)).Failure?.Kind);
        }

        var page = await app.Http.GetFromJsonAsync<JsonElement>("/api/v1/audit?object=shop&limit=1", Token);
        var newest = Assert.Single(page.GetProperty("items").EnumerateArray());
        Assert.Equal(("RemoveProbe", "denied", "Auditor"), (newest.GetProperty("action").GetString(), newest.GetProperty("outcome").GetString(), newest.GetProperty("actor").GetString()));
        var older = await app.Http.GetFromJsonAsync<JsonElement>($"/api/v1/audit?object=shop&cursor={page.GetProperty("nextCursor").GetString()}", Token);
        Assert.Equal("refused", Assert.Single(older.GetProperty("items").EnumerateArray()).GetProperty("outcome").GetString());

        var verification = await app.Http.GetFromJsonAsync<JsonElement>("/api/v1/audit/verification", Token);
        Assert.Equal(JsonValueKind.Null, verification.GetProperty("fault").ValueKind);
        Assert.Equal(2, verification.GetProperty("entries").GetInt32());
        var lines = (await app.Http.GetStringAsync("/api/v1/audit/export", Token)).TrimEnd().Split('\n');
        // The chain's first line, both entries, and that somebody asks for the export.
        Assert.Equal(4, lines.Length);
        Assert.Contains("TellExport", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("limit=0", "limit.range")]
    [InlineData("limit=501", "limit.range")]
    [InlineData("outcome=7", "outcome.known")]
    [InlineData("from=yesterday", "instant.rfc3339")]
    public async Task Trail_AskedWrongly_NamesTheRule(string query, string rule)
    {
        await using var app = await InProcessApp.StartAsync(Token);
        using var answer = await app.Http.GetAsync($"/api/v1/audit?{query}", Token);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(rule, await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommandLine_AskedToVerify_ReadsTheStoreBesideTheProgramAndExports()
    {
        await using var app = await AppProcess.StartAsync(null, Token);
        Assert.Equal(404, (await app.Http.CallAsync(HttpMethod.Delete, "/api/v1/probes/shop/web/front", null, Token)).Status);
        var file = Path.Combine(app.DataDirectory, "export.ndjson");

        var (code, output) = await AppProcess.RunToExitAsync(
            new AppProcessOptions { DataDirectory = app.DataDirectory, Arguments = ["audit", "verify", "--export", file] }, Token);

        Assert.Equal(0, code);
        Assert.Contains("hold together", output, StringComparison.Ordinal);
        Assert.Contains("RemoveProbe", await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);
    }
}
