using OpsDashboard.Domain.Contracts;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Tests.Contracts;

public sealed class ContractCheckTests
{
    private static readonly ContractFigure Uptime = Figure("slo:shop/checkout/uptime", FigureRole.Uptime, 0.999m, FigureUnit.Fraction) with
    {
        HigherIsStricter = true,
        Credits = [new CreditBand(0.999m, 0.99m, 10), new CreditBand(0.99m, 0m, 25)],
    };

    [Theory]
    [InlineData(2_592, 0)] // Exactly the budget of 30 days at 99.9 %: it fits.
    [InlineData(2_593, 1)]
    public void Recovery_ComparedWithTheBudget_BreaksOnlyWhatItExceeds(int seconds, int findings) =>
        Assert.Equal(findings, ContractCheck.Run([Uptime, Figure("slo:shop/data/rto", FigureRole.Recovery, seconds)]).Count(finding => finding.Rule == ContractRule.RecoveryBreaksUptime));

    [Fact]
    public void Recovery_ThatEarnsACredit_SaysWhich()
    {
        var finding = Assert.Single(ContractCheck.Run([Uptime, Figure("slo:shop/data/rto", FigureRole.Recovery, 30_000)]));
        Assert.Equal(FindingKind.Contradiction, finding.Kind);
        Assert.Contains("98.8426 %. That is a 25 % credit", finding.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Recovery_OfOneTier_SaysNothingOfAnother() => Assert.Empty(ContractCheck.Run(
        [Uptime with { Tier = "Enterprise" }, Figure("slo:shop/data/rto", FigureRole.Recovery, 9_000) with { Tier = "Free" }]));

    [Fact]
    public void Objective_LooserThanItsAgreement_IsFound()
    {
        var agreement = Figure("agreement:a", FigureRole.Agreement, 0.9995m, FigureUnit.Fraction) with { HigherIsStricter = true, Of = ["shop/checkout/uptime"] };
        Assert.Equal(ContractRule.ObjectiveLooserThanAgreement, Assert.Single(ContractCheck.Run([Uptime, agreement])).Rule);
        Assert.Empty(ContractCheck.Run([Uptime with { Value = 0.9995m }, agreement]));
    }

    [Fact]
    public void Paging_AboveRollback_ContradictsAndBelowOnlyDiffers()
    {
        var rollback = Figure("rollback:errors", FigureRole.Rollback, 0.10m, FigureUnit.Fraction) with { Measure = "Error rate" };
        var paging = Figure("rule:errors", FigureRole.Paging, 0.12m, FigureUnit.Fraction) with { Measure = "Error rate" };
        Assert.Contains(ContractCheck.Run([rollback, paging]), finding => finding is { Rule: ContractRule.PagingAboveRollback, Kind: FindingKind.Contradiction });

        var difference = Assert.Single(ContractCheck.Run([rollback, paging with { Value = 0.05m }]));
        Assert.Equal((ContractRule.DifferentNumbers, FindingKind.Difference), (difference.Rule, difference.Kind));
        Assert.Empty(ContractCheck.Run([rollback, paging with { Value = 0.10m }]));
    }

    [Fact]
    public void Tiers_Differ_WithoutBeingADifference()
    {
        var free = Figure("a", FigureRole.Target, 4) with { Measure = "m", Tier = "Free" };
        var paid = Figure("b", FigureRole.Target, 1) with { Measure = "m", Tier = "Paid" };
        Assert.Empty(ContractCheck.Run([free, paid]));
        Assert.Empty(ContractCheck.Run([free, paid, Figure("c", FigureRole.Target, 1) with { Measure = "m" }]));
        Assert.Contains("Both are promised", Assert.Single(ContractCheck.Run([free, paid, Figure("c", FigureRole.Target, 2) with { Measure = "m" }])).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2_592, 30, "exact only in a month of 30 days")]
    [InlineData(2_630, 5, "365.25 / 12 days")]
    [InlineData(3_600, 5, "fits no month")]
    public void PrintedDowntime_IsSetAgainstRealMonths(int seconds, int precision, string words)
    {
        var printed = Figure("figure:downtime", FigureRole.PrintedDowntime, seconds) with { Of = [Uptime.Id], PrecisionSeconds = precision };
        Assert.Contains(words, Assert.Single(ContractCheck.Run([Uptime, printed])).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Maintenance_AboveTheCap_ContradictsOnOnePlatformAndDiffersAcrossTwo()
    {
        var planned = Figure("figure:windows", FigureRole.PlannedMaintenance, 57_600) with { Upper = 72_000 };
        var cap = Figure("cap:a", FigureRole.MaintenanceCap, 14_400);
        Assert.Equal(FindingKind.Contradiction, Assert.Single(ContractCheck.Run([planned, cap])).Kind);
        Assert.Equal(FindingKind.Difference, Assert.Single(ContractCheck.Run([planned, cap with { Platform = "other" }])).Kind);
        Assert.Empty(ContractCheck.Run([planned, cap with { Value = 72_000 }]));
    }

    [Theory]
    [InlineData(12_960, "3 h 36 min")]
    [InlineData(259.2, "4 min 19 s")]
    [InlineData(0.25, "250 ms")]
    [InlineData(0, "0 s")]
    public void Duration_IsSaidInItsTwoLargestUnits(decimal seconds, string text) => Assert.Equal(text, FigureText.Duration(seconds));

    private static ContractFigure Figure(string id, FigureRole role, decimal value, FigureUnit unit = FigureUnit.Seconds) => new()
    {
        Id = id,
        Platform = "shop",
        Role = role,
        Measure = $"sli:{id}",
        Name = id,
        Unit = unit,
        Value = value,
        Standing = Standing.Promise,
    };
}
