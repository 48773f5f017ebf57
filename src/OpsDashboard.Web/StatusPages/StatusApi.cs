using System.Globalization;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Application.StatusPages;
using OpsDashboard.Application.StatusPages.Subscriptions;

namespace OpsDashboard.Web.StatusPages;

/// <summary>What the public pages answer besides the answers kept ahead: months, single incidents, and what is not there.</summary>
internal static class StatusApi
{
    public static void AddStatusSite(this IServiceCollection services)
    {
        services.AddSingleton<StatusRenderer>();
        services.AddSingleton<SubscribeLimit>();
        services.AddSingleton<ISubscriberSeal, SubscriberSeal>();
        services.AddSingleton<StatusCache>();
        services.AddHostedService(provider => provider.GetRequiredService<StatusCache>());
    }

    /// <summary>Before everything else that costs a request time.</summary>
    public static void UseStatusAnswers(this WebApplication app) => app.UseMiddleware<StatusAnswers>();

    public static void MapStatusApi(this WebApplication app)
    {
        var site = app.MapGroup("/status").ExcludeFromDescription().DisableAntiforgery().AllowAnonymous();
        site.MapGet("history", (HttpContext context, StatusCache cache, StatusRenderer renderer, IDispatcher dispatcher, string? month) =>
            HistoryAsync(context, cache, renderer, dispatcher, StatusSite.All, month));
        site.MapGet("{page}/history", HistoryAsync);
        site.MapGet("incidents/{id:long}", IncidentAsync);
        site.MapSubscriptions();
        site.MapGet("{**rest}", (HttpContext context, StatusCache cache, StatusRenderer renderer) => MissingAsync(context, cache, renderer));
        app.MapGet("/api/v2/{**rest}", () => Results.Problem("The status page has no such document.", statusCode: StatusCodes.Status404NotFound)).ExcludeFromDescription().AllowAnonymous();
        // What a browser asks before it reads JSON from another site.
        app.MapMethods("/api/v2/{**rest}", [HttpMethods.Options], Preflight).ExcludeFromDescription().AllowAnonymous();
        site.MapMethods("{page}/api/v2/{**rest}", [HttpMethods.Options], Preflight);
    }

    /// <summary>Says one thing, outside the cache.</summary>
    public static async Task SayAsync(HttpContext context, StatusCache cache, StatusRenderer renderer, StatusMessage message, int status = StatusCodes.Status200OK)
    {
        await cache.ReadyAsync(context.RequestAborted);
        context.Response.StatusCode = status;
        context.Response.ContentType = StatusRenderer.Html;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Robots-Tag"] = "noindex";
        await context.Response.WriteAsync(await renderer.MessageAsync(cache.Site!.Page(StatusSite.All)!, message), context.RequestAborted);
    }

    private static async Task HistoryAsync(HttpContext context, StatusCache cache, StatusRenderer renderer, IDispatcher dispatcher, string page, string? month)
    {
        await cache.ReadyAsync(context.RequestAborted);
        var newest = YearMonth.Of(cache.Site!.At);
        var asked = newest;
        if (cache.Site.Page(page) is not { } shown || (month is not null && !YearMonth.TryParse(month, out asked)) || asked > newest || asked.Year < 2000)
        {
            await MissingAsync(context, cache, renderer);
            return;
        }

        var entry = await cache.GetAsync($"{page} {asked}", async () =>
        {
            var history = await dispatcher.Send(new GetStatusHistory(page, asked), context.RequestAborted);
            return history.Succeeded ? await renderer.HistoryAsync(shown, history.Value) : null;
        });
        await (entry is null ? MissingAsync(context, cache, renderer) : StatusAnswers.SendAsync(context, entry));
    }

    private static async Task IncidentAsync(HttpContext context, StatusCache cache, StatusRenderer renderer, IDispatcher dispatcher, long id)
    {
        await cache.ReadyAsync(context.RequestAborted);
        var entry = await cache.GetAsync(string.Create(CultureInfo.InvariantCulture, $"incident {id}"), async () =>
        {
            var incident = await dispatcher.Send(new GetStatusIncident(id), context.RequestAborted);
            return incident.Succeeded ? await renderer.IncidentAsync(cache.Site!.Page(StatusSite.All)!, incident.Value) : null;
        });
        await (entry is null ? MissingAsync(context, cache, renderer) : StatusAnswers.SendAsync(context, entry));
    }

    private static Task MissingAsync(HttpContext context, StatusCache cache, StatusRenderer renderer) => SayAsync(
        context,
        cache,
        renderer,
        new StatusMessage("This page does not exist", "The address may be mistyped, or what it named is no longer public."),
        StatusCodes.Status404NotFound);

    private static IResult Preflight(HttpContext context)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.Headers.AccessControlAllowMethods = "GET, HEAD";
        context.Response.Headers.AccessControlAllowHeaders = "If-None-Match, Accept, Content-Type";
        context.Response.Headers.AccessControlMaxAge = "86400";
        return Results.NoContent();
    }
}
