using OpsDashboard.Application.Incidents.Clocks;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Incidents.Escalation;

/// <summary>Where it is told that the pages of a level reached nobody. Works inside the caller's transaction.</summary>
public sealed class UnreachedLevels
{
    private readonly IncidentDesk desk;
    private readonly Escalator escalator;
    private readonly IncidentClocks clocks;
    private readonly TimeProvider time;

    internal UnreachedLevels(IncidentDesk desk, Escalator escalator, IncidentClocks clocks, TimeProvider time) =>
        (this.desk, this.escalator, this.clocks, this.time) = (desk, escalator, clocks, time);

    /// <summary>Calls the next level, unless somebody has the incident by now or another level was called since.</summary>
    public async Task PassAsync(long incidentId, int level, int cycle, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        if (await desk.TakeAsync(incidentId, cancellationToken) is { } incident && await escalator.PassAsync(incident, level, cycle, now, cancellationToken))
        {
            clocks.Arm(incident, now);
            await desk.TellAsync(incident, IncidentChangeKind.Escalated, now, cancellationToken);
        }
    }
}
