using OpsDashboard.Application.Changes;
using OpsDashboard.Application.Changes.Rollback;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Changes;
using OpsDashboard.Domain.Keys;
using OpsDashboard.Web.Api;
using OpsDashboard.Web.Keys;

namespace OpsDashboard.Web.Changes;

/// <summary>Deployments in, and the answers a pipeline asks for.</summary>
internal static class ChangesApi
{
    public static void MapChangesApi(this WebApplication app)
    {
        var deployments = app.MapGroup("/api/v1/deployments").WithTags("changes").DisableAntiforgery();
        deployments.MapPost("", RecordAsync).WithName("RecordDeployment").WithMetadata(new HandsIn(KeySource.Deployments)).Accepts<Deployment>("application/json");
        deployments.MapGet("", ListAsync).WithName("ListDeployments");
        app.MapGet("/api/v1/dora", DoraAsync).WithName("GetDoraKeys").WithTags("changes");
        app.MapGet("/api/v1/services/{platform}/{service}/gate", GateAsync).WithName("GetGate").WithTags("changes");
        app.MapPut("/api/v1/services/{platform}/{service}/rollback-hook", SetRollbackHookAsync).WithName("SetRollbackHook").WithTags("changes").DisableAntiforgery().Accepts<CallBack>("application/json");
    }

    private static async Task<IResult> RecordAsync(HttpRequest request, IDispatcher dispatcher, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync<Deployment>(request, cancellationToken);
        if (body.Failure is { } unreadable)
        {
            return unreadable.ToResult();
        }

        var outcome = await dispatcher.Send(new RecordDeployment(body.Value), cancellationToken);
        return outcome.ToResult(outcome is { Succeeded: true, Value.IsNew: false } ? StatusCodes.Status200OK : StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(
        IDispatcher dispatcher,
        string? platform,
        string? service,
        string? team,
        string? from,
        string? to,
        int? limit,
        string? cursor,
        CancellationToken cancellationToken)
    {
        var faults = new List<Fault>();
        var list = new ListDeployments
        {
            Platform = platform,
            Services = service is null ? null : [service],
            Team = team,
            From = RequestBody.Instant(from, "/from", faults),
            To = RequestBody.Instant(to, "/to", faults),
        };
        if (faults.Count > 0)
        {
            return Failure.Invalid(faults).ToResult();
        }

        var outcome = await dispatcher.Send(list, cancellationToken);
        return outcome.Failure is { } failure ? failure.ToResult() : Page.Of(outcome.Value, limit, cursor);
    }

    private static async Task<IResult> DoraAsync(IDispatcher dispatcher, int? days, string? platform, string? service, string? team, CancellationToken cancellationToken) =>
        (await dispatcher.Send(new GetDoraKeys(days ?? 30, platform, service, team), cancellationToken)).ToResult();

    private static async Task<IResult> SetRollbackHookAsync(HttpRequest request, IDispatcher dispatcher, string platform, string service, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync<CallBack>(request, cancellationToken);
        return body.Failure is { } unreadable
            ? unreadable.ToResult()
            : (await dispatcher.Send(new SetRollbackHook($"{platform}/{service}", body.Value.Address), cancellationToken)).ToResult();
    }

    private static async Task<IResult> GateAsync(IDispatcher dispatcher, string platform, string service, CancellationToken cancellationToken) =>
        (await dispatcher.Send(new GetGate($"{platform}/{service}"), cancellationToken)).ToResult();

    private sealed record CallBack(string Address);
}
