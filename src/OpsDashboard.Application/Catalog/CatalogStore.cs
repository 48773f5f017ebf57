using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog.OpenSlo;
using OpsDashboard.Application.Catalog.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Catalog;

/// <summary>A document in its canonical text, kept for export.</summary>
public sealed record CatalogDocument(string Kind, string Platform, string Name, string Yaml)
{
    public static CatalogDocument Of(OpenSloDocument document) =>
        new(document.Kind.ToString(), document.Platform, document.Metadata.Name, OpenSloWriter.Write([document]));
}

/// <summary>What a catalog or an import brings besides objectives, already checked.</summary>
public sealed record CatalogContent
{
    /// <summary>Name of the shipped catalog, or "import".</summary>
    public required string Origin { get; init; }

    /// <summary>A person brings it: what it says outlives newer shipped catalogs.</summary>
    public required bool ByUser { get; init; }

    public required IReadOnlyList<ServiceDefinition> Services { get; init; }

    public required IReadOnlyList<SliDefinition> Slis { get; init; }

    public required IReadOnlyList<CatalogDocument> Documents { get; init; }

    /// <summary>Where SLIs are read from. What a person set for one that is known stays as it is.</summary>
    public IReadOnlyList<DataSourceDefinition> DataSources { get; init; } = [];
}

/// <summary>Services, SLIs and documents in the store. Saves nothing by itself: the caller's transaction does.</summary>
public sealed class CatalogStore
{
    private readonly OpsDbContext db;

    internal CatalogStore(OpsDbContext db) => this.db = db;

    /// <summary>Adds what is new and updates what changed; the same content again changes nothing.</summary>
    public async Task PutAsync(CatalogContent content, long nowMs, CancellationToken cancellationToken)
    {
        await PutServicesAsync(content, cancellationToken);
        var slisChanged = await PutSlisAsync(content, cancellationToken);
        await PutDocumentsAsync(content, cancellationToken);
        var sourcesChanged = await PutDataSourcesAsync(content, cancellationToken);
        if (slisChanged || sourcesChanged)
        {
            db.Announce(nowMs, ("catalog", "all"));
        }
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
                    EditedByUser = content.ByUser,
                });
                changed = true;
            }
            else if (!StoreJson.AreEqual(row.Definition, definition) && (content.ByUser || !row.EditedByUser))
            {
                (row.Kind, row.Definition, row.EditedByUser) = (sli.Kind, definition, content.ByUser);
                changed = true;
            }
        }

        return changed;
    }

    private async Task<bool> PutDataSourcesAsync(CatalogContent content, CancellationToken cancellationToken)
    {
        var changed = false;
        foreach (var source in content.DataSources)
        {
            var known = await db.FindDataSourceAsync(source.Id, cancellationToken);
            if (known is null || (content.ByUser && known.Definition != source))
            {
                await db.PutDataSourceAsync(source, known?.Settings, cancellationToken);
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

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
