using OpsDashboard.Application.Catalog.OpenSlo.Reading;
using OpsDashboard.Application.Catalog.OpenSlo.Yaml;
using OpsDashboard.Domain.Contracts;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Catalog;

/// <summary>What a shipped contract says about its figures beside the figures themselves.</summary>
/// <param name="Goals">First words of sections whose figures are aimed at; what stands elsewhere is promised.</param>
/// <param name="Measures">Measure by the id of a figure that speaks of it.</param>
/// <param name="Roles">Role by the id of a figure.</param>
/// <param name="Figures">Those that only the contract prints.</param>
public sealed record ShippedFigures(
    string Platform,
    IReadOnlyList<string> Goals,
    IReadOnlyDictionary<string, string> Measures,
    IReadOnlyDictionary<string, FigureRole> Roles,
    IReadOnlyList<ContractFigure> Figures);

/// <summary>Reads a figures.yaml.</summary>
internal static class FigureReading
{
    public static ShippedFigures Read(Fields file, string platform, string document)
    {
        var goals = Texts(file, "goals");
        var measures = file.List("measures").Select(file.Item).OfType<Fields>()
            .SelectMany(entry => Named(entry, entry.Text("measure", "what the figures measure") ?? "")).ToDictionary(StringComparer.Ordinal);
        var roles = file.List("roles").Select(file.Item).OfType<Fields>()
            .SelectMany(entry => Named(entry, Role(entry))).ToDictionary(StringComparer.Ordinal);
        var figures = file.List("figures").Select(file.Item).OfType<Fields>().Select(entry => Figure(entry, platform, document)).ToList();
        file.RefuseOthers();
        return new(platform, goals, measures, roles, figures);
    }

    private static List<KeyValuePair<string, T>> Named<T>(Fields entry, T value)
    {
        var named = Texts(entry, "of").Select(id => KeyValuePair.Create(id, value)).ToList();
        entry.RefuseOthers();
        return named;
    }

    private static ContractFigure Figure(Fields entry, string platform, string document)
    {
        var name = entry.Text("name", "a name") ?? "";
        var figure = new ContractFigure
        {
            Id = $"figure:{platform}/{entry.Text("id", "the figure's id")}",
            Platform = platform,
            Role = Role(entry),
            Measure = entry.Text("measure") ?? name,
            Name = name,
            Tier = entry.Text("tier"),
            Unit = entry.Word("unit", [("seconds", FigureUnit.Seconds), ("fraction", FigureUnit.Fraction), ("number", FigureUnit.Number)], required: true) ?? FigureUnit.Number,
            Value = entry.Number("value", "a number", _ => true, required: true) ?? 0,
            Upper = entry.Number("upper", "a number", _ => true),
            PrecisionSeconds = entry.Number("precisionSeconds", "seconds", seconds => seconds > 0) ?? 0,
            Standing = Standing.Promise,
            Of = Texts(entry, "of"),
            Clause = new Clause(document, entry.Text("section", "the section of the clause") ?? "", entry.Text("quote", "the quoted figure") ?? ""),
        };
        entry.RefuseOthers();
        return figure;
    }

    private static FigureRole Role(Fields entry) => entry.Word("role", [.. Enum.GetValues<FigureRole>().Select(role => (Camel(role.ToString()), role))], required: true) ?? FigureRole.Target;

    private static List<string> Texts(Fields entry, string name) => [.. entry.List(name).Select(item => item.Node).OfType<YamlScalar>().Select(node => node.Text)];

    private static string Camel(string word) => char.ToLowerInvariant(word[0]) + word[1..];
}
