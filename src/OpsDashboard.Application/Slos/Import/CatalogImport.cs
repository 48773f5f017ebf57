using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Catalog.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Evaluation;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Import;

/// <summary>
/// Brings a catalog into the store, inside the caller's transaction. Loading the same again changes nothing; a newer text makes
/// new revisions, but not of objectives a user has edited.
/// </summary>
internal sealed class CatalogImport(OpsDbContext db)
{
    /// <summary>History from before an objective was defined is judged by its first revision.</summary>
    private const long FromTheBeginning = 0;

    public async Task<ImportSummary> ApplyAsync(CatalogContent content, long nowMs, CancellationToken cancellationToken)
    {
        await PutServicesAsync(content, cancellationToken);
        var slisChanged = await PutSlisAsync(content, cancellationToken);
        await PutDocumentsAsync(content, cancellationToken);
        var (summary, changed) = await PutSlosAsync(content, nowMs, cancellationToken);
        if (slisChanged)
        {
            db.Announce(nowMs, ("catalog", "all"));
        }

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

    private async Task PutServicesAsync(CatalogContent content, CancellationToken cancellationToken)
    {
        var known = await db.Set<ServiceRow>().ToDictionaryAsync(row => row.Path, StringComparer.Ordinal, cancellationToken);
        foreach (var service in content.Services)
        {
            if (!known.TryGetValue(service.Id, out var row))
            {
                row = new ServiceRow { Path = service.Id, Platform = service.Platform, Name = service.Name, DisplayName = service.Name };
                known[service.Id] = row;
                db.Add(row);
            }

            row.DisplayName = service.DisplayName ?? service.Name;
            row.Description = service.Description;
        }
    }

    private async Task<bool> PutSlisAsync(CatalogContent content, CancellationToken cancellationToken)
    {
        var known = await db.Set<SliRow>().ToDictionaryAsync(row => row.Path, StringComparer.Ordinal, cancellationToken);
        var changed = false;
        foreach (var sli in content.Slis)
        {
            var definition = JsonSerializer.Serialize(sli, StoreJson.Options);
            if (!known.TryGetValue(sli.Id, out var row))
            {
                db.Add(known[sli.Id] = new SliRow
                {
                    Path = sli.Id,
                    Platform = sli.Platform,
                    Service = sli.Service,
                    Name = sli.Name,
                    Kind = sli.Kind,
                    Definition = definition,
                });
                changed = true;
            }
            else if (row.Definition != definition)
            {
                (row.Kind, row.Definition) = (sli.Kind, definition);
                changed = true;
            }
        }

        return changed;
    }

    private async Task PutDocumentsAsync(CatalogContent content, CancellationToken cancellationToken)
    {
        var known = await db.Set<CatalogDocumentRow>()
            .ToDictionaryAsync(row => (row.Kind, row.Platform, row.Name), cancellationToken);
        foreach (var document in content.Documents)
        {
            var hash = Hash(document.Yaml);
            if (!known.TryGetValue((document.Kind, document.Platform, document.Name), out var row))
            {
                row = new CatalogDocumentRow
                {
                    Kind = document.Kind,
                    Platform = document.Platform,
                    Name = document.Name,
                    Yaml = document.Yaml,
                    Origin = content.Origin,
                    CatalogHash = hash,
                    EditedByUser = content.ByUser,
                };
                db.Add(row);
                known[(document.Kind, document.Platform, document.Name)] = row;
            }
            else if (row.CatalogHash != hash && (content.ByUser || !row.EditedByUser))
            {
                (row.Yaml, row.CatalogHash, row.Origin, row.EditedByUser) = (document.Yaml, hash, content.Origin, content.ByUser);
            }
        }
    }

    private async Task<(ImportSummary Summary, List<string> Changed)> PutSlosAsync(
        CatalogContent content,
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
            if (newest.Definition == definition || (!content.ByUser && row.OriginHash == hash))
            {
                unchanged++;
            }
            else if (!content.ByUser && newest.ByUser)
            {
                // Remembered, so that the same catalog is not weighed again; the user's figure stays in force.
                row.OriginHash = hash;
                kept++;
            }
            else
            {
                row.Version++;
                row.OriginHash = content.ByUser ? row.OriginHash : hash;
                row.Revisions.Add(NewRevision(content, row.Version, nowMs, definition, nowMs));
                changed.Add(slo.Id);
                updated++;
            }
        }

        return (new ImportSummary(added, updated, unchanged, kept), changed);
    }

    private static SloRow NewSlo(CatalogContent content, SloDefinition slo, string definition, string hash, long nowMs)
    {
        var row = new SloRow
        {
            Path = slo.Id,
            Platform = slo.Platform,
            Service = slo.Service,
            Version = 1,
            Origin = content.Origin,
            OriginHash = hash,
            CreatedAtMs = nowMs,
        };
        row.Revisions.Add(NewRevision(content, 1, FromTheBeginning, definition, nowMs));
        return row;
    }

    private static SloRevisionRow NewRevision(CatalogContent content, int version, long effectiveFromMs, string definition, long nowMs) => new()
    {
        Version = version,
        EffectiveFromMs = effectiveFromMs,
        Definition = definition,
        Reason = content.Reason,
        Author = content.Author,
        ByUser = content.ByUser,
        CreatedAtMs = nowMs,
    };

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
