using FsCheck;
using FsCheck.Fluent;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Domain.Tests.Incidents;

public sealed class EscalationRunTests
{
    private static readonly EscalationPlan Plan = new([0, 300_000, 600_000], Repeats: 1);

    [Fact]
    public void Run_ThroughAllRounds_CallsEveryLevelOnceARoundAndIsExhausted()
    {
        var run = EscalationRun.Start(Plan, 1_000);
        var calls = new List<(int Level, int Cycle, long At)>();
        while (run is { State: EscalationState.Running, DueMs: { } due })
        {
            run = run.Advance(Plan, due);
            if (run.State == EscalationState.Running)
            {
                calls.Add((run.Level, run.Cycle, due));
            }
        }

        Assert.Equal(EscalationState.Exhausted, run.State);
        Assert.Equal(
            [(0, 0, 1_000), (1, 0, 301_000), (2, 0, 901_000), (0, 1, 1_501_000), (1, 1, 1_801_000), (2, 1, 2_401_000)],
            calls);
        Assert.Throws<InvalidOperationException>(() => run.Advance(Plan, 9_000_000));
    }

    [Fact]
    public void Run_LateTimer_WaitsTheFullDelayForTheNext()
    {
        var run = EscalationRun.Start(Plan, 0).Advance(Plan, 7_200_000);

        Assert.Equal(7_500_000, run.DueMs);
    }

    [Fact]
    public void Run_Ended_TakesNothingMore()
    {
        var run = EscalationRun.Start(Plan, 0).End();

        Assert.Throws<InvalidOperationException>(() => run.Acknowledge());
        Assert.Throws<InvalidOperationException>(() => run.EscalateNow(Plan, 0));
        Assert.Throws<InvalidOperationException>(() => run.Advance(Plan, 0));
    }

    [Fact]
    public void Run_WhateverHappens_NeverCallsTheSameLevelOfACycleTwice()
    {
        // 0: timer, 1: escalate now, 2: acknowledge, 3: expire or reopen.
        var steps = Gen.Choose(0, 3).ListOf();
        Prop.ForAll(steps.ToArbitrary(), sequence =>
        {
            var run = EscalationRun.Start(Plan, 0);
            var called = new HashSet<(int, int)>();
            var now = 0L;
            foreach (var step in sequence)
            {
                now += 1_000;
                var before = run;
                run = step switch
                {
                    0 when run.State == EscalationState.Running => run.Advance(Plan, now),
                    1 => run.EscalateNow(Plan, now),
                    2 => run.Acknowledge(),
                    3 => run.Restart(now),
                    _ => run,
                };
                var calls = step is 0 or 1 && run.State == EscalationState.Running && run != before;
                if (calls && !called.Add((run.Level, run.Cycle)))
                {
                    return false;
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }
}
