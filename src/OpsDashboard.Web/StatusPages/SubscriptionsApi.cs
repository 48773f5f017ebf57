using Microsoft.AspNetCore.Mvc;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.StatusPages;
using OpsDashboard.Application.StatusPages.Subscriptions;

namespace OpsDashboard.Web.StatusPages;

/// <summary>
/// Subscribing and leaving, by plain forms: no script, no cookie. Links in mails only show a page with a button, since scanners open
/// every link; the step itself is a POST.
/// </summary>
internal static class SubscriptionsApi
{
    public static void MapSubscriptions(this RouteGroupBuilder site)
    {
        site.MapPost("subscriptions/email", SubscribeEmailAsync);
        site.MapPost("subscriptions/webhook", SubscribeWebhookAsync);
        site.MapGet("subscriptions/confirm", (HttpContext context, StatusCache cache, StatusRenderer renderer, string? token) =>
            AskAsync(context, cache, renderer, token, "Confirm your subscription", "We will tell you of incidents and maintenance by e-mail.", "Confirm", "/status/subscriptions/confirm"));
        site.MapPost("subscriptions/confirm", ConfirmAsync);
        site.MapGet("subscriptions/leave", (HttpContext context, StatusCache cache, StatusRenderer renderer, string? token) =>
            AskAsync(context, cache, renderer, token, "End your subscription", "No further messages will be sent, and the address is forgotten.", "Unsubscribe", "/status/subscriptions/leave"));
        site.MapPost("subscriptions/leave", LeaveAsync);
    }

    private static async Task SubscribeEmailAsync(HttpContext context, StatusCache cache, StatusRenderer renderer, IDispatcher dispatcher, SubscribeLimit limit, [FromForm] string? page, [FromForm] string? email)
    {
        if (!limit.TryTake(context.Connection.RemoteIpAddress))
        {
            await TooOftenAsync(context, cache, renderer);
            return;
        }

        var outcome = await dispatcher.Send(new SubscribeEmail(page ?? StatusSite.All, email ?? ""), context.RequestAborted);
        await StatusApi.SayAsync(
            context,
            cache,
            renderer,
            outcome.Failure is { } failure
                ? Refusal(failure)
                : new StatusMessage("Look into your mailbox", "If the address is not subscribed yet, a message is on its way. Open the link in it within a day to confirm."),
            outcome.Succeeded ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task SubscribeWebhookAsync(HttpContext context, StatusCache cache, StatusRenderer renderer, IDispatcher dispatcher, SubscribeLimit limit, [FromForm] string? page, [FromForm] string? url)
    {
        if (!limit.TryTake(context.Connection.RemoteIpAddress))
        {
            await TooOftenAsync(context, cache, renderer);
            return;
        }

        var outcome = await dispatcher.Send(new SubscribeWebhook(page ?? StatusSite.All, url ?? ""), context.RequestAborted);
        await StatusApi.SayAsync(
            context,
            cache,
            renderer,
            outcome.Failure is { } failure
                ? Refusal(failure)
                : new StatusMessage(
                    "We are asking the address",
                    "A POST with {\"type\": \"challenge\", \"challenge\": \"…\"} goes there now. Once its answer repeats the challenge, updates follow. Keep these two: they are shown once.")
                {
                    Codes = [("Key of the signature", outcome.Value.Secret), ("Token to leave", outcome.Value.LeaveToken)],
                },
            outcome.Succeeded ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task ConfirmAsync(HttpContext context, StatusCache cache, StatusRenderer renderer, IDispatcher dispatcher, [FromForm] string? token)
    {
        var outcome = await dispatcher.Send(new ConfirmSubscription(token ?? ""), context.RequestAborted);
        await StatusApi.SayAsync(
            context,
            cache,
            renderer,
            outcome.Failure is { } failure ? Refusal(failure) : new StatusMessage("You are subscribed", "We will tell you when something happens. Every message has a link to end it."),
            outcome.Succeeded ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
    }

    /// <summary>Also by RFC 8058: the token stands in the query then, and the form says List-Unsubscribe=One-Click.</summary>
    private static async Task LeaveAsync(HttpContext context, StatusCache cache, StatusRenderer renderer, IDispatcher dispatcher, [FromQuery(Name = "token")] string? inQuery, [FromForm] string? token)
    {
        var outcome = await dispatcher.Send(new LeaveSubscription(inQuery ?? token ?? ""), context.RequestAborted);
        await StatusApi.SayAsync(
            context,
            cache,
            renderer,
            outcome.Failure is { } failure ? Refusal(failure) : new StatusMessage("You are unsubscribed", "The address is forgotten. No further message will come."),
            outcome.Succeeded ? StatusCodes.Status200OK : StatusCodes.Status404NotFound);
    }

    private static Task AskAsync(HttpContext context, StatusCache cache, StatusRenderer renderer, string? token, string title, string sentence, string word, string action) =>
        StatusApi.SayAsync(context, cache, renderer, new StatusMessage(title, sentence) { Action = action, ActionWord = word, Token = token ?? "" });

    private static Task TooOftenAsync(HttpContext context, StatusCache cache, StatusRenderer renderer)
    {
        context.Response.Headers.RetryAfter = "600";
        return StatusApi.SayAsync(context, cache, renderer, new StatusMessage("Too many requests", "Please try again in ten minutes."), StatusCodes.Status429TooManyRequests);
    }

    private static StatusMessage Refusal(Failure failure) =>
        new("That did not work", failure.Faults.Count > 0 ? [.. failure.Faults.Select(fault => fault.Message)] : [failure.Message]);
}
