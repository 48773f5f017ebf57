using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Evaluation;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Listing;

/// <summary>What every objective promises now, for features that set the terms of several against each other.</summary>
public sealed class SloDefinitions
{
    private readonly OpsDbContext db;
    private readonly SeriesDirectory directory;
    private readonly TimeProvider time;

    internal SloDefinitions(OpsDbContext db, SeriesDirectory directory, TimeProvider time) => (this.db, this.directory, this.time) = (db, directory, time);

    /// <summary>The version in force of each, by path.</summary>
    public async Task<IReadOnlyList<SloDefinition>> ReadAsync(CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var objectives = await db.LoadObjectivesAsync(directory, null, cancellationToken);
        return [.. objectives.Select(objective => objective.InForceAt(now).Definition).OrderBy(slo => slo.Id, StringComparer.Ordinal)];
    }
}
