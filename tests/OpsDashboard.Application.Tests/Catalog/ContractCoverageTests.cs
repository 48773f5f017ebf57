using System.Globalization;
using System.Text.RegularExpressions;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Tests.Catalog;

/// <summary>Every figure of the two contracts' sections in scope is an objective, or is listed with a reason; and says what the contract says.</summary>
public sealed partial class ContractCoverageTests
{
    private static readonly IReadOnlyList<ShippedCatalog> Catalogs = ShippedCatalogs.Load();

    public static TheoryData<string> Contracts => ["mlops", "agent-mesh"];

    [Theory]
    [MemberData(nameof(Contracts))]
    public void EveryQuote_StandsInTheContractWordForWord(string contract)
    {
        var lines = LinesOf(contract);
        foreach (var clause in ClausesOf(contract))
        {
            var parts = clause.Section.Split(" / ");
            Assert.True(
                lines.Any(l => l.Contains(clause.Quote, StringComparison.Ordinal)
                    && (clause.Quote.Length > 16 || IsHeading(parts[^1]) || parts[^1..].Concat(parts[^2..]).Any(p => l.Contains(p, StringComparison.Ordinal)))),
                $"{clause.Section}: {clause.Quote}");
            Assert.All(parts, p => Assert.True(IsHeading(p) || lines.Any(l => l.Contains(p, StringComparison.Ordinal)), $"{clause.Section}: {p}"));
        }
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void EveryObjective_HasAClause(string contract)
        => Assert.All(Catalogs.Single(c => c.Name == contract).Slos, s => Assert.NotEmpty(s.Clauses));

    [Theory]
    [MemberData(nameof(Contracts))]
    public void EveryFigureInScope_IsQuoted(string contract)
    {
        var quotes = ClausesOf(contract).ToList();
        foreach (var line in InScope(contract))
        {
            var figures = line.StartsWith('|') ? line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)[1..] : [line];
            foreach (var figure in figures.Where(f => f.Any(char.IsAsciiDigit)))
            {
                Assert.True(
                    quotes.Any(c => line.Contains(c.Quote, StringComparison.Ordinal) && (figures.Length == 1 || c.Quote == figure || line.Contains("% of monthly fee", StringComparison.Ordinal))),
                    $"{contract}: nothing quotes \"{figure}\" of: {line}");
            }
        }
    }

    [Fact]
    public void WhatIsNotMeasurable_SaysWhy()
    {
        var entries = Catalogs.SelectMany(c => c.NotMeasurable).ToList();

        Assert.Equal(7, entries.Count);
        Assert.All(entries, e => Assert.True(e.Reason.Length > 30 && e.Clause.Document.Length > 0));
    }

    /// <summary>Figure by figure: the clause's words, the objective they became, and its numbers.</summary>
    public static TheoryData<string, string, string, string> Figures
    {
        get
        {
            var data = new TheoryData<string, string, string, string>();
            foreach (var row in ContractFigures.Rows)
            {
                data.Add(row.Quote, row.Id, row.Target, row.Condition);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Figures))]
    public void Figure_OfTheContract_IsTheObjectivesFigure(string quote, string id, string target, string condition)
    {
        var slo = Catalogs.SelectMany(c => c.Slos).Single(s => s.Id == id);

        Assert.Contains(slo.Clauses, c => c.Quote == quote);
        Assert.Equal(decimal.Parse(target, CultureInfo.InvariantCulture), slo.Target);
        Assert.Equal(condition, slo.Threshold is { } t ? $"{Sign(t.Op)} {t.Limit.ToString(CultureInfo.InvariantCulture)} {slo.Unit}" : "");
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void TableOfFigures_HoldsEveryObjective(string contract)
        => Assert.Equal(
            Catalogs.Single(c => c.Name == contract).Slos.Select(s => s.Id).Order(StringComparer.Ordinal),
            ContractFigures.Rows.Select(r => r.Id).Where(i => i.StartsWith(contract + "/", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void EndpointTable_IsFifteenObjectivesWithTheirPercentiles()
    {
        var rows = LinesOf("agent-mesh").Where(l => l.StartsWith('|') && l.Contains("ms |", StringComparison.Ordinal)).ToList();
        var slos = Catalogs.Single(c => c.Name == "agent-mesh").Slos;

        Assert.Equal(5, rows.Count);
        foreach (var cells in rows.Select(r => r.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            foreach (var (percentile, cell) in new[] { 50, 95, 99 }.Zip(cells[1..]))
            {
                var slo = slos.Single(s => s.Clauses.Any(c => c.Section == $"1.2 Performance SLOs / API Response Time / {cells[0]} / p{percentile}"));
                Assert.Equal((percentile, percentile / 100m), (slo.Percentile, slo.Target));
                Assert.Equal(new Threshold(Comparison.LessThan, decimal.Parse(Digits().Match(cell).Value, CultureInfo.InvariantCulture)), slo.Threshold);
            }
        }
    }

    private static IEnumerable<Clause> ClausesOf(string contract)
    {
        var catalog = Catalogs.Single(c => c.Name == contract);
        return catalog.Slos.SelectMany(s => s.Clauses).Concat(catalog.NotMeasurable.Select(n => n.Clause));
    }

    // Titles of parts and columns that the copied lines name in another form.
    private static bool IsHeading(string part) => part is "Measurement" or "Throughput" or "SLA Credits (Enterprise)"
        || part.StartsWith("10.1", StringComparison.Ordinal);

    private static IEnumerable<string> InScope(string contract)
    {
        var lines = LinesOf(contract);
        if (contract == "mlops")
        {
            return lines.Where(l => !l.StartsWith('#'));
        }

        // Sections 2, 3 and 6 are copied for the disagreements only.
        var section = "";
        return lines.Where(l => !l.StartsWith("| Endpoint Category", StringComparison.Ordinal)).Where(l =>
        {
            section = l.StartsWith("### ", StringComparison.Ordinal) ? l[4..] : section;
            return !l.StartsWith('#') && (section.StartsWith("1.", StringComparison.Ordinal) || section.StartsWith("10.1", StringComparison.Ordinal));
        });
    }

    private static string[] LinesOf(string contract)
    {
        using var stream = typeof(ContractCoverageTests).Assembly.GetManifestResourceStream($"contracts/{contract}.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Sign(Comparison op) => op switch
    {
        Comparison.LessThan => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.GreaterThan => ">",
        Comparison.GreaterOrEqual => ">=",
    };

    [GeneratedRegex("[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Digits();
}
