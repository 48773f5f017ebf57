using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Revisions;

/// <summary>What an objective demanded, and since when.</summary>
internal static class SloRevisions
{
    /// <summary>The objective with all its revisions, not tracked; null where there is none.</summary>
    public static Task<SloRow?> FindSloAsync(this OpsDbContext db, string path, CancellationToken cancellationToken) =>
        db.Set<SloRow>().AsNoTracking().Include(row => row.Revisions).SingleOrDefaultAsync(row => row.Path == path, cancellationToken);

    /// <summary>The newest revision whose date has come; before the first one's date, the first.</summary>
    /// <remarks>A later edit that takes effect earlier supersedes one that was still to come.</remarks>
    public static SloRevisionRow InForceAt(this SloRow slo, long instantMs) =>
        slo.Revisions.Where(revision => revision.EffectiveFromMs <= instantMs).MaxBy(revision => revision.Version)
        ?? slo.Revisions.MinBy(revision => revision.Version)
        ?? throw new InvalidDataException($"Objective {slo.Path} has no revision.");

    public static SloDefinition Read(this SloRevisionRow revision) =>
        JsonSerializer.Deserialize<SloDefinition>(revision.Definition, StoreJson.Options)
        ?? throw new InvalidDataException($"Revision {revision.Version} of objective {revision.SloId} is empty.");
}
