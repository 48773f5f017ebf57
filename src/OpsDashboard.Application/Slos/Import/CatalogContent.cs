using OpsDashboard.Application.Catalog;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Import;

/// <summary>A document in its canonical text, kept for export.</summary>
internal sealed record CatalogDocument(string Kind, string Platform, string Name, string Yaml);

/// <summary>What a catalog or an import brings, already checked.</summary>
internal sealed record CatalogContent
{
    /// <summary>Name of the shipped catalog, or "import".</summary>
    public required string Origin { get; init; }

    /// <summary>Stands in the reason of the revisions it makes.</summary>
    public required string Reason { get; init; }

    /// <summary>A person brings it: its revisions outlive newer shipped catalogs.</summary>
    public required bool ByUser { get; init; }

    public required string Author { get; init; }

    public required IReadOnlyList<ServiceDefinition> Services { get; init; }

    public required IReadOnlyList<SliDefinition> Slis { get; init; }

    public required IReadOnlyList<SloDefinition> Slos { get; init; }

    public required IReadOnlyList<CatalogDocument> Documents { get; init; }
}

/// <summary>What an import did, or would do.</summary>
/// <param name="Kept">Objectives a user edited, which a shipped catalog does not overwrite.</param>
public sealed record ImportSummary(int Added, int Changed, int Unchanged, int Kept);
