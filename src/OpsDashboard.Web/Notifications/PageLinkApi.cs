using Microsoft.AspNetCore.Http.HttpResults;
using OpsDashboard.Application.Notifications.Channels;
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
        app.MapGet("/p/{token}", ShowAsync).ExcludeFromDescription().AllowAnonymous();
        app.MapPost("/p/{token}", AcknowledgeAsync).ExcludeFromDescription().AllowAnonymous().DisableAntiforgery();
        app.MapPost("/p/{token}/call", PressAsync).ExcludeFromDescription().AllowAnonymous().DisableAntiforgery();
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

    /// <summary>A key was pressed in the call that paged. Without the signature of the service behind calls nothing is even looked up.</summary>
    private static async Task<IResult> PressAsync(HttpContext context, string token, TwilioCallbacks callbacks, IDispatcher dispatcher, CallerContext caller)
    {
        if (!context.Request.HasFormContentType)
        {
            return TypedResults.Text("Send a form.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        var form = (await context.Request.ReadFormAsync(context.RequestAborted)).ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
        if (!await callbacks.IsGenuineAsync(context.Request.Path, form, context.Request.Headers["X-Twilio-Signature"], context.RequestAborted))
        {
            return TypedResults.Text("The signature is missing or wrong.", statusCode: StatusCodes.Status403Forbidden);
        }

        var seen = await dispatcher.Send(new OpenPageLink(token), context.RequestAborted);
        if (seen.Failure is not null)
        {
            return Speak("This page is not known any more.");
        }

        if (form.GetValueOrDefault("Digits") != "1" || seen.Value.State != LinkState.Open)
        {
            return Speak(seen.Value.State == LinkState.Open ? "Not acknowledged. The page goes on." : seen.Value.Reason ?? "It is taken already.");
        }

        caller.Current = new Caller(seen.Value.PersonName, new HashSet<Access> { Access.View, Access.Respond }, seen.Value.PersonId);
        var outcome = await dispatcher.Send(new AcknowledgeByLink(token), context.RequestAborted);
        return Speak(outcome.Failure is { } failure ? failure.Message : outcome.Value.Acknowledged ? "Acknowledged. You have it." : outcome.Value.Link.Reason ?? "It is taken already.");
    }

    private static ContentHttpResult Speak(string text) => TypedResults.Content(TwilioCallbacks.Say(text), "text/xml");

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
