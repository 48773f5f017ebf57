using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using OpsDashboard.Application.Identity.Sessions;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Hosting;

/// <summary>Stays reachable for somebody whose role asks for a second factor they have not set up yet.</summary>
internal sealed class OwnAccountEndpoint;

/// <summary>
/// Nothing is answered to a caller who is not known, but by endpoints that say so (<see cref="IAllowAnonymous"/>). What the caller may
/// do there is decided by each request.
/// </summary>
internal sealed class SignInGate(RequestDelegate next)
{
    private static readonly object Key = new();

    /// <summary>Null for programs and for nobody known.</summary>
    public static SignedIn? SignedInOf(HttpContext context) => context.Items[Key] as SignedIn;

    public static void Remember(HttpContext context, SignedIn signedIn) => context.Items[Key] = signedIn;

    public Task InvokeAsync(HttpContext context, CallerContext caller)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<IAllowAnonymous>() is not null)
        {
            return next(context);
        }

        if (caller.Current == Caller.Anonymous)
        {
            return TurnAwayAsync(context, $"/sign-in?back={Uri.EscapeDataString(context.Request.PathBase + context.Request.Path + context.Request.QueryString)}", StatusCodes.Status401Unauthorized, "Sign in, or use a key.");
        }

        return SignedInOf(context) is { MustEnrol: true } && metadata?.GetMetadata<OwnAccountEndpoint>() is null
            ? TurnAwayAsync(context, "/account/second-factor", StatusCodes.Status403Forbidden, "Set up a second factor first.")
            : next(context);
    }

    private static Task TurnAwayAsync(HttpContext context, string place, int status, string why)
    {
        // The answer of a public endpoint that found nothing: it stays what it is.
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
        {
            return Task.CompletedTask;
        }

        if (IsForPeople(context.Request))
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Redirect(place);
            return Task.CompletedTask;
        }

        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return TypedResults.Problem(why, statusCode: status).ExecuteAsync(context);
    }

    private static bool IsForPeople(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        && !request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal)
        && !request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
