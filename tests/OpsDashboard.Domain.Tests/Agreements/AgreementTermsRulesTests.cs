using OpsDashboard.Domain.Agreements;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Tests.Agreements;

public sealed class AgreementTermsRulesTests
{
    [Fact]
    public void Templates_Shipped_AreSoundAndQuoteTheirClauses() => Assert.All(AgreementTemplates.All, template =>
    {
        Assert.Empty(AgreementTermsRules.Check(template.Terms));
        Assert.Equal(72 * 3600, template.Terms.Exclusions!.NoticeSeconds);
        Assert.Contains(template.Terms.Clauses, clause => clause.Section.Contains($"/ {template.Terms.Tier} /", StringComparison.Ordinal));
        Assert.Equal(template.Id == "enterprise" ? 3 : 0, template.Terms.Credits.Count);
    });

    [Fact]
    public void Terms_WrongInManyPlaces_AreToldAllAtOnce()
    {
        var terms = Month.Enterprise with { Slos = [], Target = 1m, MonthlyFee = -1.005m, Currency = "usd", Exclusions = new(ExclusionMode.Removed, -1, -1), Credits = [new(0.9999m, 0.5m, 10)] };

        Assert.Equal(
            ["/slos", "/target", "/monthlyFee", "/monthlyFee", "/currency", "/exclusions/capPerMonthSeconds", "/exclusions/noticeSeconds", "/credits"],
            AgreementTermsRules.Check(terms).Select(fault => fault.Pointer));
    }

    [Fact]
    public void Credits_ForAKeptPromiseOrFallingWithTheUptime_AreRefused()
    {
        Assert.Equal("credits.belowTarget", Assert.Single(AgreementTermsRules.Check(Month.Enterprise with { Target = 0.999m })).Rule);
        Assert.Equal("credits.order", Assert.Single(AgreementTermsRules.Check(Month.Enterprise with { Credits = [new(0.9999m, 0.9m, 50), new(0.9m, 0m, 10)] })).Rule);
    }

    [Fact]
    public void Credit_OfAFraction_GoesToTheCustomer() => Assert.Equal(0.13m, (Month.Enterprise with { MonthlyFee = 1.25m }).CreditAmount(10));
}
