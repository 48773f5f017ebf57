using MediatR;
using OpsDashboard.Application.Incidents.Clocks;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents.Escalation;

/// <summary>Does what is due for an incident. Works inside the caller's transaction, on an incident taken for change.</summary>
internal sealed class TimerFiring(
    Escalator escalator,
    IncidentClocks clocks,
    IncidentTimeline timeline,
    IEnumerable<ITimerListener> listeners,
    IMediator mediator)
{
    public async Task FireAsync(IncidentRow incident, long nowMs, CancellationToken cancellationToken)
    {
        // Read again under the incident's lock: an acknowledgement may have stopped it since it was found due. Missed clocks come
        // before calls: after an outage a call would stop the clock that was missed.
        var due = incident.Timers.Where(timer => timer.DueAtMs <= nowMs).OrderBy(timer => IncidentClocks.KindOf(timer.Kind) is null).ThenBy(timer => timer.DueAtMs).ToList();
        foreach (var timer in due)
        {
            // What fired before it may have stopped or moved it.
            if (timer.DueAtMs is { } at && at <= nowMs)
            {
                timer.DueAtMs = null;
                await FireAsync(incident, timer.Kind, at, nowMs, cancellationToken);
            }
        }
    }

    private async Task FireAsync(IncidentRow incident, IncidentTimer timer, long dueMs, long nowMs, CancellationToken cancellationToken)
    {
        switch (timer)
        {
            case IncidentTimer.Escalation:
                await escalator.FireAsync(incident, nowMs, cancellationToken);
                clocks.Arm(incident, nowMs);
                await mediator.Publish(new IncidentChanged(incident.Id, IncidentChangeKind.Escalated, nowMs), cancellationToken);
                break;
            case IncidentTimer.AcknowledgementExpiry:
                await ExpireAsync(incident, nowMs, cancellationToken);
                break;
            case IncidentTimer.Snooze:
                await WakeAsync(incident, nowMs, cancellationToken);
                break;
            case IncidentTimer.UpdateReminder:
                await RemindAsync(incident, nowMs, cancellationToken);
                break;
            case IncidentTimer.PostMortem or IncidentTimer.Impact:
                foreach (var listener in listeners)
                {
                    await listener.FireAsync(incident, timer, nowMs, cancellationToken);
                }

                break;
            case IncidentTimer.Respond or IncidentTimer.SupportRespond or IncidentTimer.Triage or IncidentTimer.Escalate or IncidentTimer.Communicate or IncidentTimer.Resolve:
                await MissAsync(incident, IncidentClocks.KindOf(timer)!.Value, dueMs, nowMs, cancellationToken);
                break;
        }
    }

    private async Task ExpireAsync(IncidentRow incident, long nowMs, CancellationToken cancellationToken)
    {
        timeline.Append(incident.Id, TimelineKind.Acknowledgement, $"The acknowledgement of {incident.AcknowledgedBy} counts no longer: nothing followed it", null, nowMs);
        (incident.AcknowledgedBy, incident.AcknowledgedById) = (null, null);
        await escalator.RestartAsync(incident, nowMs, cancellationToken);
        clocks.Arm(incident, nowMs);
        await mediator.Publish(new IncidentChanged(incident.Id, IncidentChangeKind.AcknowledgementExpired, nowMs), cancellationToken);
    }

    private async Task WakeAsync(IncidentRow incident, long nowMs, CancellationToken cancellationToken)
    {
        timeline.Append(incident.Id, TimelineKind.Snooze, "The snooze is over: it is to be taken again", null, nowMs);
        (incident.AcknowledgedBy, incident.AcknowledgedById) = (null, null);
        await escalator.RestartAsync(incident, nowMs, cancellationToken);
        clocks.Arm(incident, nowMs);
        await mediator.Publish(new IncidentChanged(incident.Id, IncidentChangeKind.Woken, nowMs), cancellationToken);
    }

    private async Task RemindAsync(IncidentRow incident, long nowMs, CancellationToken cancellationToken)
    {
        if (clocks.Of(incident).FirstOrDefault(clock => clock.Term.Kind == ClockKind.Communicate)?.DueMs is not { } due)
        {
            return;
        }

        timeline.Append(incident.Id, TimelineKind.Clock, $"The next update is due at {Words.Clock(due)}", null, nowMs);
        var writer = Holder(incident, IncidentRole.Communications) ?? Holder(incident, IncidentRole.Lead) ?? (incident.AcknowledgedById is { Length: > 0 } id ? id : null);
        await mediator.Publish(new UpdateDueSoon(incident.Id, incident.Title, writer, IncidentClocks.LevelOf(incident).IsUrgent, due, nowMs), cancellationToken);
    }

    private static string? Holder(IncidentRow incident, IncidentRole role) =>
        incident.Roles.Find(row => row.Role == role)?.PersonId is { Length: > 0 } id ? id : null;

    private async Task MissAsync(IncidentRow incident, ClockKind kind, long dueMs, long nowMs, CancellationToken cancellationToken)
    {
        var clock = clocks.Of(incident).FirstOrDefault(clock => clock.Term.Kind == kind);
        if (clock is null || clock.StoppedMs is not null || clock.DueMs is not { } due || due > nowMs)
        {
            clocks.Arm(incident, nowMs);
            return;
        }

        var times = 1;
        if (kind == ClockKind.Communicate)
        {
            // Those affected wait for the next word as well: the clock begins again at the missed instant.
            times = ++incident.MissedUpdates;
            incident.CommunicatedAtMs = nowMs;
        }
        else
        {
            IncidentClocks.MarkTold(incident, kind);
        }

        await escalator.CallManagerAsync(incident, clock.Term, times, nowMs, cancellationToken);
        clocks.Arm(incident, nowMs);
        await mediator.Publish(
            new ClockBreached(incident.Id, incident.Title, incident.Platform, incident.Severity, kind, clock.Term.Span.ToString(), times, dueMs, nowMs),
            cancellationToken);
    }
}

/// <summary>Parts of the feature that keep timers of their own on an incident.</summary>
internal interface ITimerListener
{
    Task FireAsync(IncidentRow incident, IncidentTimer timer, long nowMs, CancellationToken cancellationToken);
}
