using OpsDashboard.Application.Catalog.OpenSlo;

namespace OpsDashboard.Application.Slos.Import;

/// <summary>What an import did, or would do.</summary>
public sealed record OpenSloImport
{
    /// <summary>Nothing was changed: this is what an import would do.</summary>
    public required bool DryRun { get; init; }

    public required int Added { get; init; }

    public required int Changed { get; init; }

    public required int Unchanged { get; init; }

    /// <summary>Services, indicators, data sources and objectives, each by id.</summary>
    public required IReadOnlyList<ImportedObject> Objects { get; init; }

    /// <summary>What is valid and taken another way here, or not judged, with the reason.</summary>
    public required IReadOnlyList<OpenSloFault> Notices { get; init; }
}

public enum ImportedKind
{
    Service,
    DataSource,
    Sli,
    Slo,
}

public enum ImportChange
{
    Added,
    Changed,
    Unchanged,
}

/// <param name="Fields">What differs; only where it changed.</param>
public sealed record ImportedObject(ImportedKind Kind, string Id, string Name, ImportChange Change, IReadOnlyList<ImportedField> Fields);

/// <param name="Before">As JSON, cut after 120 characters; "null" where there was nothing.</param>
public sealed record ImportedField(string Field, string Before, string After);
