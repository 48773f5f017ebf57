using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Testing;

/// <summary>
/// How tests get in. Every program that is started leaves here how somebody signs in to it, by its address, so that a browser that
/// visits the address can be given the cookie instead of a form. Signing in happens once a program and role.
/// </summary>
public static partial class Doors
{
    public const string Cookie = "ops-session";

    /// <summary>What the administrator of the rig is called in histories.</summary>
    public const string AdministratorName = "local user";

    public const string AdministratorEmail = "administrator@example.test";
    public const string AdministratorPassword = "seven green kettles on a roof";

    private static readonly ConcurrentDictionary<string, Func<Role, Task<string>>> ByUrl = new(StringComparer.Ordinal);

    public static void Open(string url, Func<Role, Task<string>> signIn) => ByUrl[Key(url)] = signIn;

    /// <summary>The same program by another address.</summary>
    public static void OpenAlso(string url, string sameAs) => Open(url, role => SignInAsync(sameAs, role));

    /// <summary>Whether the address is one of a program of this rig.</summary>
    public static bool IsKnown(string url) => ByUrl.ContainsKey(Key(url));

    /// <returns>The value of the session cookie.</returns>
    public static Task<string> SignInAsync(string url, Role role = Role.Administrator) =>
        ByUrl.TryGetValue(Key(url), out var signIn) ? signIn(role) : throw new InvalidOperationException($"No program of this rig listens at {url}.");

    /// <summary>A browser without script that is signed in: it keeps cookies and follows redirects.</summary>
    public static async Task<HttpClient> SignedInClientAsync(string url, Role role = Role.Administrator)
    {
        var cookies = new CookieContainer();
        cookies.Add(new Uri(url), new Cookie(Cookie, await SignInAsync(url, role)));
        return Client(url, cookies);
    }

    /// <summary>A browser without script that nobody is signed in with.</summary>
    public static HttpClient Client(string url, CookieContainer? cookies = null, bool redirects = true)
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = cookies ?? new CookieContainer(), AllowAutoRedirect = redirects }) { BaseAddress = new Uri(url) };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return client;
    }

    /// <summary>Reads a page with a form and posts it, the antiforgery token included.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(this HttpClient browser, string page, string action, CancellationToken cancellationToken, params (string Name, string Value)[] fields)
    {
        var html = await browser.GetStringAsync(page, cancellationToken);
        var token = TokenInForm().Match(html) is { Success: true } found ? found.Groups["token"].Value : throw new InvalidOperationException($"{page} has no form:\n{html}");
        using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        return await browser.PostAsync(action, content, cancellationToken);
    }

    /// <summary>The session cookie that an answer sets.</summary>
    public static string SessionIn(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.FirstOrDefault(cookie => cookie.StartsWith($"{Cookie}=", StringComparison.Ordinal)) is { } set
            ? Uri.UnescapeDataString(set[(Cookie.Length + 1)..].Split(';')[0])
            : throw new InvalidOperationException($"Nobody was signed in: {(int)answer.StatusCode}.");

    private static string Key(string url) => new Uri(url).GetLeftPart(UriPartial.Authority);

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TokenInForm();
}
