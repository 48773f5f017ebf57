using OpsDashboard.Application.OnCall.Calendars;
using OpsDashboard.Application.OnCall.Roster;
using OpsDashboard.Application.OnCall.Schedules;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Web.Api;

namespace OpsDashboard.Web.OnCall;

/// <summary>Who is on call, for programs and for calendars.</summary>
internal static class OnCallApi
{
    /// <summary>Where a calendar lies behind its secret.</summary>
    public const string CalendarPath = "/calendars";

    public static void MapOnCallApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").WithTags("on-call").DisableAntiforgery();
        api.MapGet("on-call", GetAsync).WithName("GetOnCall");
        api.MapGet("on-call/gaps", GapsAsync).WithName("FindCoverageGaps");
        api.MapPost("rotations/preview", PreviewAsync).WithName("PreviewRotation").Accepts<Preview>("application/json");
        app.MapGet($"{CalendarPath}/{{secret}}.ics", FeedAsync).ExcludeFromDescription().AllowAnonymous();
    }

    private static async Task<IResult> GetAsync(IDispatcher dispatcher, string? at, CancellationToken cancellationToken)
    {
        var faults = new List<Fault>();
        var instant = RequestBody.Instant(at, "/at", faults);
        return faults.Count > 0 ? Failure.Invalid(faults).ToResult() : (await dispatcher.Send(new GetOnCall { At = instant }, cancellationToken)).ToResult();
    }

    private static async Task<IResult> GapsAsync(IDispatcher dispatcher, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        var outcome = await dispatcher.Send(new FindCoverageGaps(), cancellationToken);
        return outcome.Failure is { } failure ? failure.ToResult() : Page.Of(outcome.Value, limit, cursor);
    }

    private static async Task<IResult> PreviewAsync(HttpRequest request, IDispatcher dispatcher, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync<Preview>(request, cancellationToken);
        if (body.Failure is { } unreadable)
        {
            return unreadable.ToResult();
        }

        var faults = new List<Fault>();
        var (from, to) = (RequestBody.Instant(body.Value.From, "/from", faults), RequestBody.Instant(body.Value.To, "/to", faults));
        if (from is null && faults.Count == 0)
        {
            faults.Add(new Fault("/from", "instant.required", "An RFC 3339 instant is required."));
        }

        if (to is null && !faults.Exists(fault => fault.Pointer == "/to"))
        {
            faults.Add(new Fault("/to", "instant.required", "An RFC 3339 instant is required."));
        }

        return faults.Count > 0
            ? Failure.Invalid(faults).ToResult()
            : (await dispatcher.Send(body.Value.Of(from!.Value, to!.Value), cancellationToken)).ToResult();
    }

    private static async Task<IResult> FeedAsync(HttpContext context, IDispatcher dispatcher, string secret, CancellationToken cancellationToken)
    {
        var feed = await dispatcher.Send(new ReadCalendarFeed(secret), cancellationToken);
        if (feed.Failure is { } failure)
        {
            return failure.ToResult();
        }

        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers.LastModified = feed.Value.ModifiedAt.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        return TypedResults.Text(feed.Value.Text, "text/calendar", System.Text.Encoding.UTF8);
    }

    private sealed record Preview(
        string? Zone,
        string? Every,
        string? At,
        string? Anchor,
        IReadOnlyList<string>? People,
        IReadOnlyList<RestrictionTerms>? Restrictions,
        string? From,
        string? To)
    {
        public PreviewRotation Of(DateTimeOffset from, DateTimeOffset to) => new()
        {
            Zone = Zone ?? "",
            Every = Every ?? "",
            At = At ?? "",
            Anchor = Anchor ?? "",
            People = People ?? [],
            Restrictions = Restrictions ?? [],
            From = from,
            To = to,
        };
    }
}
