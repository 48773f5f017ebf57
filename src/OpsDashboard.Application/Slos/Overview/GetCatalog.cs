using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Revisions;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Overview;

/// <summary>What is defined: the catalogs, and the services, indicators and objectives of one platform.</summary>
/// <param name="Platform">Null, or one that does not exist: the first.</param>
public sealed record GetCatalog(string? Platform) : IQuery<CatalogOverview>
{
    public static Access Access => Access.View;
}

public sealed record CatalogOverview
{
    public required IReadOnlyList<CatalogSummary> Catalogs { get; init; }

    public required IReadOnlyList<CatalogPlatform> Platforms { get; init; }

    /// <summary>The platform whose services follow; null while there is none.</summary>
    public required string? Platform { get; init; }

    public required IReadOnlyList<CatalogService> Services { get; init; }
}

/// <summary>A shipped catalog.</summary>
/// <param name="Version">The one in the store.</param>
/// <param name="Slos">Objectives it brought, whatever became of them since.</param>
public sealed record CatalogSummary(
    string Name,
    string Title,
    string? Contract,
    string Version,
    int Slis,
    int Slos,
    IReadOnlyList<NotMeasurable> NotMeasurable);

public sealed record CatalogPlatform(string Name, int Services, int Slis, int Slos);

public sealed record CatalogService
{
    public required ServiceDefinition Definition { get; init; }

    public required IReadOnlyList<SliDefinition> Slis { get; init; }

    public required IReadOnlyList<CatalogSlo> Slos { get; init; }
}

/// <param name="Definition">As it is in force now.</param>
/// <param name="Origin">Name of the shipped catalog it came from, or "import".</param>
/// <param name="ByUser">A person wrote what is in force.</param>
public sealed record CatalogSlo(SloDefinition Definition, int Version, string Origin, bool ByUser);

internal sealed class GetCatalogHandler(OpsDbContext db, ShippedCatalogShelf shelf, TimeProvider time) : IRequestHandler<GetCatalog, Outcome<CatalogOverview>>
{
    public async Task<Outcome<CatalogOverview>> Handle(GetCatalog request, CancellationToken cancellationToken)
    {
        var (services, slis) = await db.ListServicesAndSlisAsync(cancellationToken);
        var counts = await db.Set<SloRow>().AsNoTracking().GroupBy(row => row.Platform)
            .Select(group => new { Platform = group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Platform, group => group.Count, StringComparer.Ordinal, cancellationToken);
        var platforms = services.Select(service => service.Platform).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(platform => new CatalogPlatform(
                platform,
                services.Count(service => service.Platform == platform),
                slis.Count(sli => sli.Platform == platform),
                counts.GetValueOrDefault(platform)))
            .ToList();
        var shown = platforms.Find(platform => platform.Name == request.Platform)?.Name ?? (platforms.Count == 0 ? null : platforms[0].Name);
        var slos = await ReadAsync(shown, cancellationToken);
        return new CatalogOverview
        {
            Catalogs = await CatalogsAsync(cancellationToken),
            Platforms = platforms,
            Platform = shown,
            Services =
            [
                .. services.Where(service => service.Platform == shown).Select(service => new CatalogService
                {
                    Definition = service,
                    Slis = [.. slis.Where(sli => sli.Platform == shown && sli.Service == service.Name)],
                    Slos = [.. slos[service.Name]],
                }),
            ],
        };
    }

    private async Task<ILookup<string, CatalogSlo>> ReadAsync(string? platform, CancellationToken cancellationToken)
    {
        var nowMs = time.NowMs();
        var rows = await db.Set<SloRow>().AsNoTracking().Include(row => row.Revisions).AsSplitQuery()
            .Where(row => row.Platform == platform)
            .OrderBy(row => row.Path)
            .ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.Service, row => ToSlo(row, row.InForceAt(nowMs)), StringComparer.Ordinal);
    }

    private async Task<IReadOnlyList<CatalogSummary>> CatalogsAsync(CancellationToken cancellationToken)
    {
        var versions = await db.Set<SettingRow>().AsNoTracking().Where(row => row.Name.StartsWith("catalog."))
            .ToDictionaryAsync(row => row.Name, row => row.Value, StringComparer.Ordinal, cancellationToken);
        return
        [
            .. shelf.Catalogs.Where(catalog => versions.ContainsKey(VersionName(catalog))).Select(catalog => new CatalogSummary(
                catalog.Name, catalog.Title, catalog.ContractTitle, versions[VersionName(catalog)], catalog.Slis.Count, catalog.Slos.Count, catalog.NotMeasurable)),
        ];
    }

    private static string VersionName(ShippedCatalog catalog) => $"catalog.{catalog.Name}.version";

    private static CatalogSlo ToSlo(SloRow row, SloRevisionRow inForce) => new(inForce.Read(), inForce.Version, row.Origin, inForce.ByUser);
}

internal sealed class TrimCatalog : ITrim<GetCatalog, Outcome<CatalogOverview>>
{
    public Outcome<CatalogOverview> Trim(Outcome<CatalogOverview> response, Scope scope)
    {
        var catalog = response.Value;
        return catalog with
        {
            Platforms = [.. catalog.Platforms.Where(platform => scope.Meets(platform.Name))],
            Services = [.. catalog.Services.Where(service => scope.Covers(service.Definition.Platform, service.Definition.Name))],
        };
    }
}
