using OpsDashboard.Application.Incidents.Clocks;
using OpsDashboard.Application.Incidents.Escalation;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Incidents;

/// <summary>The way of every change a person makes to an incident: taken, changed, clocks set, told. It is also the sign of work an acknowledgement waits for.</summary>
internal sealed class IncidentChange(IncidentDesk desk, Escalator escalator, IncidentClocks clocks, TimeProvider time)
{
    /// <param name="change">Changes the incident at the instant given, or says why not.</param>
    public async Task<Outcome<IncidentSummary>> MakeAsync(
        long incidentId,
        IncidentChangeKind kind,
        Func<IncidentRow, long, Task<Failure?>> change,
        CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        if (await desk.TakeAsync(incidentId, cancellationToken) is not { } incident)
        {
            return Failure.NotFound($"Incident {incidentId}");
        }

        if (await change(incident, now) is { } failure)
        {
            return failure;
        }

        escalator.ExpectWork(incident, now);
        clocks.Arm(incident, now);
        await desk.TellAsync(incident, kind, now, cancellationToken);
        return IncidentSummary.Of(incident, clocks, now);
    }

    public Task<Outcome<IncidentSummary>> ApplyAsync(long incidentId, IncidentChangeKind kind, Func<IncidentRow, long, Failure?> change, CancellationToken cancellationToken) =>
        MakeAsync(incidentId, kind, (incident, now) => Task.FromResult(change(incident, now)), cancellationToken);
}
