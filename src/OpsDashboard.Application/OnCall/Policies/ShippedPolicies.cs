using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.OnCall.Policies;

/// <summary>A policy as a contract asks for it, with the clause.</summary>
internal sealed record ShippedPolicy(
    EscalationPolicy Policy,
    EscalationPath Path,
    IReadOnlyList<PolicyScope> Scopes,
    string? Document,
    string? Section,
    string? Quote,
    int? WithinSeconds);

/// <summary>
/// The escalation paths of both contracts. Addressees are roles: who has them is a matter of the people, and a role nobody has
/// is an empty level, at which the next is paged at once.
/// </summary>
internal static class ShippedPolicies
{
    public const int Version = 1;
    public const string Author = "catalog";

    private const int Minute = 60;
    private const int Hour = 3600;
    private const string Mlops = "mlops";
    private const string Mesh = "agent-mesh";
    private const string TechnicalSection = "Escalation Procedures, 1. Technical Escalations";
    private const string PerformanceSection = "Escalation Procedures, 2. Business Escalations, Performance Issues";
    private const string ComplianceSection = "Escalation Procedures, 2. Business Escalations, Compliance Issues";

    /// <summary>The contract's path, each step with what a fresh store may page for it: whoever is on call, and whoever has the role.</summary>
    private static readonly (string Name, EscalationTarget[] Targets)[] Path =
    [
        ("L1 Support", [EscalationTarget.Rotation("on-call/primary"), EscalationTarget.Role("l1-support")]),
        ("L2 Engineering", [EscalationTarget.Rotation("on-call/secondary"), EscalationTarget.Role("l2-engineering")]),
        ("L3 Architecture", [EscalationTarget.Role("l3-architecture")]),
        ("Management", [EscalationTarget.Role("management")]),
        ("Executive", [EscalationTarget.Role("executive")]),
    ];

    public static IReadOnlyList<ShippedPolicy> All { get; } =
    [
        // The last level is told when the clause's time is over; the first has its five minutes from "Alert Response".
        Technical("mlops-p0", "P0", "P0 (Critical): Escalation: Immediate (0-15 minutes)", 15 * Minute, 0, 5 * Minute, 5 * Minute, 3 * Minute, 2 * Minute),
        Technical("mlops-p1", "P1", "P1 (High): Escalation: Within 1 hour", Hour, 0, 15 * Minute, 15 * Minute, 15 * Minute, 15 * Minute),
        Technical("mlops-p2", "P2", "P2 (Medium): Escalation: Within 4 hours", 4 * Hour, 0, Hour, Hour, Hour, Hour),
        Technical("mlops-p3", "P3", "P3 (Low): Escalation: Within 24 hours", 24 * Hour, 0, 6 * Hour, 6 * Hour, 6 * Hour, 6 * Hour),
        Rotation("agent-mesh-sev-1", "Sev 1", "Severity 1 (Critical): Response Time: 15 minutes", 15 * Minute),
        Rotation("agent-mesh-sev-2", "Sev 2", "Severity 2 (High): Response Time: 1 hour", Hour),
        Rotation("agent-mesh-sev-3", "Sev 3", "Severity 3 (Medium): Response Time: 4 hours", 4 * Hour),
        Rotation("agent-mesh-sev-4", "Sev 4", "Severity 4 (Low): Response Time: 1 business day", 24 * Hour),
        Business("sla-breach", "SLA breach", "SLA Breach: Automatic escalation to operations manager", null, Level("Operations manager", "operations-manager")),
        Business("business-impact", "Business impact", "Business Impact: Escalation to business stakeholders within 1 hour", Hour, Level("Business stakeholders", "business-stakeholders")),
        Business("financial-impact", "Financial impact", "Financial Impact: Escalation to finance and executive team", null, Level("Finance and executive team", "finance", "executive")),
        Business("customer-impact", "Customer impact", "Customer Impact: Escalation to customer success and support teams", null, Level("Customer success and support", "customer-success", "customer-support")),
        Compliance("compliance-minor", "Minor violation", "Minor Violations: 24-hour escalation to compliance team", 24 * Hour, Level("Compliance team", "compliance")),
        Compliance("compliance-major", "Major violation", "Major Violations: Immediate escalation to legal and executive team", 0, Level("Legal and executive team", "legal", "executive")),
        Compliance("compliance-regulatory", "Regulatory inquiry", "Regulatory Inquiry: Immediate escalation to legal and compliance officers", 0, Level("Legal and compliance officers", "legal", "compliance-officer")),
        Compliance("compliance-audit", "Audit finding", "Audit Findings: Escalation to audit committee and board of directors", null, Level("Audit committee and board", "audit-committee", "board")),
        new(PolicyBook.LastResort, EscalationPath.CatchAll, [], null, null, null, null),
    ];

    private static ShippedPolicy Technical(string id, string severity, string quote, int within, params int[] delays) => new(
        new EscalationPolicy
        {
            Id = id,
            Name = $"Technical, {severity}",
            Repeats = 2,
            Levels = [.. Path.Zip(delays, (step, delay) => new EscalationLevel { Name = step.Name, DelaySeconds = delay, Targets = step.Targets })],
        },
        EscalationPath.Technical,
        [new PolicyScope { Platform = Mlops, Severity = severity }],
        Mlops,
        TechnicalSection,
        quote,
        within);

    /// <summary>The mesh's contract names a primary and a secondary on call and the time to respond; above them the same path.</summary>
    private static ShippedPolicy Rotation(string id, string severity, string quote, int respond) => new(
        new EscalationPolicy
        {
            Id = id,
            Name = $"On call, {severity}",
            Repeats = 2,
            Levels =
            [
                new EscalationLevel { Name = "Primary on-call", DelaySeconds = 0, Targets = [EscalationTarget.Rotation("on-call/primary")] },
                new EscalationLevel { Name = "Secondary on-call", DelaySeconds = respond / 3, Targets = [EscalationTarget.Rotation("on-call/secondary")] },
                new EscalationLevel { Name = "Engineering", DelaySeconds = respond / 3, Targets = [EscalationTarget.Role("l2-engineering")] },
                new EscalationLevel { Name = "Management", DelaySeconds = respond / 3, Targets = [EscalationTarget.Role("management")] },
            ],
        },
        EscalationPath.Technical,
        [new PolicyScope { Platform = Mesh, Severity = severity }],
        Mesh,
        "2.1 Severity Levels; 5.3 On-Call Rotation",
        quote,
        respond);

    private static ShippedPolicy Business(string id, string name, string quote, int? within, EscalationLevel level) =>
        new(Single(id, name, level), EscalationPath.Business, [], Mlops, PerformanceSection, quote, within);

    private static ShippedPolicy Compliance(string id, string name, string quote, int? within, EscalationLevel level) =>
        new(Single(id, name, level), EscalationPath.Compliance, [], Mlops, ComplianceSection, quote, within);

    private static EscalationPolicy Single(string id, string name, EscalationLevel level) => new() { Id = id, Name = name, Repeats = 0, Levels = [level] };

    private static EscalationLevel Level(string name, params string[] roles) => new() { Name = name, DelaySeconds = 0, Targets = [.. roles.Select(EscalationTarget.Role)] };
}
