using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Agreements;

/// <summary>Terms a contract offers, to begin an agreement from. Fee and currency are the customer's own.</summary>
/// <param name="Id">Tier in lower case.</param>
public sealed record AgreementTemplate(string Id, string Name, AgreementTerms Terms);

/// <summary>The three tiers of the agent mesh, as its playbook has them.</summary>
public static class AgreementTemplates
{
    private const string Document = "SLA Playbook & Enterprise Hardening";
    private const string Tiers = "1.1 Availability SLOs";
    private const long Notice = 72 * 3600;

    /// <summary>&lt; 99.99 % but ≥ 99.9 %: 10 %; &lt; 99.9 % but ≥ 99.0 %: 25 %; below: 50 %.</summary>
    public static IReadOnlyList<CreditBand> EnterpriseCredits { get; } = [new(0.9999m, 0.999m, 10), new(0.999m, 0.99m, 25), new(0.99m, 0m, 50)];

    public static IReadOnlyList<Clause> EnterpriseCreditClauses { get; } =
    [
        Credit("< 99.99% but ≥ 99.9% | 10% of monthly fee"),
        Credit("< 99.9% but ≥ 99.0% | 25% of monthly fee"),
        Credit("< 99.0% | 50% of monthly fee"),
    ];

    public static IReadOnlyList<AgreementTemplate> All { get; } =
    [
        Tier("Enterprise", "99.99%", 0.9999m, EnterpriseCredits, EnterpriseCreditClauses),
        Tier("Professional", "99.9%", 0.999m, [], []),
        Tier("Free", "99.5%", 0.995m, [], []),
    ];

    public static AgreementTemplate? Find(string id) => All.FirstOrDefault(template => template.Id == id);

    private static AgreementTemplate Tier(string tier, string words, decimal target, IReadOnlyList<CreditBand> credits, IReadOnlyList<Clause> creditClauses)
    {
        var id = tier.ToLowerInvariant();
        return new(id, $"{tier}, {words}", new AgreementTerms
        {
            Tier = tier,
            Slos = [$"agent-mesh/platform/uptime-{id}"],
            Target = target,
            // The contract sets no cap.
            Exclusions = new MaintenanceTerms(ExclusionMode.Removed, CapPerMonthSeconds: null, Notice),
            Credits = credits,
            MonthlyFee = 0,
            Currency = "USD",
            Clauses =
            [
                new Clause(Document, $"{Tiers} / {tier} / Uptime SLO", words),
                new Clause(Document, $"{Tiers} / Measurement", "Calculated monthly from 00:00 UTC on the 1st day"),
                new Clause(Document, $"{Tiers} / Measurement", "Excludes scheduled maintenance (notified 72 hours in advance)"),
                new Clause(Document, $"{Tiers} / Measurement", "Includes all core platform services (API, orchestration, governance, telemetry)"),
                .. creditClauses,
            ],
        });
    }

    private static Clause Credit(string quote) => new(Document, $"{Tiers} / SLA Credits (Enterprise)", quote);
}
