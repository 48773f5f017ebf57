using OpsDashboard.Testing;

namespace OpsDashboard.Web.Tests.Hosting;

/// <summary>What stands between the product and the net.</summary>
public sealed class EdgesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_ByTlsOfATrustedProxy_AsksForTlsFromThenOnAndCarriesEveryPolicy()
    {
        await using var behind = await InProcessApp.StartAsync(Token, settings: ["Proxies:Trusted=127.0.0.0/8, ::1"]);
        await using var before = await InProcessApp.StartAsync(Token, settings: ["Proxies:Trusted=192.0.2.1"]);

        using var told = await AskAsync(behind, "https");
        Assert.Equal("max-age=31536000", Assert.Single(told.Headers.GetValues("Strict-Transport-Security")));
        using var check = await AskAsync(behind, "https", "/livez");
        Assert.Equal("max-age=31536000", Assert.Single(check.Headers.GetValues("Strict-Transport-Security")));
        Assert.Equal("DENY", Assert.Single(check.Headers.GetValues("X-Frame-Options")));
        Assert.Contains("frame-ancestors 'none'", Assert.Single(told.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains("form-action 'self'", Assert.Single(told.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("same-origin", Assert.Single(told.Headers.GetValues("Referrer-Policy")));
        Assert.Contains("camera=()", Assert.Single(told.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);

        using var plain = await AskAsync(behind, "http");
        Assert.False(plain.Headers.Contains("Strict-Transport-Security"));
        using var untrusted = await AskAsync(before, "https");
        Assert.False(untrusted.Headers.Contains("Strict-Transport-Security"));
    }

    private static async Task<HttpResponseMessage> AskAsync(InProcessApp app, string scheme, string path = "/status")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Forwarded-For", "198.51.100.1");
        request.Headers.Add("X-Forwarded-Proto", scheme);
        return await app.Http.SendAsync(request, Token);
    }
}
