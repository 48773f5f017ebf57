using FluentValidation;
using MediatR;
using OpsDashboard.Application.Incidents.Escalation;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents.Work;

/// <summary>
/// Not now: nobody is called before an instant, and an acknowledgement does not expire before; then the first level is called. The
/// contract's clocks run on: they are promises to others. A worse alert wakes it early.
/// </summary>
public sealed record SnoozeIncident(long IncidentId, DateTimeOffset Until) : ICommand<IncidentSummary>, IAboutIncident
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>What may wait longer is over, or less severe.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    public static Access Access => Access.Respond;
}

internal sealed class SnoozeIncidentValidator : AbstractValidator<SnoozeIncident>
{
    public SnoozeIncidentValidator(TimeProvider time)
    {
        var now = time.GetUtcNow();
        RuleFor(snooze => snooze.Until).GreaterThanOrEqualTo(now + SnoozeIncident.Shortest).WithErrorCode("until.future").WithMessage("At least a minute from now.");
        RuleFor(snooze => snooze.Until).LessThanOrEqualTo(now + SnoozeIncident.Longest).WithErrorCode("until.far").WithMessage($"At most {SnoozeIncident.Longest.TotalHours:0} hours from now.");
    }
}

internal sealed class SnoozeIncidentHandler(IncidentChange change, Escalator escalator, IncidentTimeline timeline, CallerContext caller)
    : IRequestHandler<SnoozeIncident, Outcome<IncidentSummary>>
{
    public Task<Outcome<IncidentSummary>> Handle(SnoozeIncident request, CancellationToken cancellationToken) => change.MakeAsync(
        request.IncidentId,
        IncidentChangeKind.Snoozed,
        async (incident, now) =>
        {
            if (!incident.IsOpen)
            {
                return Failure.Conflict($"It is over since {Words.Clock(incident.ResolvedAtMs!.Value)}.");
            }

            var until = request.Until.ToUnixTimeMilliseconds();
            if (incident.Escalation == EscalationState.Snoozed && incident.SnoozedUntilMs == until)
            {
                return null;
            }

            var words = $"Snoozed until {Words.Instant(until)}";
            UndoableStep.Keep(incident, StepKind.Snoozed, caller.Current.Name, now);
            timeline.Append(incident.Id, TimelineKind.Snooze, words, caller.Current.Name, now);
            await escalator.SnoozeAsync(incident, until, words, now, cancellationToken);
            return null;
        },
        cancellationToken);
}
