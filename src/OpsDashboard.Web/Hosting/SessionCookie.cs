using System.Security.Claims;
using OpsDashboard.Application.Identity.Sessions;
using OpsDashboard.Application.Identity.SigningIn;

namespace OpsDashboard.Web.Hosting;

/// <summary>
/// What a browser holds of a session: a secret that says nothing by itself. A circuit has no cookies; it learns from the claims of
/// its connection which session it belongs to.
/// </summary>
internal static class SessionCookie
{
    public const string Name = "ops-session";

    /// <summary>Holds the first step of a sign-in until the second is done.</summary>
    public const string Pending = "ops-second";

    private const string PendingPath = "/sign-in";
    private const string Scheme = "session";
    private const string SessionClaim = "ops-session";
    private const string AddressClaim = "ops-address";

    public static void Keep(HttpContext context, SignInStep step)
    {
        var (name, path) = step.Result == SignInResult.SignedIn ? (Name, "/") : (Pending, PendingPath);
        var options = Options(context, path);
        options.Expires = step.Until;
        context.Response.Cookies.Append(name, step.Token!, options);
        if (step.Result == SignInResult.SignedIn)
        {
            context.Response.Cookies.Delete(Pending, Options(context, PendingPath));
        }
    }

    public static void Forget(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context, "/"));

    /// <summary>Antiforgery tokens are bound to the account, circuits to the session.</summary>
    public static ClaimsPrincipal PrincipalOf(SignedIn signedIn) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, signedIn.AccountId), new Claim(ClaimTypes.Name, signedIn.Name), new Claim(SessionClaim, signedIn.SessionId)],
        Scheme));

    public static string? SessionOf(ClaimsPrincipal? user) => user?.FindFirst(SessionClaim)?.Value;

    /// <summary>Lets a circuit know where its connection came from, for the audit trail.</summary>
    public static ClaimsIdentity AddressOf(string address) => new([new Claim(AddressClaim, address)]);

    public static string? AddressOf(ClaimsPrincipal user) => user.FindFirst(AddressClaim)?.Value;

    public static CookieOptions Options(HttpContext context, string path) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true, Path = path };
}

/// <summary>Where a form leads to afterwards: a path of this site, or the start page.</summary>
internal static class LocalPath
{
    private const int MaxLength = 2000;

    public static string Of(string? path, string fallback = "/") => path is not null && IsOne(path) ? path : fallback;

    private static bool IsOne(string path) =>
        path is ['/', ..] && path.Length <= MaxLength && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl);
}
