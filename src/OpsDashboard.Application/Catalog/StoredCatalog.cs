using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog.OpenSlo;
using OpsDashboard.Application.Catalog.OpenSlo.Mapping;
using OpsDashboard.Application.Catalog.Store;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Catalog;

/// <summary>Everything the catalog holds but the objectives.</summary>
public sealed record StoredCatalog
{
    public required IReadOnlyList<ServiceDefinition> Services { get; init; }

    public required IReadOnlyList<StoredSli> Slis { get; init; }

    public required IReadOnlyList<DataSourceDefinition> DataSources { get; init; }

    /// <summary>Documents as their authors last brought them; what was edited since says something else by now.</summary>
    public required IReadOnlyList<OpenSloDocument> Documents { get; init; }
}

/// <summary>Reads the whole catalog; some thousand rows at the most.</summary>
public static class StoredCatalogReading
{
    internal static async Task<StoredCatalog> ReadCatalogAsync(this OpsDbContext db, CancellationToken cancellationToken)
    {
        var services = await db.Set<ServiceRow>().AsNoTracking().OrderBy(row => row.Path).ToListAsync(cancellationToken);
        var sources = await db.ListDataSourcesAsync(cancellationToken);
        var rows = await db.Set<CatalogDocumentRow>().AsNoTracking()
            .OrderBy(row => row.Id)
            .Select(row => new { row.Kind, row.Platform, row.Name, row.Yaml })
            .ToListAsync(cancellationToken);
        var documents = rows.Select(row => OpenSloReader.ReadWritten(row.Yaml, $"stored {row.Kind} {row.Platform}/{row.Name}")).ToList();
        return new StoredCatalog
        {
            Services = [.. services.Select(ToDefinition)],
            Slis = await db.ListSlisAsync(cancellationToken),
            DataSources = [.. sources.Select(source => DataSourceMapping.WithAddress(source.Definition))],
            Documents = documents,
        };
    }

    /// <summary>By path.</summary>
    internal static async Task<(IReadOnlyList<ServiceDefinition> Services, IReadOnlyList<SliDefinition> Slis)> ListServicesAndSlisAsync(
        this OpsDbContext db,
        CancellationToken cancellationToken)
    {
        var services = await db.Set<ServiceRow>().AsNoTracking().OrderBy(row => row.Path).ToListAsync(cancellationToken);
        var slis = await db.ListSlisAsync(cancellationToken);
        return ([.. services.Select(ToDefinition)], [.. slis.Select(sli => sli.Definition)]);
    }

    private static ServiceDefinition ToDefinition(ServiceRow row) => new()
    {
        Id = row.Path,
        Platform = row.Platform,
        Name = row.Name,
        DisplayName = row.DisplayName == row.Name ? null : row.DisplayName,
        Description = row.Description,
    };
}
