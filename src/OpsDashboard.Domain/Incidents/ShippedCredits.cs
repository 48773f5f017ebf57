using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Incidents;

/// <param name="Table">Percent of the month's fee by the month's uptime.</param>
public sealed record CreditTerms(ServiceCredits Table, Clause Clause);

/// <summary>Which objectives earn their customers a credit when a month misses them.</summary>
public static class ShippedCredits
{
    private static readonly CreditTerms Enterprise = new(
        new ServiceCredits([new(0.9999m, 0.999m, 10), new(0.999m, 0.99m, 25), new(0.99m, 0m, 50)]),
        new Clause(ShippedScales.AgentMeshDocument, "1.1 Availability SLOs / SLA Credits (Enterprise)", "< 99.99% but ≥ 99.9% | 10% of monthly fee"));

    /// <summary>Only the Enterprise tier's monthly uptime of the agent mesh earns credits.</summary>
    public static CreditTerms? For(string platform, string? tier, bool isMonthly) =>
        platform == "agent-mesh" && isMonthly && string.Equals(tier, "Enterprise", StringComparison.OrdinalIgnoreCase) ? Enterprise : null;
}
