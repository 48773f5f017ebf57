using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Domain.Tests.Incidents;

public sealed class IncidentRulesTests
{
    [Theory]
    [InlineData(IncidentPhase.Detection, IncidentPhase.Triage, true)]
    [InlineData(IncidentPhase.Detection, IncidentPhase.Resolution, true)]
    [InlineData(IncidentPhase.Mitigation, IncidentPhase.Investigation, true)]
    [InlineData(IncidentPhase.Resolution, IncidentPhase.PostMortem, true)]
    [InlineData(IncidentPhase.Triage, IncidentPhase.Triage, false)]
    [InlineData(IncidentPhase.Investigation, IncidentPhase.Triage, false)]
    [InlineData(IncidentPhase.Mitigation, IncidentPhase.PostMortem, false)]
    [InlineData(IncidentPhase.Resolution, IncidentPhase.Investigation, false)]
    [InlineData(IncidentPhase.PostMortem, IncidentPhase.Resolution, false)]
    public void Lifecycle_Step_IsAllowedOrNot(IncidentPhase from, IncidentPhase to, bool allowed) => Assert.Equal(allowed, IncidentLifecycle.Allows(from, to));

    [Fact]
    public void Milestones_OutOfOrder_AreAllToldAtOnce()
    {
        var times = new IncidentMilestones { StartedMs = 1_000, DetectedMs = 900, AcknowledgedMs = 2_000, MitigatedMs = 1_500, ResolvedMs = 50_000 };

        Assert.Equal(["/detected", "/mitigated", "/resolved"], times.Faults(nowMs: 3_000).Select(fault => fault.Pointer));
        Assert.Empty((times with { DetectedMs = 1_000, MitigatedMs = null, ResolvedMs = 2_000 }).Faults(3_000));
        Assert.Empty((times with { DetectedMs = 1_000, AcknowledgedMs = null, MitigatedMs = null, ResolvedMs = 3_000 + IncidentMilestones.ToleranceMs }).Faults(3_000));
    }

    [Fact]
    public void MeanTimes_OverIncidents_LeaveOutWhatHasNotHappened()
    {
        var means = MeanTimes.Of(
        [
            new() { StartedMs = 0, DetectedMs = 1_000, AcknowledgedMs = 3_000, ResolvedMs = 10_000 },
            new() { StartedMs = 0, DetectedMs = 3_000 },
        ]);

        Assert.Equal(new MeanTimes(2, 2_000, 2_000, null, 10_000), means);
        Assert.Equal(new MeanTimes(0, null, null, null, null), MeanTimes.Of([]));
    }

    [Fact]
    public void Scales_Shipped_HaveEveryClockOfTheContracts()
    {
        string Clocks(SeverityScale scale) => string.Join(" | ", scale.Levels.Select(level =>
            $"{level.Name}: {string.Join(", ", level.Clocks.Where(term => term.Tier is null).Select(term => $"{term.Kind} {term.Span}"))}"));

        Assert.Equal("P0: Respond 5 minutes, Escalate 15 minutes | P1: Escalate 1 hour | P2: Escalate 4 hours | P3: Escalate 24 hours", Clocks(ShippedScales.Mlops));
        Assert.Equal(
            "Sev 1: Respond 15 minutes, Triage 15 minutes, Communicate 30 minutes, Resolve 4 hours | "
            + "Sev 2: Respond 1 hour, Communicate 2 hours, Resolve 24 hours | "
            + "Sev 3: Respond 4 hours, Communicate 1 day, Resolve 72 hours | "
            + "Sev 4: Respond 1 business day, Communicate 1 week, Resolve 2 weeks",
            Clocks(ShippedScales.AgentMesh));
        Assert.Equal(new ClockSpan(1, ClockUnit.Hours), ShippedScales.AgentMesh.Get("sev1").Term(ClockKind.SupportRespond, "Enterprise")!.Span);
        Assert.Null(ShippedScales.AgentMesh.Get("Sev 1").Term(ClockKind.SupportRespond));
        Assert.True(ShippedScales.AgentMesh.Get("Sev 2").IsUrgent);
        Assert.False(ShippedScales.Mlops.Get("P2").IsUrgent);
    }
}
