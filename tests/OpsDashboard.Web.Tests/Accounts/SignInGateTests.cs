using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Live;

namespace OpsDashboard.Web.Tests.Accounts;

/// <summary>What the host answers to nobody known, to browsers that are signed in, and to forms of other sites. One program for all.</summary>
public sealed class SignInGateTests : IAsyncLifetime
{
    private InProcessApp _app = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await InProcessApp.StartAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Anonymous_Asking_IsSentToSignInOrRefused()
    {
        using var browser = Doors.Client(_app.Url, redirects: false);
        using var page = await browser.GetAsync("/slos?platform=mlops", Token);
        Assert.Equal((HttpStatusCode.Found, "/sign-in?back=%2Fslos%3Fplatform%3Dmlops"), (page.StatusCode, page.Headers.Location?.ToString()));
        foreach (var path in (string[])["/", "/incidents", "/audit/export", "/ui/palette.json", "/wall", "/nowhere", "/account", "/not-found"])
        {
            using var answer = await browser.GetAsync(path, Token);
            Assert.Equal((path, HttpStatusCode.Found), (path, answer.StatusCode));
        }

        foreach (var path in (string[])["/api/v1/slos", "/api/v1/nowhere", "/metrics", "/_blazor/negotiate", "/ui/palette.json"])
        {
            using var answer = await _app.Anonymous.GetAsync(path, Token);
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, answer.StatusCode));
        }

        foreach (var path in (string[])["/livez", "/sign-in", "/css/tokens.css", "/status"])
        {
            using var answer = await browser.GetAsync(path, Token);
            Assert.NotEqual((path, HttpStatusCode.Found), (path, answer.StatusCode));
            Assert.NotEqual((path, HttpStatusCode.Unauthorized), (path, answer.StatusCode));
        }
    }

    [Fact]
    public async Task Demo_OutsideIt_OffersNoRoles()
    {
        using var browser = Doors.Client(_app.Url, redirects: false);
        Assert.DoesNotContain("/sign-in/demo", await browser.GetStringAsync("/sign-in", Token), StringComparison.Ordinal);
        using var answer = await browser.SubmitAsync("/sign-in", "/sign-in/demo", Token, ("role", "Administrator"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task ApiByCookie_Read_IsAnsweredAndWritten_NeedsTheHeader()
    {
        using var browser = await Doors.SignedInClientAsync(_app.Url);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/v1/slos", Token)).StatusCode);

        using var forged = await browser.PostAsJsonAsync("/api/v1/rotations/preview", new { }, Token);
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);

        var token = Regex.Match(await browser.GetStringAsync("/account", Token), "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        browser.DefaultRequestHeaders.Add("RequestVerificationToken", token);
        using var meant = await browser.PostAsJsonAsync("/api/v1/rotations/preview", new { }, Token);
        Assert.NotEqual(HttpStatusCode.Forbidden, meant.StatusCode);
    }

    [Fact]
    public async Task Form_WithoutTheSitesToken_DoesNothing()
    {
        using var browser = await Doors.SignedInClientAsync(_app.Url);
        foreach (var path in (string[])["/sign-out", "/account/password", "/account/confirm", "/sign-in", "/account/recovery-codes"])
        {
            using var content = new FormUrlEncodedContent([new("reach", "Everywhere")]);
            using var answer = await browser.PostAsync(path, content, Token);
            Assert.Equal((path, HttpStatusCode.BadRequest), (path, answer.StatusCode));
        }

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/v1/slos", Token)).StatusCode);
    }

    [Fact]
    public async Task SignIn_WithAPlantedSessionAndAForeignTarget_MakesANewSessionAndStaysHere()
    {
        await using var app = await AppProcess.StartAsync(null, Token);
        await app.SignInAsync();
        var cookies = new CookieContainer();
        cookies.Add(new Uri(app.Url), new Cookie(Doors.Cookie, "planted-by-somebody"));
        using var browser = Doors.Client(app.Url, cookies, redirects: false);
        using var answer = await browser.SubmitAsync(
            "/sign-in?back=https://evil.example/", "/sign-in", Token, ("email", Doors.AdministratorEmail), ("password", Doors.AdministratorPassword), ("back", "//evil.example"));

        Assert.Equal((HttpStatusCode.Found, "/"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        Assert.NotEqual("planted-by-somebody", Doors.SessionIn(answer));
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), set => set.StartsWith(Doors.Cookie + "=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(Role.Executive, "/executive", "/slos")]
    [InlineData(Role.Responder, "/slos", "/agreements")]
    [InlineData(Role.Auditor, "/audit", "/people")]
    [InlineData(Role.TeamLead, "/agreements", "/audit")]
    public async Task Page_OfAnotherRole_DoesNotExistAndIsNotOffered(Role role, string own, string other)
    {
        using var browser = await Doors.SignedInClientAsync(_app.Url, role);
        var home = await browser.GetStringAsync(own, Token);

        Assert.Contains($"href=\"{own}\"", home, StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"{other}\"", home, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(other, Token)).StatusCode);
    }

    [Fact]
    public async Task Hub_FollowedByNobodyKnown_TellsOfThePublicPageOnly()
    {
        await using var nobody = await LiveClient.ConnectAsync(_app.Url, Token, key: null);

        await nobody.SubscribeAsync("status", "all", Token);
        var refused = await Assert.ThrowsAsync<Microsoft.AspNetCore.SignalR.HubException>(() => nobody.SubscribeAsync("incidents", "all", Token));
        Assert.Contains("may not follow", refused.Message, StringComparison.Ordinal);
    }
}
