using MediatR;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Status;

namespace OpsDashboard.Application.Changes;

/// <summary>
/// Whether a service may be deployed now: not while one of its objectives has spent its error budget. What repairs it may go ahead;
/// that is for whoever asks to say.
/// </summary>
/// <param name="Service">platform/service.</param>
public sealed record GetGate(string Service) : IQuery<DeploymentGate>, IScoped
{
    public static Access Access => Access.View;

    Touches IScoped.Touches => Touches.One(Touched.Of(Service));
}

/// <param name="Reasons">Why not; empty where it may.</param>
public sealed record DeploymentGate(string Service, bool Allowed, IReadOnlyList<GateReason> Reasons, DateTimeOffset At);

/// <param name="RemainingRatio">Signed share of the budget that is left.</param>
public sealed record GateReason(string Slo, string Name, decimal RemainingRatio, string Message);

/// <summary>All services under a freeze, by the same rule.</summary>
public sealed record ListFreezes : IQuery<IReadOnlyList<DeploymentGate>>
{
    public static Access Access => Access.View;
}

internal sealed class GetGateHandler(OpsDbContext db, StatusBoard board, TimeProvider time) : IRequestHandler<GetGate, Outcome<DeploymentGate>>
{
    public async Task<Outcome<DeploymentGate>> Handle(GetGate request, CancellationToken cancellationToken)
    {
        if (!(await db.ListServicePathsAsync(cancellationToken)).Contains(request.Service, StringComparer.Ordinal))
        {
            return Failure.NotFound($"The service \"{request.Service}\"");
        }

        return ErrorBudgetPolicy.Judge(request.Service, board.All.Where(status => $"{status.Platform}/{status.Service}" == request.Service), time.GetUtcNow());
    }
}

internal sealed class ListFreezesHandler(StatusBoard board, TimeProvider time) : IRequestHandler<ListFreezes, Outcome<IReadOnlyList<DeploymentGate>>>
{
    public Task<Outcome<IReadOnlyList<DeploymentGate>>> Handle(ListFreezes request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var gates = board.All
            .GroupBy(status => $"{status.Platform}/{status.Service}", StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => ErrorBudgetPolicy.Judge(group.Key, group, now))
            .Where(gate => !gate.Allowed)
            .ToList();
        return Task.FromResult<Outcome<IReadOnlyList<DeploymentGate>>>(gates);
    }
}

/// <summary>A service that has spent a budget changes no more until some of it is back.</summary>
internal static class ErrorBudgetPolicy
{
    public static DeploymentGate Judge(string service, IEnumerable<SloStatus> objectives, DateTimeOffset now)
    {
        var reasons = objectives
            .Where(status => status.State != Domain.Slos.SloState.NoData && status.Budget.RemainingRatio <= 0)
            .OrderBy(status => status.Budget.RemainingRatio)
            .Select(status => new GateReason(
                status.Id,
                status.Name,
                status.Budget.RemainingRatio!.Value,
                $"The error budget of {status.Name} is spent: {status.Budget.RemainingRatio.Value * 100:0;−0} % left."))
            .ToList();
        return new DeploymentGate(service, reasons.Count == 0, reasons, now);
    }
}
