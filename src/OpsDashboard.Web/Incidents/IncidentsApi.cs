using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.Detail;
using OpsDashboard.Application.Incidents.Escalation;
using OpsDashboard.Application.Incidents.Figures;
using OpsDashboard.Application.Incidents.Updates;
using OpsDashboard.Application.Incidents.Work;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Web.Api;

namespace OpsDashboard.Web.Incidents;

/// <summary>Incidents for programs.</summary>
internal static class IncidentsApi
{
    public static void MapIncidentsApi(this WebApplication app)
    {
        var incidents = app.MapGroup("/api/v1/incidents").WithTags("incidents").DisableAntiforgery();
        incidents.MapGet("", ListAsync).WithName("ListIncidents");
        incidents.MapPost("", OpenAsync).WithName("OpenIncident").Accepts<Opening>("application/json");
        incidents.MapGet("figures", FiguresAsync).WithName("GetIncidentFigures");
        incidents.MapGet("{id:long}", (IDispatcher dispatcher, long id, CancellationToken token) => AnswerAsync(dispatcher.Send(new GetIncident(id), token))).WithName("GetIncident");
        incidents.MapGet("{id:long}/timeline", TimelineAsync).WithName("ListIncidentTimeline");
        incidents.MapGet("{id:long}/impact", (IDispatcher dispatcher, long id, CancellationToken token) => AnswerAsync(dispatcher.Send(new GetIncidentImpact(id), token))).WithName("GetIncidentImpact");
        incidents.MapPost("{id:long}/acknowledge", AcknowledgeAsync).WithName("AcknowledgeIncident");
        incidents.MapPost("{id:long}/escalate", EscalateAsync).WithName("EscalateIncident").Accepts<Stepping>("application/json");
        incidents.MapPost("{id:long}/resolve", ResolveAsync).WithName("ResolveIncident");
        incidents.MapPost("{id:long}/paths", PathAsync).WithName("CallIncidentPath").Accepts<PathCall>("application/json");
        incidents.MapPost("{id:long}/snooze", SnoozeAsync).WithName("SnoozeIncident").Accepts<Snooze>("application/json");
        incidents.MapPost("{id:long}/undo", (IDispatcher dispatcher, long id, CancellationToken token) => AnswerAsync(dispatcher.Send(new UndoIncidentStep(id), token))).WithName("UndoIncidentStep");
        incidents.MapPost("{id:long}/reopen", ReopenAsync).WithName("ReopenIncident").Accepts<Reopening>("application/json");
        incidents.MapPost("{id:long}/notes", NoteAsync).WithName("AddIncidentNote").Accepts<Note>("application/json");
        incidents.MapPost("{id:long}/updates", UpdateAsync).WithName("PostIncidentUpdate").Accepts<Update>("application/json");
    }

    private static async Task<IResult> AnswerAsync<T>(Task<Outcome<T>> outcome) => (await outcome).ToResult();

    private static async Task<IResult> ListAsync(
        IDispatcher dispatcher,
        string? state,
        string? platform,
        string? service,
        string? severity,
        string? from,
        int? limit,
        string? cursor,
        CancellationToken cancellationToken)
    {
        var faults = new List<Fault>();
        var since = RequestBody.Instant(from, "/from", faults);
        var scope = Calls.Word<IncidentScope>(state, "/state", faults) ?? IncidentScope.All;
        if (faults.Count > 0)
        {
            return Failure.Invalid(faults).ToResult();
        }

        var outcome = await dispatcher.Send(
            new ListIncidents { Scope = scope, Platform = platform, Service = service, Severity = severity, From = since, Limit = ListIncidents.Most },
            cancellationToken);
        return outcome.Failure is { } failure ? failure.ToResult() : Page.Of(outcome.Value, limit, cursor);
    }

    private static async Task<IResult> FiguresAsync(IDispatcher dispatcher, string? from, string? to, string? platform, CancellationToken cancellationToken)
    {
        var faults = new List<Fault>();
        var since = RequestBody.Instant(from, "/from", faults);
        var until = RequestBody.Instant(to, "/to", faults);
        return faults.Count > 0
            ? Failure.Invalid(faults).ToResult()
            : (await dispatcher.Send(new GetMeanTimes(since, until, platform), cancellationToken)).ToResult();
    }

    private static async Task<IResult> TimelineAsync(IDispatcher dispatcher, long id, int? limit, long? before, CancellationToken cancellationToken)
    {
        var outcome = await dispatcher.Send(new ListTimeline(id, before, limit ?? 100), cancellationToken);
        return outcome.Failure is { } failure
            ? failure.ToResult()
            : TypedResults.Json(
                new { items = outcome.Value.Select(entry => entry.Entry), nextCursor = outcome.Value.Count == (limit ?? 100) ? outcome.Value[^1].Entry.Id : (long?)null },
                Application.Platform.Store.StoreJson.Options);
    }

    private static Task<IResult> OpenAsync(HttpRequest request, IDispatcher dispatcher, CancellationToken cancellationToken) => WithBodyAsync<Opening>(
        request,
        async body =>
        {
            var faults = new List<Fault>();
            var started = RequestBody.Instant(body.StartedAt, "/startedAt", faults);
            return faults.Count > 0
                ? Failure.Invalid(faults).ToResult()
                : (await dispatcher.Send(
                    new OpenIncident
                    {
                        Title = body.Title ?? "",
                        Summary = body.Summary,
                        Platform = body.Platform ?? "",
                        Severity = body.Severity ?? "",
                        Services = body.Services ?? [],
                        StartedAt = started,
                        ReporterTier = body.ReporterTier,
                        PolicyId = body.PolicyId,
                    },
                    cancellationToken)).ToResult(StatusCodes.Status201Created);
        },
        cancellationToken);

    private static async Task<IResult> AcknowledgeAsync(HttpRequest request, IDispatcher dispatcher, long id, CancellationToken cancellationToken)
    {
        if (request.ContentLength is null or 0)
        {
            return (await dispatcher.Send(new AcknowledgeIncident(id), cancellationToken)).ToResult();
        }

        return await WithBodyAsync<Acknowledgement>(request, async body => (await dispatcher.Send(new AcknowledgeIncident(id, body.By), cancellationToken)).ToResult(), cancellationToken);
    }

    private static Task<IResult> EscalateAsync(HttpRequest request, IDispatcher dispatcher, long id, CancellationToken cancellationToken) => WithBodyAsync<Stepping>(
        request,
        async body => body is { ExpectedLevel: { } level, ExpectedCycle: { } cycle }
            ? (await dispatcher.Send(new EscalateIncident(id, level, cycle), cancellationToken)).ToResult()
            : Failure.Invalid("/expectedLevel", "expected.required", "Send the level and cycle you saw, as expectedLevel and expectedCycle; -1 before the first.").ToResult(),
        cancellationToken);

    private static async Task<IResult> ResolveAsync(HttpRequest request, IDispatcher dispatcher, long id, CancellationToken cancellationToken)
    {
        if (request.ContentLength is null or 0)
        {
            return (await dispatcher.Send(new ResolveIncident(id), cancellationToken)).ToResult();
        }

        return await WithBodyAsync<Note>(request, async body => (await dispatcher.Send(new ResolveIncident(id, body.Text), cancellationToken)).ToResult(), cancellationToken);
    }

    private static Task<IResult> PathAsync(HttpRequest request, IDispatcher dispatcher, long id, CancellationToken cancellationToken) =>
        WithBodyAsync<PathCall>(request, async body => (await dispatcher.Send(new CallPath(id, body.PolicyId ?? "", body.Reason), cancellationToken)).ToResult(), cancellationToken);

    private static Task<IResult> SnoozeAsync(HttpRequest request, IDispatcher dispatcher, long id, CancellationToken cancellationToken) => WithBodyAsync<Snooze>(
        request,
        async body =>
        {
            var faults = new List<Fault>();
            var until = RequestBody.Instant(body.Until, "/until", faults);
            if (until is null && faults.Count == 0)
            {
                faults.Add(new Fault("/until", "until.required", "Send the instant at which it wakes, as until."));
            }

            return faults.Count > 0 ? Failure.Invalid(faults).ToResult() : (await dispatcher.Send(new SnoozeIncident(id, until!.Value), cancellationToken)).ToResult();
        },
        cancellationToken);

    private static Task<IResult> ReopenAsync(HttpRequest request, IDispatcher dispatcher, long id, CancellationToken cancellationToken) =>
        WithBodyAsync<Reopening>(request, async body => (await dispatcher.Send(new ReopenIncident(id, body.Reason ?? ""), cancellationToken)).ToResult(), cancellationToken);

    private static Task<IResult> NoteAsync(HttpRequest request, IDispatcher dispatcher, long id, CancellationToken cancellationToken) =>
        WithBodyAsync<Note>(request, async body => (await dispatcher.Send(new AddNote(id, body.Text ?? ""), cancellationToken)).ToResult(StatusCodes.Status201Created), cancellationToken);

    private static Task<IResult> UpdateAsync(HttpRequest request, IDispatcher dispatcher, long id, CancellationToken cancellationToken) => WithBodyAsync<Update>(
        request,
        async body =>
        {
            var faults = new List<Fault>();
            var status = Calls.Word<PublicStatus>(body.Status, "/status", faults);
            if (status is null && faults.Count == 0)
            {
                faults.Add(new Fault("/status", "status.required", "Choose a status: investigating, identified, monitoring or resolved."));
            }

            return faults.Count > 0
                ? Failure.Invalid(faults).ToResult()
                : (await dispatcher.Send(
                    new PostIncidentUpdate
                    {
                        IncidentId = id,
                        Text = body.Text ?? "",
                        Status = status!.Value,
                        ToStatusPage = body.ToStatusPage,
                        ToCustomers = body.ToCustomers,
                        PublicTitle = body.PublicTitle,
                    },
                    cancellationToken)).ToResult(StatusCodes.Status201Created);
        },
        cancellationToken);

    private static async Task<IResult> WithBodyAsync<T>(HttpRequest request, Func<T, Task<IResult>> then, CancellationToken cancellationToken)
        where T : class
    {
        var body = await RequestBody.ReadAsync<T>(request, cancellationToken);
        return body.Failure is { } unreadable ? unreadable.ToResult() : await then(body.Value);
    }

    private sealed record Opening(string? Title, string? Summary, string? Platform, string? Severity, IReadOnlyList<string>? Services, string? StartedAt, string? ReporterTier, string? PolicyId);

    private sealed record Acknowledgement(string? By);

    private sealed record Stepping(int? ExpectedLevel, int? ExpectedCycle);

    private sealed record Note(string? Text);

    private sealed record PathCall(string? PolicyId, string? Reason);

    private sealed record Snooze(string? Until);

    private sealed record Reopening(string? Reason);

    private sealed record Update(string? Text, string? Status, bool ToStatusPage, bool ToCustomers, string? PublicTitle);
}
