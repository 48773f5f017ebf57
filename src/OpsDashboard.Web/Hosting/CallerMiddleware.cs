using Microsoft.AspNetCore.Antiforgery;
using OpsDashboard.Application.Identity.Sessions;
using OpsDashboard.Application.Keys;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Hosting;

/// <summary>
/// Names who is calling: a program by its key, a person by the session of their browser. A wrong key is refused even where none is
/// needed, since its owner believes it to be right.
/// </summary>
internal sealed class CallerMiddleware(RequestDelegate next)
{
    private const string Scheme = "Bearer ";

    public async Task InvokeAsync(HttpContext context, CallerContext caller, KeyRing keys, SignedInDirectory people, IAntiforgery antiforgery)
    {
        caller.Address = context.Connection.RemoteIpAddress?.ToString();
        caller.IdempotencyKey = context.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key ? key : null;
        var header = context.Request.Headers.Authorization.ToString();
        if (context.Features.Get<ApiKeyGrant>() is { } grant)
        {
            caller.Current = grant.ToCaller();
        }
        else if (header.Length == 0)
        {
            await FindPersonAsync(context, caller, people);
        }
        else if (header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && keys.Find(header[Scheme.Length..].Trim()) is { } name)
        {
            caller.Current = Caller.WithKey(name);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return;
        }

        if (SignInGate.SignedInOf(context) is not null && IsWriteByApi(context.Request) && !await antiforgery.IsRequestValidAsync(context))
        {
            await TypedResults.Problem("A browser that is signed in writes here only with the antiforgery header; programs use a key.", statusCode: StatusCodes.Status403Forbidden)
                .ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private static async Task FindPersonAsync(HttpContext context, CallerContext caller, SignedInDirectory people)
    {
        if (context.Request.Cookies[SessionCookie.Name] is { } token && await people.FindByTokenAsync(token, context.RequestAborted) is { } signedIn)
        {
            SignInGate.Remember(context, signedIn);
            context.User = SessionCookie.PrincipalOf(signedIn);
            caller.Current = signedIn.Caller;
        }

        if (context.Connection.RemoteIpAddress is { } address)
        {
            context.User.AddIdentity(SessionCookie.AddressOf(address.ToString()));
        }
    }

    private static bool IsWriteByApi(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
}
