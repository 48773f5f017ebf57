using System.Net;
using System.Text.RegularExpressions;
using OpsDashboard.Testing;

namespace OpsDashboard.Web.Tests.OnCall;

/// <summary>Who uses a screen: said by a form of ours only, kept in a cookie that scripts cannot read.</summary>
public sealed class PersonApiTests : IAsyncLifetime
{
    private readonly CookieContainer _cookies = new();
    private InProcessApp _app = null!;
    private HttpClient _browser = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await InProcessApp.StartAsync(Token);
        _browser = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = new Uri(_app.Url) };
        await _app.Http.CallAsync(HttpMethod.Post, "/api/v1/people", new { name = "Ann <b>Primary</b>", zone = "UTC", roles = Array.Empty<string>() }, Token);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Person_Chosen_NamesThePagesFromThenOn()
    {
        var chosen = await PostAsync(await TokenAsync(), "ann-b-primary-b", "/oncall/people");
        var page = await _browser.GetStringAsync("/oncall/me", Token);

        Assert.Equal((HttpStatusCode.Found, "/oncall/people"), (chosen.StatusCode, chosen.Headers.Location?.ToString()));
        var cookie = Assert.Single(chosen.Headers.GetValues("Set-Cookie"), one => one.StartsWith("ops-person=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=lax", cookie);
        Assert.Contains("Ann &lt;b&gt;Primary&lt;/b&gt;", page);
        Assert.DoesNotContain("Ann <b>Primary</b>", page);

        var nobody = await PostAsync(await TokenAsync(), "", "/oncall");
        Assert.Contains(nobody.Headers.GetValues("Set-Cookie"), one => one.StartsWith("ops-person=;", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Form_WithoutItsToken_IsRefused()
    {
        var refused = await PostAsync(null, "ann-b-primary-b", "/oncall");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.False(refused.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("")]
    public async Task Form_LeadingElsewhere_LeadsHome(string back)
    {
        var chosen = await PostAsync(await TokenAsync(), "ann-b-primary-b", back);

        Assert.Equal("/oncall", chosen.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Person_ThatIsNone_IsNotKept()
    {
        var unknown = await PostAsync(await TokenAsync(), "somebody-else", "/oncall");
        _cookies.Add(new Uri(_app.Url), new Cookie("ops-person", "somebody-else"));
        var page = await _browser.GetStringAsync("/oncall/me", Token);

        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Contains("Nobody in particular", page);
    }

    private async Task<string> TokenAsync()
    {
        var page = await _browser.GetStringAsync("/oncall/me", Token);
        return Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["token"].Value;
    }

    private Task<HttpResponseMessage> PostAsync(string? token, string person, string back) => _browser.PostAsync(
        "/ui/person",
        new FormUrlEncodedContent(new Dictionary<string, string> { ["person"] = person, ["back"] = back }.Concat(token is null ? [] : [new("__RequestVerificationToken", token)])),
        Token);
}
