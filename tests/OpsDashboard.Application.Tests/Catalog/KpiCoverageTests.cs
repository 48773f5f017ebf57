using OpsDashboard.Application.Catalog;
using OpsDashboard.Domain.Kpis;

namespace OpsDashboard.Application.Tests.Catalog;

/// <summary>Every success criterion and KPI of the contracts is a KPI, and quotes its clause word for word.</summary>
public sealed class KpiCoverageTests
{
    private static readonly IReadOnlyList<ShippedCatalog> Catalogs = ShippedCatalogs.Load();

    public static TheoryData<string> Contracts => ["mlops", "agent-mesh"];

    [Theory]
    [MemberData(nameof(Contracts))]
    public void EveryQuote_StandsInTheContractWordForWord(string contract)
    {
        var text = string.Join('\n', LinesOf(contract));
        // Two sections lie outside of the copied text.
        var quoted = KpisOf(contract).SelectMany(kpi => kpi.Clauses).Where(clause => !clause.Section.StartsWith("Measurement and Monitoring", StringComparison.Ordinal));
        Assert.All(quoted, clause => Assert.Contains(clause.Quote, text, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void EveryCriterion_IsQuoted(string contract)
    {
        var quotes = KpisOf(contract).SelectMany(kpi => kpi.Clauses).Select(clause => clause.Quote).ToList();
        var section = "";
        foreach (var line in LinesOf(contract))
        {
            section = line.StartsWith("### ", StringComparison.Ordinal) ? line : section;
            // Of the others only single lines became KPIs.
            if (line.TrimStart().StartsWith("- ", StringComparison.Ordinal) && (contract == "mlops" || section.Contains("10.1", StringComparison.Ordinal) || section.Contains("8.2", StringComparison.Ordinal)))
            {
                Assert.Contains(quotes, quote => line.Contains(quote, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void Kpis_Shipped_AreWhole()
    {
        var kpis = Catalogs.SelectMany(catalog => catalog.Kpis).ToList();
        var slos = Catalogs.SelectMany(catalog => catalog.Slos).Select(slo => slo.Id).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(107, kpis.Count);
        Assert.Equal(kpis.Count, kpis.Select(kpi => kpi.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(kpis, ShippedCatalogs.LoadKpis(), (one, other) => one!.Id == other!.Id && one.Aim == other.Aim && one.Clauses[0] == other.Clauses[0]);
        Assert.All(kpis, kpi =>
        {
            Assert.NotEmpty(kpi.Clauses);
            Assert.True(kpi.Computed is null || kpi.Cadence == KpiCadence.Monthly, kpi.Id);
            Assert.All(kpi.Computed?.Slos ?? [], slo => Assert.Contains(slo, slos));
            Assert.True(kpi.Computed is null || KpiFormulas.Say(kpi.Computed).Length > 30, kpi.Id);
        });
        Assert.All(Enum.GetValues<KpiBlock>(), block => Assert.True(kpis.Count(kpi => kpi.Block == block) >= 5));
    }

    [Theory]
    [InlineData("mlops-models-deployed", ">= 50", 6, KpiChange.None)]
    [InlineData("mlops-api-calls", ">= 1000000", 3, KpiChange.None)]
    [InlineData("mlops-features-used", ">= 100", 4, KpiChange.None)]
    [InlineData("mlops-roi", ">= 3", 18, KpiChange.None)]
    [InlineData("mlops-deployment-speed", ">= 0.9", null, KpiChange.Reduction)]
    [InlineData("mlops-development-productivity", ">= 3", null, KpiChange.Factor)]
    [InlineData("mlops-model-accuracy", ">= 0.15", null, KpiChange.Increase)]
    [InlineData("mlops-cost-per-prediction", "< 0.001", null, KpiChange.None)]
    [InlineData("mlops-nps", "> 70", null, KpiChange.None)]
    [InlineData("mlops-compliance-violations", "<= 0", null, KpiChange.None)]
    [InlineData("agent-mesh-mttr", "< 60", null, KpiChange.None)]
    [InlineData("agent-mesh-change-failure-rate", "< 0.05", null, KpiChange.None)]
    public void Figure_OfTheContract_IsTheKpisTarget(string id, string target, int? within, KpiChange change)
    {
        var kpi = Catalogs.SelectMany(catalog => catalog.Kpis).Single(one => one.Id == id);
        var sign = kpi.Aim.Comparison switch
        {
            Domain.Slos.Comparison.LessThan => "<",
            Domain.Slos.Comparison.LessOrEqual => "<=",
            Domain.Slos.Comparison.GreaterThan => ">",
            Domain.Slos.Comparison.GreaterOrEqual => ">=",
        };

        Assert.Equal(target, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{sign} {kpi.Aim.Limit}"));
        Assert.Equal((within, change), (kpi.WithinMonths, kpi.Change));
    }

    private static IEnumerable<KpiDefinition> KpisOf(string contract) => Catalogs.Single(catalog => catalog.Name == contract).Kpis;

    private static string[] LinesOf(string contract)
    {
        using var stream = typeof(KpiCoverageTests).Assembly.GetManifestResourceStream($"contracts/kpis-{contract}.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
