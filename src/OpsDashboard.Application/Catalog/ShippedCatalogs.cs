using OpsDashboard.Application.Catalog.OpenSlo;
using OpsDashboard.Application.Catalog.OpenSlo.Mapping;
using OpsDashboard.Application.Catalog.OpenSlo.Reading;
using OpsDashboard.Application.Catalog.OpenSlo.Yaml;
using OpsDashboard.Domain.Kpis;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Catalog;

/// <summary>A catalog that comes with the product: a contract as objectives.</summary>
public sealed record ShippedCatalog
{
    /// <summary>Also the name of its folder: mlops, agent-mesh or self.</summary>
    public required string Name { get; init; }

    /// <summary>Grows with every change of meaning.</summary>
    public required int Version { get; init; }

    public required string Title { get; init; }

    /// <summary>Title of the contract; null for what no contract asks for.</summary>
    public string? ContractTitle { get; init; }

    public required IReadOnlyList<ServiceDefinition> Services { get; init; }

    public required IReadOnlyList<SliDefinition> Slis { get; init; }

    public required IReadOnlyList<DataSourceDefinition> DataSources { get; init; }

    public required IReadOnlyList<SloDefinition> Slos { get; init; }

    public required IReadOnlyList<NotMeasurable> NotMeasurable { get; init; }

    public required IReadOnlyList<KpiDefinition> Kpis { get; init; }

    public required IReadOnlyList<OpenSloDocument> Documents { get; init; }
}

/// <summary>A figure of a contract that no objective can watch.</summary>
public sealed record NotMeasurable(Clause Clause, string Reason);

/// <summary>Reads the catalogs out of the assembly.</summary>
public static class ShippedCatalogs
{
    private const string Prefix = "shipped/";
    private const string Header = "catalog.yaml";
    private const string Rest = "not-measurable.yaml";
    private const string KpiFile = "kpis.yaml";
    private const string FigureFile = "figures.yaml";

    /// <summary>All catalogs, by name. Reads them anew at every call.</summary>
    /// <exception cref="InvalidOperationException">A shipped file is faulty; the message names every fault.</exception>
    public static IReadOnlyList<ShippedCatalog> Load()
        => [.. Files().GroupBy(f => f.Name.Split('/')[0], StringComparer.Ordinal).Select(g => Load(g.Key, [.. g]))];

    /// <summary>The KPIs alone, which takes a tenth of the time.</summary>
    /// <exception cref="InvalidOperationException">A shipped file is faulty; the message names every fault.</exception>
    public static IReadOnlyList<KpiDefinition> LoadKpis() => [.. LoadEach(KpiFile, KpiReading.Read).SelectMany(kpis => kpis)];

    /// <summary>What each contract says about its figures, for those who set them against each other.</summary>
    /// <exception cref="InvalidOperationException">A shipped file is faulty; the message names every fault.</exception>
    public static IReadOnlyList<ShippedFigures> LoadFigures() => LoadEach(FigureFile, FigureReading.Read);

    private static List<T> LoadEach<T>(string kind, Func<Fields, string, string, T> read)
    {
        var sink = new FaultSink();
        var files = Files().Where(f => f.Name.Split('/')[^1] == Header || f.Name.EndsWith($"/{kind}", StringComparison.Ordinal)).ToDictionary(f => f.Name, StringComparer.Ordinal);
        var found = files.Values.Where(f => f.Name.EndsWith($"/{kind}", StringComparison.Ordinal)).Select(file =>
        {
            var name = file.Name.Split('/')[0];
            return read(Fields(file, sink), name, Fields(files[$"{name}/{Header}"], sink).Text("document") ?? string.Empty);
        }).ToList();
        Refuse(sink.Faults);
        return found;
    }

    private static IEnumerable<OpenSloFile> Files()
    {
        var assembly = typeof(ShippedCatalogs).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Select(n => n.Replace('\\', '/')).Order(StringComparer.Ordinal))
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal))
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                yield return new OpenSloFile(name[Prefix.Length..], reader.ReadToEnd());
            }
        }
    }

    private static ShippedCatalog Load(string name, List<OpenSloFile> files)
    {
        var sink = new FaultSink();
        var header = Fields(files.Single(f => f.Name == $"{name}/{Header}"), sink);
        var documentTitle = header.Text("document");
        var catalog = new ShippedCatalog
        {
            Name = header.Text("name", "the catalog's name") ?? name,
            Version = (int)(header.Number("version", "a whole number", v => v >= 1, required: true) ?? 1),
            Title = header.Text("title", "a title") ?? name,
            ContractTitle = documentTitle,
            NotMeasurable = NotMeasurable(Fields(files.Single(f => f.Name == $"{name}/{Rest}"), sink), documentTitle),
            Kpis = files.SingleOrDefault(f => f.Name == $"{name}/{KpiFile}") is { } kpis ? KpiReading.Read(Fields(kpis, sink), name, documentTitle ?? string.Empty) : [],
            Services = [],
            Slis = [],
            DataSources = [],
            Slos = [],
            Documents = [],
        };
        header.RefuseOthers();
        Refuse(sink.Faults);

        var reading = OpenSloReader.Read([.. files.Where(f => f.Name.Split('/')[^1] is not (Header or Rest or KpiFile or FigureFile))]);
        Refuse(reading.Faults);
        var mapped = OpenSloMapping.ToDefinitions(reading.Documents);
        Refuse(mapped.Faults);
        return catalog with
        {
            Services = mapped.Services,
            Slis = mapped.Slis,
            DataSources = mapped.DataSources,
            Slos = mapped.Slos,
            Documents = reading.Documents,
        };
    }

    private static Fields Fields(OpenSloFile file, FaultSink sink)
        => OpenSlo.Reading.Fields.Of(YamlTree.Parse(file.Text, 1)!, file.Name, string.Empty, sink)
            ?? throw new InvalidOperationException(string.Join('\n', sink.Faults));

    private static List<NotMeasurable> NotMeasurable(Fields fields, string? document)
    {
        var entries = new List<NotMeasurable>();
        foreach (var entry in fields.List("notMeasurable").Select(fields.Item).OfType<Fields>())
        {
            entries.Add(new NotMeasurable(
                new Clause(
                    document ?? string.Empty,
                    entry.Text("section", "the section of the clause") ?? string.Empty,
                    entry.Text("quote", "the quoted figure") ?? string.Empty),
                entry.Text("reason", "why it cannot be measured") ?? string.Empty));
            entry.RefuseOthers();
        }

        fields.RefuseOthers();
        return entries;
    }

    private static void Refuse(IReadOnlyList<OpenSloFault> faults)
    {
        if (faults.Count > 0)
        {
            throw new InvalidOperationException("A shipped catalog is faulty:\n" + string.Join('\n', faults));
        }
    }
}

/// <summary>The shipped catalogs, read once for all who look at them.</summary>
public sealed class ShippedCatalogShelf
{
    private readonly Lazy<IReadOnlyList<ShippedCatalog>> catalogs = new(ShippedCatalogs.Load);

    public IReadOnlyList<ShippedCatalog> Catalogs => catalogs.Value;
}
