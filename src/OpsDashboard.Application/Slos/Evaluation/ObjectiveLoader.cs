using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Evaluation;

/// <summary>Reads objectives with their revisions, and the series each one reads.</summary>
internal static class ObjectiveLoader
{
    /// <param name="paths">Null: all of them.</param>
    public static async Task<List<Objective>> LoadObjectivesAsync(
        this OpsDbContext db,
        SeriesDirectory directory,
        IReadOnlyCollection<string>? paths,
        CancellationToken cancellationToken)
    {
        var rows = db.Set<SloRow>().AsNoTracking().Include(row => row.Revisions).AsQueryable();
        if (paths is not null)
        {
            rows = rows.Where(row => paths.Contains(row.Path));
        }

        // An objective may arrive before the notice of its new series.
        await directory.LoadAsync(cancellationToken);
        var objectives = new List<Objective>();
        foreach (var row in await rows.AsSplitQuery().ToListAsync(cancellationToken))
        {
            var revisions = row.Revisions
                .OrderBy(revision => revision.Version)
                .Select(revision => new Revision(revision.Version, revision.EffectiveFromMs, Read(revision)))
                .ToList();
            var series = directory.TryFind(revisions[^1].Definition.SliId, out var found)
                ? found
                : throw new InvalidDataException($"Objective {row.Path} reads {revisions[^1].Definition.SliId}, which is not defined.");
            objectives.Add(new Objective(row.Id, series.Id, revisions));
        }

        await RestoreAlertsAsync(db, objectives, cancellationToken);
        return objectives;
    }

    private static async Task RestoreAlertsAsync(OpsDbContext db, List<Objective> objectives, CancellationToken cancellationToken)
    {
        var byId = objectives.ToDictionary(objective => objective.SloId);
        var open = await db.Set<BurnAlertRow>().AsNoTracking()
            .Where(alert => alert.UntilMs == null)
            .Select(alert => new { alert.Id, alert.SloId, alert.Rule })
            .ToListAsync(cancellationToken);
        foreach (var alert in open)
        {
            if (byId.TryGetValue(alert.SloId, out var objective))
            {
                objective.OpenAlerts[alert.Rule] = alert.Id;
            }
        }
    }

    private static SloDefinition Read(SloRevisionRow revision) =>
        JsonSerializer.Deserialize<SloDefinition>(revision.Definition, StoreJson.Options)
        ?? throw new InvalidDataException($"Revision {revision.Version} of objective {revision.SloId} is empty.");
}
