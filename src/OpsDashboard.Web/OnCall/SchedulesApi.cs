using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Application.OnCall.Policies;
using OpsDashboard.Application.OnCall.Schedules;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Web.Api;

namespace OpsDashboard.Web.OnCall;

/// <summary>People, schedules, overrides and escalation policies for programs.</summary>
internal static class SchedulesApi
{
    public static void MapSchedulesApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").WithTags("on-call").DisableAntiforgery();
        api.MapGet("people", (IDispatcher dispatcher, int? limit, string? cursor, CancellationToken token) => ListAsync(dispatcher, new ListPeople(), limit, cursor, token)).WithName("ListPeople");
        api.MapPost("people", (HttpRequest request, IDispatcher dispatcher, CancellationToken token) => SavePersonAsync(request, dispatcher, null, token)).WithName("AddPerson").Accepts<PersonBody>("application/json");
        api.MapPut("people/{id}", (HttpRequest request, IDispatcher dispatcher, string id, CancellationToken token) => SavePersonAsync(request, dispatcher, id, token)).WithName("ChangePerson").Accepts<PersonBody>("application/json");
        api.MapGet("schedules", (IDispatcher dispatcher, int? limit, string? cursor, CancellationToken token) => ListAsync(dispatcher, new ListSchedules(), limit, cursor, token)).WithName("ListSchedules");
        api.MapPost("schedules", (HttpRequest request, IDispatcher dispatcher, CancellationToken token) => SaveScheduleAsync(request, dispatcher, null, token)).WithName("AddSchedule").Accepts<ScheduleBody>("application/json");
        api.MapPut("schedules/{id}", (HttpRequest request, IDispatcher dispatcher, string id, CancellationToken token) => SaveScheduleAsync(request, dispatcher, id, token)).WithName("ChangeSchedule").Accepts<ScheduleBody>("application/json");
        api.MapDelete("schedules/{id}", async (IDispatcher dispatcher, string id, CancellationToken token) => (await dispatcher.Send(new RemoveSchedule(id), token)).ToResult()).WithName("RemoveSchedule");
        api.MapGet("schedules/{id}/calendar", CalendarAsync).WithName("GetScheduleCalendar");
        api.MapPost("schedules/{id}/overrides", OverrideAsync).WithName("AddOverride").Accepts<OverrideBody>("application/json");
        api.MapDelete("overrides/{id:int}", EndOverrideAsync).WithName("EndOverride");
        api.MapGet("escalation-policies", (IDispatcher dispatcher, int? limit, string? cursor, CancellationToken token) => ListAsync(dispatcher, new ListPolicies(), limit, cursor, token)).WithName("ListPolicies");
        api.MapPost("escalation-policies", (HttpRequest request, IDispatcher dispatcher, CancellationToken token) => SavePolicyAsync(request, dispatcher, null, token)).WithName("AddPolicy").Accepts<SavePolicy>("application/json");
        api.MapDelete("escalation-policies/{id}", async (IDispatcher dispatcher, string id, CancellationToken token) => (await dispatcher.Send(new RemovePolicy(id), token)).ToResult()).WithName("RemovePolicy");
        api.MapPut("escalation-policies/{id}", (HttpRequest request, IDispatcher dispatcher, string id, CancellationToken token) => SavePolicyAsync(request, dispatcher, id, token)).WithName("ChangePolicy").Accepts<SavePolicy>("application/json");
    }

    private static async Task<IResult> ListAsync<T>(IDispatcher dispatcher, IQuery<IReadOnlyList<T>> query, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        var outcome = await dispatcher.Send(query, cancellationToken);
        return outcome.Failure is { } failure ? failure.ToResult() : Page.Of(outcome.Value, limit, cursor);
    }

    private static async Task<IResult> SavePersonAsync(HttpRequest request, IDispatcher dispatcher, string? id, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync<PersonBody>(request, cancellationToken);
        if (body.Failure is { } unreadable)
        {
            return unreadable.ToResult();
        }

        var faults = new List<Fault>();
        var save = new SavePerson
        {
            Id = id,
            Name = body.Value.Name ?? "",
            Roles = body.Value.Roles ?? [],
            Zone = body.Value.Zone ?? "",
            ActiveFrom = RequestBody.Instant(body.Value.ActiveFrom, "/activeFrom", faults),
            ActiveTo = RequestBody.Instant(body.Value.ActiveTo, "/activeTo", faults),
        };
        return faults.Count > 0
            ? Failure.Invalid(faults).ToResult()
            : (await dispatcher.Send(save, cancellationToken)).ToResult(id is null ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<IResult> SaveScheduleAsync(HttpRequest request, IDispatcher dispatcher, string? id, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync<ScheduleBody>(request, cancellationToken);
        if (body.Failure is { } unreadable)
        {
            return unreadable.ToResult();
        }

        var faults = new List<Fault>();
        var save = new SaveSchedule
        {
            Id = id,
            Name = body.Value.Name ?? "",
            Zone = body.Value.Zone ?? "",
            Positions = body.Value.Positions ?? [],
            EffectiveFrom = RequestBody.Instant(body.Value.EffectiveFrom, "/effectiveFrom", faults),
            Reason = body.Value.Reason,
        };
        return faults.Count > 0
            ? Failure.Invalid(faults).ToResult()
            : (await dispatcher.Send(save, cancellationToken)).ToResult(id is null ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<IResult> CalendarAsync(IDispatcher dispatcher, string id, string? from, string? to, CancellationToken cancellationToken)
    {
        var faults = new List<Fault>();
        var (start, end) = (Required(from, "/from", faults), Required(to, "/to", faults));
        return faults.Count > 0
            ? Failure.Invalid(faults).ToResult()
            : (await dispatcher.Send(new GetCalendar { Schedule = id, From = start, To = end }, cancellationToken)).ToResult();
    }

    private static async Task<IResult> OverrideAsync(HttpRequest request, IDispatcher dispatcher, string id, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync<OverrideBody>(request, cancellationToken);
        if (body.Failure is { } unreadable)
        {
            return unreadable.ToResult();
        }

        var faults = new List<Fault>();
        var add = new AddOverride
        {
            Schedule = id,
            Position = body.Value.Position ?? "",
            Person = body.Value.Person ?? "",
            Start = RequestBody.Instant(body.Value.Start, "/start", faults),
            End = Required(body.Value.End, "/end", faults),
            Reason = body.Value.Reason,
        };
        return faults.Count > 0 ? Failure.Invalid(faults).ToResult() : (await dispatcher.Send(add, cancellationToken)).ToResult(StatusCodes.Status201Created);
    }

    private static async Task<IResult> EndOverrideAsync(IDispatcher dispatcher, int id, CancellationToken cancellationToken)
    {
        var outcome = await dispatcher.Send(new EndOverride(id), cancellationToken);
        return outcome.Failure is { } failure ? failure.ToResult() : TypedResults.NoContent();
    }

    private static async Task<IResult> SavePolicyAsync(HttpRequest request, IDispatcher dispatcher, string? id, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync<SavePolicy>(request, cancellationToken);
        return body.Failure is { } unreadable
            ? unreadable.ToResult()
            : (await dispatcher.Send(body.Value with { Id = id }, cancellationToken)).ToResult(id is null ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static DateTimeOffset Required(string? text, string pointer, List<Fault> faults)
    {
        var before = faults.Count;
        var instant = RequestBody.Instant(text, pointer, faults);
        if (instant is null && faults.Count == before)
        {
            faults.Add(new Fault(pointer, "instant.required", "An RFC 3339 instant is required."));
        }

        return instant ?? default;
    }

    private sealed record PersonBody(string? Name, IReadOnlyList<string>? Roles, string? Zone, string? ActiveFrom, string? ActiveTo);

    private sealed record ScheduleBody(string? Name, string? Zone, IReadOnlyList<PositionTerms>? Positions, string? EffectiveFrom, string? Reason);

    private sealed record OverrideBody(string? Position, string? Person, string? Start, string? End, string? Reason);
}
