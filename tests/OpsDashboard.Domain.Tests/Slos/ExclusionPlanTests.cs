using FsCheck;
using FsCheck.Fluent;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Domain.Tests.Slos;

public sealed class ExclusionPlanTests
{
    private static readonly int June = TimeIndex.MinuteOf(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());
    private static readonly WindowSpan Quarter = new(June, June + (91 * 1440));

    private static readonly Arbitrary<PlannedMaintenance[]> Windows =
        (from start in Gen.Choose(0, 91 * 86400)
         from length in Gen.Choose(-60, 40_000)
         from notice in Gen.Choose(-3600, 200_000)
         let startMs = TimeIndex.StartOfMinute(June) + (start * 1000L)
         select new PlannedMaintenance(startMs, startMs + (length * 1000L), startMs - (notice * 1000L))).ArrayOf().ToArbitrary();

    private static readonly Arbitrary<MaintenanceTerms> Terms =
        (from mode in Gen.Elements(Enum.GetValues<ExclusionMode>())
         from cap in Gen.Elements<long?>(null, 0, 3600, 14400, 14459)
         from notice in Gen.Elements(0L, 3600L, 72 * 3600L)
         select new MaintenanceTerms(mode, cap, notice)).ToArbitrary();

    [Fact]
    public void Of_AnyWindows_NeverForgivesBeyondTheCapOfAMonth() =>
        Prop.ForAll(Terms, Windows, (terms, windows) =>
        {
            var forgiven = MinutesOf(ExclusionPlan.Of(terms, windows, Quarter).Forgiven);
            foreach (var month in forgiven.GroupBy(m => WindowSpan.MonthOf(m).Start))
            {
                Assert.True(month.Count() * 60L <= (terms.CapPerMonthSeconds ?? long.MaxValue));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_AnyWindows_ForgivesOnlyWholeAnnouncedMinutesAndSplitsThePlannedOnes() =>
        Prop.ForAll(Terms, Windows, (terms, windows) =>
        {
            var plan = ExclusionPlan.Of(terms, windows, Quarter);
            bool Inside(PlannedMaintenance w, int m) => w.Start <= TimeIndex.StartOfMinute(m) && w.End >= TimeIndex.StartOfMinute(m + 1);
            var planned = windows.SelectMany(w => Enumerable.Range(TimeIndex.MinuteOf(w.Start), 700).Where(m => m < Quarter.End && Inside(w, m)));
            var forgiven = MinutesOf(plan.Forgiven);

            Assert.Equal(planned.ToHashSet(), forgiven.Concat(MinutesOf(plan.Unforgiven)).ToHashSet());
            Assert.Empty(forgiven.Intersect(MinutesOf(plan.Unforgiven)));
            Assert.All(forgiven, m => Assert.Contains(windows, w => Inside(w, m) && w.Start - w.AnnouncedAt >= terms.NoticeSeconds * 1000 || terms.NoticeSeconds == 0));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_AWindowOverTheTurnOfAMonth_UsesBothCaps()
    {
        var midnight = TimeIndex.StartOfMinute(June + (30 * 1440));
        var window = new PlannedMaintenance(midnight - 7_200_000, midnight + 7_200_000, 0);
        var plan = ExclusionPlan.Of(new MaintenanceTerms(ExclusionMode.Removed, 3600, 0), [window], Quarter);

        var turn = June + (30 * 1440);
        Assert.Equal([new WindowSpan(turn - 120, turn - 60), new WindowSpan(turn, turn + 60)], plan.Forgiven);
        Assert.Equal([new WindowSpan(turn - 60, turn), new WindowSpan(turn + 60, turn + 120)], plan.Unforgiven);
    }

    [Theory]
    [InlineData(72 * 3600, true)]
    [InlineData((72 * 3600) - 1, false)]
    public void Of_AWindowAnnouncedLate_IsNotForgiven(int noticeSeconds, bool forgiven)
    {
        var start = TimeIndex.StartOfMinute(June + 1440);
        var window = new PlannedMaintenance(start, start + 3_600_000, start - (noticeSeconds * 1000L));
        var plan = ExclusionPlan.Of(new MaintenanceTerms(ExclusionMode.Removed, null, 72 * 3600), [window], Quarter);

        Assert.Equal(forgiven ? 1 : 0, plan.Forgiven.Count);
        Assert.Equal(forgiven ? 0 : 1, plan.Unforgiven.Count);
    }

    [Fact]
    public void Change_OnSilentMinutes_CountsForgivenAsUpAndOthersAsDown()
    {
        var start = TimeIndex.StartOfMinute(June);
        var terms = new MaintenanceTerms(ExclusionMode.CountedAsUp, 3600, 0);
        var plan = ExclusionPlan.Of(terms, [new PlannedMaintenance(start, start + 7_200_000, 0)], Quarter);

        var change = plan.Change(BudgetingMethod.Timeslices, June, June + 1440, June + 119, _ => default(SloTally));

        Assert.Equal(new SloTally(60, 119, 119, 59 * 60_000), change);
        Assert.Equal((60, 0), (plan.ForgivenMinutes(June, June + 1440), plan.RemovedMinutes(June, June + 1440)));
    }

    [Fact]
    public void Of_ATermlessObjective_KnowsNoMaintenance() =>
        Assert.True(ExclusionPlan.Of(null, [new PlannedMaintenance(0, long.MaxValue / 2, 0)], Quarter).IsEmpty);

    private static HashSet<int> MinutesOf(IReadOnlyList<WindowSpan> spans) =>
        [.. spans.SelectMany(s => Enumerable.Range(s.Start, s.Minutes))];
}
