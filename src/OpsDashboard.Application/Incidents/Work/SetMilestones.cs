using MediatR;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents.Work;

/// <summary>When things really happened. What the incident has not reached cannot be set, and what it has reached cannot be left out.</summary>
public sealed record SetMilestones : ICommand<IncidentSummary>, IAboutIncident
{
    public static Access Access => Access.Respond;

    public required long IncidentId { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required DateTimeOffset Detected { get; init; }

    public DateTimeOffset? Acknowledged { get; init; }

    public DateTimeOffset? Mitigated { get; init; }

    public DateTimeOffset? Resolved { get; init; }
}

internal sealed class SetMilestonesHandler(IncidentChange change, IncidentTimeline timeline, CallerContext caller) : IRequestHandler<SetMilestones, Outcome<IncidentSummary>>
{
    public Task<Outcome<IncidentSummary>> Handle(SetMilestones request, CancellationToken cancellationToken) => change.ApplyAsync(
        request.IncidentId,
        IncidentChangeKind.MilestonesChanged,
        (incident, now) =>
        {
            var before = incident.Milestones;
            var after = new IncidentMilestones
            {
                StartedMs = request.Started.ToUnixTimeMilliseconds(),
                DetectedMs = request.Detected.ToUnixTimeMilliseconds(),
                AcknowledgedMs = request.Acknowledged?.ToUnixTimeMilliseconds(),
                MitigatedMs = request.Mitigated?.ToUnixTimeMilliseconds(),
                ResolvedMs = request.Resolved?.ToUnixTimeMilliseconds(),
            };
            List<Domain.Fault> faults = [.. after.Faults(now)];
            if (before.ResolvedMs is null != after.ResolvedMs is null)
            {
                faults.Add(new("/resolved", "milestones.reached", before.ResolvedMs is null ? "It is not resolved yet; resolve it first." : "It is resolved; reopen it instead."));
            }

            if (before.AcknowledgedMs is { } && after.AcknowledgedMs is null)
            {
                faults.Add(new("/acknowledged", "milestones.reached", "It was acknowledged; say when."));
            }

            if (faults.Count > 0)
            {
                return Failure.Invalid(faults);
            }

            foreach (var (word, old, changed) in Changed(before, after))
            {
                timeline.Append(incident.Id, TimelineKind.Milestone, $"{word}: {Say(old)} → {Say(changed)}", caller.Current.Name, now);
            }

            Apply(incident, after);
            return null;
        },
        cancellationToken);

    private static void Apply(IncidentRow incident, IncidentMilestones times)
    {
        incident.StartedAtMs = times.StartedMs;
        incident.DetectedAtMs = times.DetectedMs;
        incident.AcknowledgedAtMs = times.AcknowledgedMs;
        incident.MitigatedAtMs = times.MitigatedMs;
        incident.ResolvedAtMs = times.ResolvedMs;
    }

    private static IEnumerable<(string Word, long? Old, long? New)> Changed(IncidentMilestones before, IncidentMilestones after) =>
        new (string Word, long? Old, long? New)[]
        {
            ("Started", before.StartedMs, after.StartedMs),
            ("Detected", before.DetectedMs, after.DetectedMs),
            ("Acknowledged", before.AcknowledgedMs, after.AcknowledgedMs),
            ("Mitigated", before.MitigatedMs, after.MitigatedMs),
            ("Resolved", before.ResolvedMs, after.ResolvedMs),
        }.Where(step => step.Old != step.New);

    private static string Say(long? ms) => ms is { } at ? Words.Instant(at) : "not yet";
}
