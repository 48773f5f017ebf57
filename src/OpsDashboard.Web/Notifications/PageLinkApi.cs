using Microsoft.AspNetCore.Http.HttpResults;
using OpsDashboard.Application.Notifications.Pages;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Notifications;

/// <summary>
/// <c>/p/{token}</c>: where the link in a page leads. A plain document without circuit and script, for a phone at night. Getting it
/// changes nothing; the form on it acknowledges. The token is what a form needs to be accepted, so no other proof is asked.
/// </summary>
internal static class PageLinkApi
{
    public static void MapPageLinks(this WebApplication app)
    {
        app.MapGet("/p/{token}", ShowAsync).ExcludeFromDescription();
        app.MapPost("/p/{token}", AcknowledgeAsync).ExcludeFromDescription().DisableAntiforgery();
    }

    private static async Task<IResult> ShowAsync(HttpContext context, string token, IDispatcher dispatcher) =>
        Answer(context, await dispatcher.Send(new OpenPageLink(token), context.RequestAborted), done: false);

    private static async Task<IResult> AcknowledgeAsync(HttpContext context, string token, IDispatcher dispatcher, CallerContext caller)
    {
        var seen = await dispatcher.Send(new OpenPageLink(token), context.RequestAborted);
        if (seen.Failure is not null || seen.Value.State != LinkState.Open)
        {
            return Answer(context, seen, done: false);
        }

        // Whoever holds the link may do what it is for, as the one it was sent to, and nothing else.
        caller.Current = new Caller(seen.Value.PersonName, new HashSet<Access> { Access.View, Access.Respond }, seen.Value.PersonId);
        var outcome = await dispatcher.Send(new AcknowledgeByLink(token), context.RequestAborted);
        return outcome.Failure switch
        {
            null => Answer(context, outcome.Value.Link, outcome.Value.Acknowledged),
            { Kind: FailureKind.Conflict } taken => Answer(context, seen.Value with { State = LinkState.Withdrawn, Reason = taken.Message }, done: false),
            var failure => Answer(context, failure, done: false),
        };
    }

    private static RazorComponentResult<PageLinkDocument> Answer(HttpContext context, Outcome<PageLink> outcome, bool done)
    {
        context.Response.Headers.CacheControl = "no-store";
        // The address holds the token: it is told to nobody, not even to the next page of this site.
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        return new RazorComponentResult<PageLinkDocument>(new { Link = outcome.Failure is null ? outcome.Value : null, Done = done })
        {
            StatusCode = outcome.Failure?.Kind switch
            {
                null => StatusCodes.Status200OK,
                FailureKind.NotFound => StatusCodes.Status404NotFound,
                _ => StatusCodes.Status503ServiceUnavailable,
            },
        };
    }
}
