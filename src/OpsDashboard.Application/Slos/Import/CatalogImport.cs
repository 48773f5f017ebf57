using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Evaluation;
using OpsDashboard.Application.Slos.Revisions;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Import;

/// <summary>
/// Brings a catalog into the store, inside the caller's transaction. Loading the same again changes nothing; a newer text makes
/// new revisions, but not of objectives a user has edited.
/// </summary>
internal sealed class CatalogImport(OpsDbContext db, CatalogStore catalog)
{
    /// <summary>History from before an objective was defined is judged by its first revision.</summary>
    private const long FromTheBeginning = 0;

    public async Task<ImportSummary> ApplyAsync(ImportContent content, long nowMs, CancellationToken cancellationToken)
    {
        await catalog.PutAsync(content.Catalog, nowMs, cancellationToken);
        var (summary, changed) = await PutSlosAsync(content, nowMs, cancellationToken);
        if (changed.Count > 0)
        {
            db.Add(new ChangeRow
            {
                Topic = Evaluator.ObjectivesTopic,
                Detail = Encoding.UTF8.GetBytes(string.Join('\n', changed)),
                AtMs = nowMs,
            });
        }

        await db.SaveChangesAsync(cancellationToken);
        return summary;
    }

    private async Task<(ImportSummary Summary, List<string> Changed)> PutSlosAsync(
        ImportContent content,
        long nowMs,
        CancellationToken cancellationToken)
    {
        var known = await db.Set<SloRow>().Include(row => row.Revisions).AsSplitQuery()
            .ToDictionaryAsync(row => row.Path, StringComparer.Ordinal, cancellationToken);
        var changed = new List<string>();
        int added = 0, updated = 0, unchanged = 0, kept = 0;
        foreach (var slo in content.Slos)
        {
            var definition = JsonSerializer.Serialize(slo, StoreJson.Options);
            var hash = Hash(definition);
            if (!known.TryGetValue(slo.Id, out var row))
            {
                db.Add(NewSlo(content, slo, definition, hash, nowMs));
                changed.Add(slo.Id);
                added++;
                continue;
            }

            var newest = row.Revisions.MaxBy(revision => revision.Version)!;
            if (IsSame(row, newest, definition, content.Catalog.ByUser, nowMs) || (!content.Catalog.ByUser && row.OriginHash == hash))
            {
                unchanged++;
            }
            else if (!content.Catalog.ByUser && newest.ByUser)
            {
                // Remembered, so that the same catalog is not weighed again; the user's figure stays in force.
                row.OriginHash = hash;
                kept++;
            }
            else
            {
                row.Version++;
                row.OriginHash = content.Catalog.ByUser ? row.OriginHash : hash;
                row.Revisions.Add(NewRevision(content, row.Version, nowMs, definition, nowMs));
                changed.Add(slo.Id);
                updated++;
            }
        }

        return (new ImportSummary(added, updated, unchanged, kept), changed);
    }

    /// <summary>
    /// Whether an objective already says what is brought. A person who brings what is in force today does not mean to cancel an edit
    /// that is still to come.
    /// </summary>
    internal static bool IsSame(SloRow row, SloRevisionRow newest, string definition, bool byUser, long nowMs) =>
        StoreJson.AreEqual(newest.Definition, definition) || (byUser && StoreJson.AreEqual(row.InForceAt(nowMs).Definition, definition));

    private static SloRow NewSlo(ImportContent content, SloDefinition slo, string definition, string hash, long nowMs)
    {
        var row = new SloRow
        {
            Path = slo.Id,
            Platform = slo.Platform,
            Service = slo.Service,
            Version = 1,
            Origin = content.Catalog.Origin,
            OriginHash = hash,
            CreatedAtMs = nowMs,
        };
        row.Revisions.Add(NewRevision(content, 1, FromTheBeginning, definition, nowMs));
        return row;
    }

    private static SloRevisionRow NewRevision(ImportContent content, int version, long effectiveFromMs, string definition, long nowMs) => new()
    {
        Version = version,
        EffectiveFromMs = effectiveFromMs,
        Definition = definition,
        Reason = content.Reason,
        Author = content.Author,
        ByUser = content.Catalog.ByUser,
        CreatedAtMs = nowMs,
    };

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
