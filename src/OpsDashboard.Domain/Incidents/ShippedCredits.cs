using OpsDashboard.Domain.Agreements;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Incidents;

/// <param name="Table">Percent of the month's fee by the month's uptime.</param>
public sealed record CreditTerms(ServiceCredits Table, Clause Clause);

/// <summary>What a month earns any customer of a tier, as long as no agreement is there that says more.</summary>
public static class ShippedCredits
{
    private static readonly CreditTerms Enterprise = new(new ServiceCredits(AgreementTemplates.EnterpriseCredits), AgreementTemplates.EnterpriseCreditClauses[0]);

    /// <summary>Whether any objective of the platform may earn a credit.</summary>
    public static bool HasTerms(string platform) => platform == "agent-mesh";

    /// <summary>Only the Enterprise tier's monthly uptime of the agent mesh earns credits.</summary>
    public static CreditTerms? For(string platform, string? tier, bool isMonthly) =>
        HasTerms(platform) && isMonthly && string.Equals(tier, "Enterprise", StringComparison.OrdinalIgnoreCase) ? Enterprise : null;
}
