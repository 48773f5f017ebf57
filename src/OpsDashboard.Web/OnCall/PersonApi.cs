using Microsoft.AspNetCore.Antiforgery;
using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Web.Hosting;

namespace OpsDashboard.Web.OnCall;

/// <summary>Takes a form that says who uses this screen, and keeps it in a cookie of the device.</summary>
internal static class PersonApi
{
    public const string Path = "/ui/person";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    // The token is checked by hand: a form without one is a wrong request, not a fault of ours.
    public static void MapPersonApi(this WebApplication app) => app.MapPost(Path, ChooseAsync).DisableAntiforgery().ExcludeFromDescription();

    /// <summary>Fields: person, empty for nobody in particular; back, a path of this site.</summary>
    private static async Task<IResult> ChooseAsync(HttpContext context, IAntiforgery antiforgery, PeopleDirectory people, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.BadRequest();
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        var (person, back) = (form["person"].ToString(), form["back"].ToString());
        if (string.IsNullOrEmpty(person))
        {
            context.Response.Cookies.Delete(ScreenPerson.Cookie, Options(context));
        }
        else if (await people.FindAsync(person, cancellationToken) is { } known)
        {
            var options = Options(context);
            options.MaxAge = Kept;
            context.Response.Cookies.Append(ScreenPerson.Cookie, known.Id, options);
        }
        else
        {
            return TypedResults.NotFound();
        }

        return TypedResults.LocalRedirect(IsLocal(back) ? back : "/oncall");
    }

    private static CookieOptions Options(HttpContext context) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true, Path = "/" };

    private static bool IsLocal(string path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("/\\", StringComparison.Ordinal) && !path.Any(char.IsControl);
}
