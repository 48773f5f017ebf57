using MediatR;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.OnCall;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents.Escalation;

/// <summary>
/// Tells those whom the contract names for what the incident means beyond its cause: business, financial or customer impact, a
/// violation, an inquiry, a finding. The technical escalation goes on beside it. Each path is called once an incident.
/// </summary>
/// <param name="PolicyId">An escalation policy: <c>financial-impact</c>.</param>
/// <param name="Reason">What is to be told; carried by the pages. Null: the incident's title says it.</param>
public sealed record CallPath(long IncidentId, string PolicyId, string? Reason = null) : ICommand<IncidentSummary>, IAboutIncident
{
    public const int MaxReasonLength = 300;

    public static Access Access => Access.Respond;
}

internal sealed class CallPathHandler(IncidentChange change, PathCalls calls, OnCallRoster roster, CallerContext caller) : IRequestHandler<CallPath, Outcome<IncidentSummary>>
{
    public Task<Outcome<IncidentSummary>> Handle(CallPath request, CancellationToken cancellationToken) => change.MakeAsync(
        request.IncidentId,
        IncidentChangeKind.Escalated,
        async (incident, now) =>
        {
            if (await roster.FindPolicyAsync(request.PolicyId, cancellationToken) is not { } policy)
            {
                return Failure.Invalid("/policyId", "policy.known", $"There is no escalation policy \"{request.PolicyId}\".");
            }

            if (request.Reason?.Length > CallPath.MaxReasonLength)
            {
                return Failure.Invalid("/reason", "reason.tooLong", $"At most {CallPath.MaxReasonLength} characters.");
            }

            if (!incident.IsOpen)
            {
                return Failure.Conflict($"It is over since {Words.Clock(incident.ResolvedAtMs!.Value)}.");
            }

            var reason = string.IsNullOrWhiteSpace(request.Reason) ? null : request.Reason.Trim();
            return await calls.CallAsync(incident, policy, reason, caller.Current.Name, now, cancellationToken)
                ? null
                : Failure.Conflict($"{policy.Name} was called for this incident already.");
        },
        cancellationToken);
}
