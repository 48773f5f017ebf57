using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.StatusPages;

namespace OpsDashboard.Application.StatusPages;

/// <summary>Incidents that have a public update, in the words of the status page.</summary>
internal sealed class PublishedIncidents(PublicIncidents incidents, TimeProvider time)
{
    /// <summary>Those that were open at some time since, newest first.</summary>
    public Task<IReadOnlyList<StatusIncident>> SinceAsync(long fromMs, CancellationToken cancellationToken) =>
        BetweenAsync(Instants.ToInstant(fromMs), Instants.ToInstant(time.NowMs() + 1), cancellationToken);

    /// <summary>Those that touch [from, to), newest first.</summary>
    public async Task<IReadOnlyList<StatusIncident>> BetweenAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        [.. (await incidents.ListAsync(null, from, to, cancellationToken)).Where(incident => incident.Updates.Count > 0).Select(Describe)];

    public async Task<StatusIncident?> FindAsync(long id, CancellationToken cancellationToken) =>
        await incidents.FindAsync(id, cancellationToken) is { Updates.Count: > 0 } found ? Describe(found) : null;

    private static StatusIncident Describe(PublicIncident incident) => new()
    {
        Id = incident.Id,
        Title = incident.Title,
        State = StateOf(incident.Status),
        // A page needs to know whose incident it is, also where none of its services is named.
        Effects = incident.Services.Count == 0
            ? [new StatusEffect(incident.Platform, null, ComponentState.Operational)]
            : [.. incident.Services.Select(service => new StatusEffect(service.Path.Split('/')[0], service.Path.Contains('/', StringComparison.Ordinal) ? service.Path : null, StateOf(service.Impact)))],
        Updates = [.. incident.Updates.Select(update => new StatusUpdate(update.Id, StateOf(update.Status), update.Text, update.At))],
        StartedAt = incident.StartedAt,
        ResolvedAt = incident.ResolvedAt,
    };

    private static StatusIncidentState StateOf(PublicStatus status) => status switch
    {
        PublicStatus.Investigating => StatusIncidentState.Investigating,
        PublicStatus.Identified => StatusIncidentState.Identified,
        PublicStatus.Monitoring => StatusIncidentState.Monitoring,
        PublicStatus.Resolved => StatusIncidentState.Resolved,
    };

    private static ComponentState StateOf(ServiceImpact impact) => impact switch
    {
        ServiceImpact.None => ComponentState.Operational,
        ServiceImpact.Degraded => ComponentState.DegradedPerformance,
        ServiceImpact.PartialOutage => ComponentState.PartialOutage,
        ServiceImpact.MajorOutage => ComponentState.MajorOutage,
    };
}
