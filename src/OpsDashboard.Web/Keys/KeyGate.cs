using System.Globalization;
using OpsDashboard.Application.Keys;
using OpsDashboard.Application.Keys.Limits;
using OpsDashboard.Application.Keys.Watch;
using OpsDashboard.Domain.Keys;

namespace OpsDashboard.Web.Keys;

/// <summary>Says which kind of data an endpoint takes in, for keys that are limited to some.</summary>
internal sealed record HandsIn(KeySource Source);

/// <summary>
/// Looks at the key a program shows: whether it is good, whether its minute is spent, whether it may hand in this kind of data. What it
/// may do beyond that is decided where every request is. The grant goes on as a feature of the request.
/// </summary>
internal sealed class KeyGate(RequestDelegate next, ApiKeys keys, TierLimiter limiter, KeyLedger ledger)
{
    private const string Scheme = "Bearer ";

    /// <summary>Alerts and signs of life are never turned away for their number: what is missed here is not noticed anywhere.</summary>
    private static readonly string[] Unlimited = ["/api/v1/integrations", "/api/v1/webhooks"];

    private static readonly string[] KeyNames = ["api_key", "apikey", "api-key", "access_token", "key", "token", "authorization"];

    public Task InvokeAsync(HttpContext context)
    {
        if (IsInAddress(context.Request, out var leaked))
        {
            return RefuseAsync(context, leaked?.Id, KeyRefusal.InAddress);
        }

        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme + ApiKeyText.Prefix, StringComparison.OrdinalIgnoreCase)
            ? AdmitAsync(context, header[Scheme.Length..].Trim())
            : next(context);
    }

    private async Task AdmitAsync(HttpContext context, string text)
    {
        var finding = await keys.FindAsync(text, context.RequestAborted);
        if (finding.Grant is not { } grant)
        {
            await RefuseAsync(context, finding.Id, finding.Refusal!.Value);
            return;
        }

        if (!IsUnlimited(context.Request.Path))
        {
            var allowance = await limiter.TakeAsync(grant, context.RequestAborted);
            Describe(context.Response.Headers, grant.Tier, allowance);
            if (!allowance.IsGranted)
            {
                context.Response.Headers.RetryAfter = allowance.ResetSeconds.ToString(CultureInfo.InvariantCulture);
                await RefuseAsync(context, grant.Id, KeyRefusal.OverLimit);
                return;
            }
        }

        if (context.GetEndpoint()?.Metadata.GetMetadata<HandsIn>() is { } handsIn && !grant.MayHandIn(handsIn.Source))
        {
            await RefuseAsync(context, grant.Id, KeyRefusal.OtherSource);
            return;
        }

        ledger.NoteUse(grant, context.Connection.RemoteIpAddress?.ToString());
        context.Features.Set(grant);
        await next(context);
    }

    private static bool IsUnlimited(PathString path) => Array.Exists(Unlimited, prefix => path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Fields of draft-ietf-httpapi-ratelimit-headers.</summary>
    private static void Describe(IHeaderDictionary headers, KeyTier tier, Allowance allowance)
    {
        var name = tier.ToString().ToLowerInvariant();
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={allowance.Limit};w=60");
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";r={allowance.Remaining};t={allowance.ResetSeconds}");
    }

    private static bool IsInAddress(HttpRequest request, out ApiKeyText? key)
    {
        key = null;
        var query = request.QueryString.HasValue ? Uri.UnescapeDataString(request.QueryString.Value) : "";
        if ((request.Path.Value + query).Contains(ApiKeyText.Prefix, StringComparison.Ordinal))
        {
            key = ApiKeyText.FindIn(request.Path.Value + query);
        }

        return key is not null
            || (request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && request.QueryString.HasValue && KeyNames.Any(request.Query.ContainsKey));
    }

    private Task RefuseAsync(HttpContext context, string? keyId, KeyRefusal why)
    {
        ledger.NoteRefusal(keyId, why, context.Connection.RemoteIpAddress?.ToString());
        var (status, detail) = Say(why);
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        }

        return Results.Problem(detail, statusCode: status).ExecuteAsync(context);
    }

    private static (int Status, string Detail) Say(KeyRefusal why) => why switch
    {
        KeyRefusal.Malformed => (StatusCodes.Status401Unauthorized, "This is not a key of this instance: its form or its checksum is wrong. It may have been cut off."),
        // A key that never was and one whose secret is wrong look alike.
        KeyRefusal.Unknown => (StatusCodes.Status401Unauthorized, "This key is not known."),
        KeyRefusal.Expired => (StatusCodes.Status401Unauthorized, "This key has expired. Make the one that follows it on the page for keys."),
        KeyRefusal.Revoked => (StatusCodes.Status401Unauthorized, "This key was revoked."),
        KeyRefusal.InAddress => (StatusCodes.Status400BadRequest, "A key belongs in the header Authorization, as Bearer. Addresses are kept by logs, histories and proxies: replace the key if it stood in this one."),
        KeyRefusal.OverLimit => (StatusCodes.Status429TooManyRequests, "The requests of this minute are spent. The header Retry-After says when the next begins."),
        KeyRefusal.OtherSource => (StatusCodes.Status403Forbidden, "This key may not hand in this kind of data."),
    };
}
