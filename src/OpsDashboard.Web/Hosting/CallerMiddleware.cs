using OpsDashboard.Application.Keys;
using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Hosting;

/// <summary>
/// Names who is calling. Programs show a key; a circuit belongs to a person at a screen. A wrong key is refused even where
/// none is needed, since its owner believes it to be right.
/// </summary>
internal sealed class CallerMiddleware(RequestDelegate next)
{
    private const string Scheme = "Bearer ";

    public async Task InvokeAsync(HttpContext context, CallerContext caller, KeyRing keys, PeopleDirectory people)
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
            caller.Current = IsForPrograms(context) ? Caller.Anonymous : await NameAsync(context, people);
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

        await next(context);
    }

    private static async Task<Caller> NameAsync(HttpContext context, PeopleDirectory people)
    {
        if (context.Request.Cookies[ScreenPerson.Cookie] is { } id && await people.FindAsync(id, context.RequestAborted) is { } person)
        {
            context.User = ScreenPerson.PrincipalOf(person);
        }

        if (context.Connection.RemoteIpAddress is { } address)
        {
            context.User.AddIdentity(ScreenPerson.AddressOf(address.ToString()));
        }

        return ScreenPerson.CallerOf(context.User);
    }

    private static bool IsForPrograms(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);
}
