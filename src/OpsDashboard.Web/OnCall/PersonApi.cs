using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Web.Hosting;

namespace OpsDashboard.Web.OnCall;

/// <summary>Takes a form that says who uses this screen, and keeps it in a cookie of the device.</summary>
internal static class PersonApi
{
    public const string Path = "/ui/person";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public static void MapPersonApi(this WebApplication app) => app.MapPost(Path, ChooseAsync).ExcludeFromDescription();

    /// <param name="person">Empty: nobody in particular.</param>
    /// <param name="back">A path of this site.</param>
    private static async Task<IResult> ChooseAsync(
        HttpContext context,
        PeopleDirectory people,
        [FromForm] string? person,
        [FromForm] string? back,
        CancellationToken cancellationToken)
    {
        // Chosen by the binder: a form without a valid token never comes this far.
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true })
        {
            return TypedResults.BadRequest();
        }

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

        return TypedResults.LocalRedirect(IsLocal(back) ? back! : "/oncall");
    }

    private static CookieOptions Options(HttpContext context) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true, Path = "/" };

    private static bool IsLocal(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("/\\", StringComparison.Ordinal) && !path.Any(char.IsControl);
}
