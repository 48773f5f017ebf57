using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Catalog.OpenSlo;
using OpsDashboard.Application.Catalog.OpenSlo.Mapping;

namespace OpsDashboard.Application.Slos.Import;

/// <summary>An import that may be applied: nothing is wrong with it, and what it would change is known.</summary>
internal sealed record ImportPlan
{
    public required IReadOnlyList<ImportedObject> Objects { get; init; }

    public required IReadOnlyList<OpenSloFault> Notices { get; init; }

    public required IReadOnlyList<OpenSloDocument> Documents { get; init; }

    public required OpenSloMapped Mapped { get; init; }

    /// <summary>Without those that are only named and known already.</summary>
    public required IReadOnlyList<ServiceDefinition> Services { get; init; }

    public required IReadOnlyList<SliDefinition> Slis { get; init; }

    public OpenSloImport Tell(bool dryRun) => new()
    {
        DryRun = dryRun,
        Added = Count(ImportChange.Added),
        Changed = Count(ImportChange.Changed),
        Unchanged = Count(ImportChange.Unchanged),
        Objects = Objects,
        Notices = Notices,
    };

    public ImportContent ToContent(string author) => new()
    {
        Catalog = new CatalogContent
        {
            Origin = "import",
            ByUser = true,
            Services = Services,
            Slis = Slis,
            DataSources = Mapped.DataSources,
            Documents = [.. Documents.Select(CatalogDocument.Of)],
        },
        Slos = Mapped.Slos,
        Reason = "OpenSLO import",
        Author = author,
    };

    private int Count(ImportChange change) => Objects.Count(one => one.Change == change);
}
