using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Maintenance;
using OpsDashboard.Domain;
using OpsDashboard.Web.Api;

namespace OpsDashboard.Web.Slos.Maintenance;

/// <summary>Planned maintenance for programs.</summary>
internal static class MaintenanceApi
{
    public static void MapMaintenanceApi(this WebApplication app)
    {
        var maintenance = app.MapGroup("/api/v1/maintenance").WithTags("maintenance").DisableAntiforgery();
        maintenance.MapGet("", ListAsync).WithName("ListMaintenance");
        maintenance.MapPost("", PlanAsync).WithName("PlanMaintenance").Accepts<Plan>("application/json");
        maintenance.MapDelete("{id:int}", CancelAsync).WithName("CancelMaintenance");
        maintenance.MapGet("series", ListSeriesAsync).WithName("ListMaintenanceSeries");
        maintenance.MapPost("series", PlanSeriesAsync).WithName("PlanMaintenanceSeries").Accepts<PlanMaintenanceSeries>("application/json");
        maintenance.MapDelete("series/{id:int}", EndSeriesAsync).WithName("EndMaintenanceSeries");
    }

    private static async Task<IResult> ListAsync(
        IDispatcher dispatcher,
        string? platform,
        string? from,
        int? limit,
        string? cursor,
        CancellationToken cancellationToken)
    {
        var faults = new List<Fault>();
        var since = RequestBody.Instant(from, "/from", faults);
        if (faults.Count > 0)
        {
            return Failure.Invalid(faults).ToResult();
        }

        var outcome = await dispatcher.Send(new ListMaintenance { Platform = platform, From = since }, cancellationToken);
        return outcome.Failure is { } failure ? failure.ToResult() : Page.Of(outcome.Value, limit, cursor);
    }

    private static async Task<IResult> PlanAsync(HttpRequest request, IDispatcher dispatcher, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync<Plan>(request, cancellationToken);
        if (body.Failure is { } unreadable)
        {
            return unreadable.ToResult();
        }

        var plan = Read(body.Value);
        return plan.Failure is { } failure
            ? failure.ToResult()
            : (await dispatcher.Send(plan.Value, cancellationToken)).ToResult(StatusCodes.Status201Created);
    }

    private static Task<IResult> CancelAsync(IDispatcher dispatcher, int id, CancellationToken cancellationToken) => dispatcher.DoAsync(new CancelMaintenance(id), cancellationToken);


    private static Task<IResult> ListSeriesAsync(IDispatcher dispatcher, int? limit, string? cursor, CancellationToken cancellationToken) =>
        dispatcher.ListAsync(new ListMaintenanceSeries(), limit, cursor, cancellationToken);


    private static async Task<IResult> PlanSeriesAsync(HttpRequest request, IDispatcher dispatcher, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync<PlanMaintenanceSeries>(request, cancellationToken);
        return body.Failure is { } unreadable
            ? unreadable.ToResult()
            : (await dispatcher.Send(body.Value, cancellationToken)).ToResult(StatusCodes.Status201Created);
    }

    private static Task<IResult> EndSeriesAsync(IDispatcher dispatcher, int id, CancellationToken cancellationToken) => dispatcher.DoAsync(new EndMaintenanceSeries(id), cancellationToken);


    private static Outcome<PlanMaintenance> Read(Plan body)
    {
        var faults = new List<Fault>();
        var start = RequestBody.Instant(body.Start, "/start", faults);
        var end = RequestBody.Instant(body.End, "/end", faults);
        var announced = RequestBody.Instant(body.AnnouncedAt, "/announcedAt", faults);
        Require(start, body.Start, "/start");
        Require(end, body.End, "/end");
        return faults.Count > 0
            ? Failure.Invalid(faults)
            : new PlanMaintenance
            {
                Platform = body.Platform ?? "",
                Service = string.IsNullOrWhiteSpace(body.Service) ? null : body.Service,
                Start = start!.Value,
                End = end!.Value,
                AnnouncedAt = announced,
                Reason = body.Reason ?? "",
            };

        void Require(DateTimeOffset? instant, string? text, string pointer)
        {
            if (instant is null && string.IsNullOrWhiteSpace(text))
            {
                faults.Add(new Fault(pointer, "instant.required", "An RFC 3339 instant is required."));
            }
        }
    }

    private sealed record Plan(string? Platform, string? Service, string? Start, string? End, string? AnnouncedAt, string? Reason);
}
