using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Incidents;

/// <summary>The two contracts' severities with every clock they name, each figure under its clause.</summary>
public static class ShippedScales
{
    public const string MlopsDocument = "Production SLAs and Success Criteria";
    public const string AgentMeshDocument = "SLA Playbook & Enterprise Hardening";

    private static readonly string[] Words = ["Critical", "High", "Medium", "Low"];

    /// <summary>Production SLAs and Success Criteria: escalation times, and a response time for critical alerts.</summary>
    public static SeverityScale Mlops { get; } = new("mlops",
    [
        new("P0", Words[0], 0, ["Platform completely down", "Data breach or security incident", "Compliance violation"],
        [
            new(ClockKind.Respond, new(5, ClockUnit.Minutes), new(MlopsDocument, "3. Operational Success Criteria / Monitoring and Observability / Alert Response", "95% of critical alerts acknowledged within 5 minutes")),
            Escalation(0, new(15, ClockUnit.Minutes), "Escalation: Immediate (0-15 minutes)"),
        ]),
        new("P1", Words[1], 1, ["Significant performance degradation", "Major feature unavailable", "Data quality issues affecting multiple models"],
            [Escalation(1, new(1, ClockUnit.Hours), "Escalation: Within 1 hour")]),
        new("P2", Words[2], 2, ["Minor performance issues", "Single feature or model affected", "Non-critical bugs"],
            [Escalation(2, new(4, ClockUnit.Hours), "Escalation: Within 4 hours")]),
        new("P3", Words[3], 3, ["Enhancement requests", "Documentation issues", "Minor UI problems"],
            [Escalation(3, new(24, ClockUnit.Hours), "Escalation: Within 24 hours")]),
    ]);

    /// <summary>SLA Playbook: response, resolution and communication; triage for the worst; and the support response by tier beside them.</summary>
    public static SeverityScale AgentMesh { get; } = new("agent-mesh",
    [
        Mesh(0, ["Platform completely unavailable", "Data loss or corruption", "Security breach"],
            (new(15, ClockUnit.Minutes), "15 minutes"),
            (new(4, ClockUnit.Hours), "4 hours"),
            (new(30, ClockUnit.Minutes), "Every 30 minutes"),
            (new(4, ClockUnit.Hours), "4 hours"),
            (new(1, ClockUnit.Hours), "1 hour")),
        Mesh(1, ["Major feature unavailable", "Significant performance degradation"],
            (new(1, ClockUnit.Hours), "1 hour"),
            (new(24, ClockUnit.Hours), "24 hours"),
            (new(2, ClockUnit.Hours), "Every 2 hours"),
            (new(8, ClockUnit.Hours), "8 hours"),
            (new(4, ClockUnit.Hours), "4 hours")),
        Mesh(2, ["Minor feature unavailable", "Workaround available"],
            (new(4, ClockUnit.Hours), "4 hours"),
            (new(72, ClockUnit.Hours), "72 hours"),
            (new(1, ClockUnit.Days), "Daily"),
            (new(1, ClockUnit.BusinessDays), "1 business day"),
            (new(8, ClockUnit.Hours), "8 hours")),
        Mesh(3, ["Cosmetic issues", "Documentation errors"],
            (new(1, ClockUnit.BusinessDays), "1 business day"),
            (new(2, ClockUnit.Weeks), "2 weeks"),
            (new(1, ClockUnit.Weeks), "Weekly"),
            (new(2, ClockUnit.BusinessDays), "2 business days"),
            (new(1, ClockUnit.BusinessDays), "1 business day")),
    ]);

    /// <summary>Four severities without a clock: for platforms whose contract the product does not know.</summary>
    public static SeverityScale Plain(string platform) =>
        new(platform, [.. Words.Select((word, rank) => new SeverityLevel($"P{rank}", word, rank, [], []))]);

    public static SeverityScale For(string platform) => platform switch
    {
        "mlops" => Mlops,
        "agent-mesh" => AgentMesh,
        _ => Plain(platform),
    };

    private static ClockTerm Escalation(int rank, ClockSpan span, string quote) =>
        new(ClockKind.Escalate, span, new(MlopsDocument, $"Escalation Procedures / 1. Technical Escalations / P{rank} ({Words[rank]})", quote));

    private static SeverityLevel Mesh(
        int rank,
        IReadOnlyList<string> means,
        (ClockSpan Span, string Quote) respond,
        (ClockSpan Span, string Quote) resolve,
        (ClockSpan Span, string Quote) communicate,
        (ClockSpan Span, string Quote) professional,
        (ClockSpan Span, string Quote) enterprise)
    {
        var section = $"2.1 Severity Levels / Severity {rank + 1} ({Words[rank]})";
        var clocks = new List<ClockTerm>
        {
            new(ClockKind.Respond, respond.Span, new(AgentMeshDocument, $"{section} / Response Time", respond.Quote)),
            new(ClockKind.Communicate, communicate.Span, new(AgentMeshDocument, $"{section} / Communication", communicate.Quote)),
            new(ClockKind.Resolve, resolve.Span, new(AgentMeshDocument, $"{section} / Resolution Target", resolve.Quote)),
            Support("Professional", professional),
            Support("Enterprise", enterprise),
        };
        if (rank == 0)
        {
            clocks.Insert(1, new(ClockKind.Triage, new(15, ClockUnit.Minutes), new(AgentMeshDocument, "2.2 Incident Lifecycle / 2. Triage", "within 15 min for Sev 1")));
        }

        return new($"Sev {rank + 1}", Words[rank], rank, means, clocks);

        ClockTerm Support(string tier, (ClockSpan Span, string Quote) term) =>
            new(ClockKind.SupportRespond, term.Span, new(AgentMeshDocument, $"9.1 Response Times / {tier} / Sev {rank + 1}", term.Quote), tier);
    }
}
