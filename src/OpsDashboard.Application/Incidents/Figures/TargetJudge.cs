using OpsDashboard.Application.Incidents.Clocks;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Incidents.Figures;

/// <summary>What the contracts promise about incidents as a whole, with how it stands.</summary>
internal sealed class TargetJudge(IncidentClocks clocks, long nowMs)
{
    /// <summary>Those whose contract says anything about incidents.</summary>
    public static readonly IReadOnlyList<string> Platforms = ["mlops", "agent-mesh"];

    private const long FiveMinutesMs = 5 * Instants.MinuteMs;

    public IEnumerable<IncidentTarget> Judge(string platform, IReadOnlyList<IncidentRow> incidents)
    {
        var means = MeanTimes.Of([.. incidents.Select(row => row.Milestones)]);
        return platform == "mlops" ? JudgeMlops(incidents, means) : JudgeAgentMesh(incidents, means);
    }

    private IEnumerable<IncidentTarget> JudgeMlops(IReadOnlyList<IncidentRow> incidents, MeanTimes means)
    {
        const string kpi = "1. Technical KPIs / Reliability Metrics / Recovery Metrics";
        yield return Time("mlops", "mttd", "Mean time to detect", means.DetectMs, 300, Mlops(kpi, "Mean Time to Detection: <5 minutes"));
        yield return Time("mlops", "mttr", "Mean time to recovery", means.ResolveMs, 1_800, Mlops(kpi, "Mean Time to Recovery: <30 minutes"));
        yield return new("mlops", "acknowledged", "Critical alerts acknowledged within 5 minutes", AcknowledgedInTime(incidents), 0.95m, "ratio", AtMost: false,
            Mlops("3. Operational Success Criteria / Monitoring and Observability", "95% of critical alerts acknowledged within 5 minutes"));
        yield return new("mlops", "in-time", "Incidents resolved within SLA", WithinSla(incidents), 0.95m, "ratio", AtMost: false, Mlops(kpi, "Incident resolution: 95% within SLA"));
        yield return new("mlops", "critical", "Critical incidents a month", incidents.Count(row => row.SeverityRank == 0), 5, "count", AtMost: true,
            Mlops("1. Technical Success Criteria / Quality Metrics", "<5 critical incidents per month"));
        yield return new("mlops", "proactive", "Detected before a customer reported it", BeforeCustomers(incidents), 0.80m, "ratio", AtMost: false,
            Mlops("3. Operational Success Criteria / Monitoring and Observability", "80% of issues detected before customer impact"));
    }

    private static IEnumerable<IncidentTarget> JudgeAgentMesh(IReadOnlyList<IncidentRow> incidents, MeanTimes means)
    {
        const string section = "10.1 Metrics & KPIs / Platform Health";
        var worst = MeanTimes.Of([.. incidents.Where(row => row.SeverityRank == 0).Select(row => row.Milestones)]);
        yield return Time("agent-mesh", "mttd", "Mean time to detect", means.DetectMs, 300, Mesh(section, "Mean Time to Detect (MTTD): <5 minutes"));
        yield return Time("agent-mesh", "mttr", "Mean time to resolve, Sev 1", worst.ResolveMs, 3_600, Mesh(section, "Mean Time to Resolve (MTTR): <1 hour (Sev 1)"));
    }

    private static IncidentTarget Time(string platform, string id, string name, long? meanMs, decimal limit, Clause clause) =>
        new(platform, id, name, meanMs / 1_000m, limit, "s", AtMost: true, clause);

    /// <summary>Of critical incidents whose five minutes are over, those that were acknowledged within them.</summary>
    private decimal? AcknowledgedInTime(IReadOnlyList<IncidentRow> incidents)
    {
        var judged = incidents.Where(row => row.SeverityRank == 0 && (row.AcknowledgedAtMs is not null || (row.ResolvedAtMs ?? nowMs) - row.DetectedAtMs >= FiveMinutesMs)).ToList();
        return judged.Count == 0 ? null : (decimal)judged.Count(row => row.AcknowledgedAtMs - row.DetectedAtMs <= FiveMinutesMs) / judged.Count;
    }

    /// <summary>What a customer reported was not detected before customers felt it; of the others nothing says that they were.</summary>
    private static decimal? BeforeCustomers(IReadOnlyList<IncidentRow> incidents) =>
        incidents.Count == 0 ? null : (decimal)incidents.Count(row => row.ReporterTier is null) / incidents.Count;

    /// <summary>Of resolved incidents with a clock at all, those that missed none. The contract names no other measure of "within SLA".</summary>
    private decimal? WithinSla(IReadOnlyList<IncidentRow> incidents)
    {
        var judged = incidents.Where(row => row.ResolvedAtMs is not null).Select(row => clocks.Of(row)).Where(own => own.Count > 0).ToList();
        return judged.Count == 0 ? null : (decimal)judged.Count(own => own.All(clock => clock.At(nowMs).State != ClockState.Missed)) / judged.Count;
    }

    private static Clause Mlops(string section, string quote) => new(ShippedScales.MlopsDocument, section, quote);

    private static Clause Mesh(string section, string quote) => new(ShippedScales.AgentMeshDocument, section, quote);
}
