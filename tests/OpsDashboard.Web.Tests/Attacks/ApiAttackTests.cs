using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;

namespace OpsDashboard.Web.Tests.Attacks;

/// <summary>What hostile callers send to every call of the API: each is answered as calmly as honest nonsense.</summary>
public sealed partial class ApiAttackTests(SharedTarget target) : IClassFixture<SharedTarget>
{
    private static readonly string[] Hostile =
    [
        "x' OR '1'='1' --",
        "../../../../etc/passwd",
        "<script>alert(1)</script>\r\nSet-Cookie: stolen=1",
        "\u202e%2500%0d%0a",
        new('9', 40),
    ];

    private static readonly string[] Bodies =
    [
        "{}",
        "[]",
        "null",
        "{\"id\": \"x\", \"name\":",
        "{\"id\": {\"$ne\": null}, \"isAdministrator\": true, \"__proto__\": {\"allowed\": true}, \"author\": \"system\"}",
        new string('[', 2_000),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>SQL and header injection, path traversal, and every id that is none: nothing breaks, and what is refused is a problem document.</summary>
    [Fact]
    public async Task Call_WithHostilePartsOfItsAddress_IsRefusedInWords()
    {
        var broken = new List<string>();
        foreach (var (method, path, query, _) in target.Calls)
        {
            foreach (var value in Hostile)
            {
                var text = Uri.EscapeDataString(value);
                var address = Part().Replace(path, text) + (query.Count == 0 ? "" : "?" + string.Join('&', query.Select(name => $"{name}={text}")));
                using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = method == "GET" ? null : new StringContent("{}", Encoding.UTF8, "application/json") };
                await SendAsync(request, $"{method} {path} with {value}", broken);
            }
        }

        Assert.Empty(broken);
    }

    /// <summary>Mass assignment, nesting bombs and torn bodies.</summary>
    [Fact]
    public async Task Call_WithAHostileBody_IsRefusedInWords()
    {
        var broken = new List<string>();
        foreach (var (method, path, _, _) in target.Calls.Where(call => call.HasBody))
        {
            foreach (var body in Bodies)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), Part().Replace(path, "1")) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
                await SendAsync(request, $"{method} {path} with {(body.Length > 80 ? body[..80] : body)}", broken);
            }
        }

        Assert.Empty(broken);
    }

    /// <summary>Declared or chunked, and whether or not the call takes a body of that size.</summary>
    [Theory]
    [InlineData("/api/v1/samples", false)]
    [InlineData("/api/v1/maintenance", false)]
    [InlineData("/api/v1/maintenance", true)]
    [InlineData("/api/v1/openslo", true)]
    public async Task Body_OfMoreThanTenMegabytes_Is413(string path, bool chunked)
    {
        var content = new ByteArrayContent(new byte[(10 * 1024 * 1024) + 1]);
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.TransferEncodingChunked = chunked;
        if (path.EndsWith("openslo", StringComparison.Ordinal))
        {
            content.Headers.ContentType = new("application/yaml");
        }

        using var answer = await target.Http.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Text that one writes and another reads: on no page does it become markup.</summary>
    [Fact]
    public async Task Text_WithMarkup_IsShownAsTextOnEveryPage()
    {
        const string Evil = "<img src=x onerror=alert(1)>";
        var integration = await PostAsync("/api/v1/integrations", new { name = Evil });
        var key = integration.GetProperty("key").GetString();
        await PostAsync("/api/v1/people", new { id = "evil", name = Evil, roles = new[] { "l1-support" }, zone = "UTC" });
        await PostAsync("/api/v1/customers", new { id = "evil", name = Evil });
        var incident = await PostAsync("/api/v1/incidents", new { title = Evil, platform = "mlops", severity = "P1", summary = Evil });
        var id = incident.GetProperty("id").GetInt64();
        await PostAsync($"/api/v1/incidents/{id}/notes", new { text = $"{Evil} [x](javascript:alert(1))" });
        await PostAsync($"/api/v1/incidents/{id}/updates", new { text = Evil, audiences = new[] { "team", "statusPage" }, status = "investigating" });
        await PostAsync($"/api/v1/integrations/{key}/alerts", new { title = Evil, severity = "warning", platform = "mlops", labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["evil"] = Evil } });
        await PostAsync("/api/v1/maintenance", new { platform = "mlops", start = TimeProvider.System.GetUtcNow().AddDays(1), end = TimeProvider.System.GetUtcNow().AddDays(1).AddHours(1), reason = Evil });

        var shown = 0;
        foreach (var page in new[] { "/", "/incidents", $"/incidents/{id}", "/alerts", "/integrations", "/oncall", "/maintenance", "/agreements", "/executive", "/development", "/audit", "/post-mortems", "/status", $"/status/incidents/{id}", "/wall" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, page);
            request.Headers.Accept.ParseAdd("text/html");
            using var answer = await target.Http.SendAsync(request, Token);
            var html = await answer.Content.ReadAsStringAsync(Token);
            Assert.DoesNotContain("<img src=x", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("href=\"javascript:", html, StringComparison.OrdinalIgnoreCase);
            shown += html.Contains("&lt;img src=x", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.True(shown >= 4, $"The text is shown on {shown} pages only: nothing was proved.");
    }

    private async Task<System.Text.Json.JsonElement> PostAsync(string path, object body)
    {
        using var answer = await target.Http.PostAsJsonAsync(path, body, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        return text.StartsWith('{') ? System.Text.Json.JsonDocument.Parse(text).RootElement.Clone() : default;
    }

    private async Task SendAsync(HttpRequestMessage request, string what, List<string> broken)
    {
        using var answer = await target.Http.SendAsync(request, Token);
        var status = (int)answer.StatusCode;
        if (status >= 500 && answer.StatusCode != HttpStatusCode.ServiceUnavailable)
        {
            broken.Add($"{what}: {status}");
        }
        else if (status >= 400 && answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            broken.Add($"{what}: {status} as {answer.Content.Headers.ContentType?.MediaType}");
        }
        else if (answer.Headers.Contains("Set-Cookie"))
        {
            broken.Add($"{what}: sets a cookie");
        }
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Part();
}
