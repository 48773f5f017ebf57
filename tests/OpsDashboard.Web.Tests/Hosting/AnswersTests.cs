using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OpsDashboard.Testing;

namespace OpsDashboard.Web.Tests.Hosting;

/// <summary>What every answer carries, whatever feature gave it.</summary>
public sealed class AnswersTests
{
    [Fact]
    public async Task Page_Always_CarriesThePolicyWithAFreshNonce()
    {
        await using var app = await InProcessApp.StartAsync(TestContext.Current.CancellationToken);

        var first = await app.Http.GetAsync("/", TestContext.Current.CancellationToken);
        var second = await app.Http.GetAsync("/", TestContext.Current.CancellationToken);

        var policy = Assert.Single(first.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'; style-src-elem 'self' 'nonce-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.NotEqual(policy, Assert.Single(second.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(first.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(first.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/_framework/blazor.web.js", "text/javascript")]
    [InlineData("/lib/apexcharts.esm.js", "text/javascript")]
    [InlineData("/lib/inter-latin.woff2", "font/woff2")]
    public async Task BrowserFile_FromAPackage_IsServed(string path, string type)
    {
        await using var app = await InProcessApp.StartAsync(TestContext.Current.CancellationToken);

        var answer = await app.Http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.True((await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length > 10_000);
    }

    [Fact]
    public async Task Api_UnknownPath_IsAProblemNotAPage()
    {
        await using var app = await InProcessApp.StartAsync(TestContext.Current.CancellationToken);

        var answer = await app.Http.GetAsync("/api/v1/no-such-thing", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(404, problem.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Page_UnknownPath_SaysSoInWords()
    {
        await using var app = await InProcessApp.StartAsync(TestContext.Current.CancellationToken);

        var answer = await app.Http.GetAsync("/no-such-page", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("This page does not exist", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/slos/no/such/objective", "There is no objective of this name")]
    [InlineData("/slos/no/such/objective/edit", "All objectives")]
    public async Task Page_OfAnObjectiveThatIsNone_AnswersNotFoundAndSaysSo(string path, string words)
    {
        await using var app = await InProcessApp.StartAsync(TestContext.Current.CancellationToken);

        var answer = await app.Http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
