using OpsDashboard.Application.Catalog;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Import;

/// <summary>A whole catalog on its way into the store, already checked.</summary>
internal sealed record ImportContent
{
    public required CatalogContent Catalog { get; init; }

    public required IReadOnlyList<SloDefinition> Slos { get; init; }

    /// <summary>Stands in the revisions it makes.</summary>
    public required string Reason { get; init; }

    public required string Author { get; init; }
}

/// <summary>What an import did, or would do.</summary>
/// <param name="Kept">Objectives a user edited, which a shipped catalog does not overwrite.</param>
public sealed record ImportSummary(int Added, int Changed, int Unchanged, int Kept);
