using System.Security.Cryptography;

namespace OpsDashboard.Web.Hosting;

/// <summary>
/// The content security policy and its per-response nonce. The nonce is for style elements that scripts add (charts);
/// no script or style is inline in a page. Style attributes stay allowed: the chart library sizes its parts with them.
/// </summary>
internal static class ContentSecurity
{
    private static readonly object NonceKey = new();

    public static string GetStyleNonce(this HttpContext context)
    {
        if (context.Items[NonceKey] is not string nonce)
        {
            nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            context.Items[NonceKey] = nonce;
        }

        return nonce;
    }

    /// <summary>Whoever came by TLS is to come by TLS from then on, for a year.</summary>
    public static void AskForTls(this HttpContext context)
    {
        if (context.Request.IsHttps)
        {
            context.Response.Headers.StrictTransportSecurity = "max-age=31536000";
        }
    }

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; "
            + $"style-src-elem 'self' 'nonce-{context.GetStyleNonce()}'; style-src-attr 'unsafe-inline'; "
            + "img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";
        context.AskForTls();
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        return next(context);
    });
}
