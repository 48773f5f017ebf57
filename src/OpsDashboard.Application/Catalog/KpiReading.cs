using System.Globalization;
using OpsDashboard.Application.Catalog.OpenSlo.Reading;
using OpsDashboard.Domain.Kpis;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Catalog;

/// <summary>The KPIs of a shipped catalog.</summary>
internal static class KpiReading
{
    private static readonly (string Sign, Comparison Comparison)[] Signs =
        [("<=", Comparison.LessOrEqual), (">=", Comparison.GreaterOrEqual), ("<", Comparison.LessThan), (">", Comparison.GreaterThan)];

    public static IReadOnlyList<KpiDefinition> Read(Fields file, string platform, string document)
    {
        var kpis = file.List("kpis", "the list of KPIs").Select(file.Item).OfType<Fields>().Select(entry => Kpi(entry, platform, document)).ToList();
        file.RefuseOthers();
        return kpis;
    }

    private static KpiDefinition Kpi(Fields entry, string platform, string document)
    {
        var kpi = new KpiDefinition
        {
            Id = entry.Text("id", "the KPI's id") ?? "",
            Platform = platform,
            Name = entry.Text("name", "a name") ?? "",
            Group = entry.Text("group", "the heading it stands under") ?? "",
            Measures = entry.Text("measures", "what is counted") ?? "",
            MeasuredIn = entry.Word("unit", Words<KpiUnit>(), required: true) ?? KpiUnit.Count,
            Change = entry.Word("change", Words<KpiChange>()) ?? KpiChange.None,
            Aim = Aim(entry),
            WithinMonths = (int?)entry.Number("withinMonths", "months", months => months is >= 1 and <= 120),
            Cadence = entry.Word("cadence", Words<KpiCadence>(), required: true) ?? KpiCadence.Monthly,
            Owner = entry.Text("owner", "a role") ?? "",
            Block = entry.Word("block", Words<KpiBlock>()),
            Computed = entry.Object("computed") is { } computed ? Computation(computed) : null,
            Clauses = entry.Object("clause", "the clause") is { } clause ? [Clause(clause, document)] : [],
        };
        entry.RefuseOthers();
        return kpi;
    }

    private static KpiAim Aim(Fields entry)
    {
        var text = entry.Text("target", "a target, as \">= 50\"");
        if (text is null or "none")
        {
            return new KpiAim(Comparison.GreaterOrEqual, null);
        }

        foreach (var (sign, comparison) in Signs)
        {
            if (text.StartsWith(sign, StringComparison.Ordinal) && decimal.TryParse(text[sign.Length..], NumberStyles.Number, CultureInfo.InvariantCulture, out var limit))
            {
                return new KpiAim(comparison, limit);
            }
        }

        entry.Fault("target", "a sign and a number, as \">= 50\", or none", text);
        return new KpiAim(Comparison.GreaterOrEqual, null);
    }

    private static KpiComputation Computation(Fields computed)
    {
        var formula = computed.Word("formula", Words<KpiFormula>(), required: true) ?? KpiFormula.SloGoodShare;
        var slos = computed.List("slos").Select(item => item.Node).OfType<OpenSlo.Yaml.YamlScalar>().Select(node => node.Text).ToList();
        if (slos.Count != KpiFormulas.Slos(formula))
        {
            computed.Fault("slos", $"{KpiFormulas.Slos(formula)} objectives", $"{slos.Count}");
        }

        computed.RefuseOthers();
        return new KpiComputation(formula, slos);
    }

    private static Clause Clause(Fields clause, string document)
    {
        var read = new Clause(document, clause.Text("section", "the section of the clause") ?? "", clause.Text("quote", "the quoted figure") ?? "");
        clause.RefuseOthers();
        return read;
    }

    private static IReadOnlyList<(string Word, T Value)> Words<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(value => (Camel(value.ToString()), value))];

    private static string Camel(string word) => char.ToLowerInvariant(word[0]) + word[1..];
}
