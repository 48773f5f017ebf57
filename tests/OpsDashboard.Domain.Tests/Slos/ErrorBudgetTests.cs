using FsCheck;
using FsCheck.Fluent;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Tests.Slos;

public sealed class ErrorBudgetTests
{
    private static readonly decimal[] Ladder = [0.9m, 0.99m, 0.995m, 0.999m, 0.9995m, 0.9999m];

    private static readonly Arbitrary<(decimal Target, BudgetingMethod Method, SloTally Tally)> Cases =
        (from target in Gen.Elements(Ladder)
         from method in Gen.Elements(Enum.GetValues<BudgetingMethod>())
         from total in Gen.Choose(0, 500_000_000)
         from bad in Gen.OneOf(Gen.Choose(0, total), Gen.Choose(0, total / 1000))
         let unit = Math.Max(1, SloUnits.PerMinute(method) / 1000)
         select (target, method, new SloTally((total - bad) * unit, total * unit, 0, 0))).ToArbitrary();

    [Fact]
    public void Of_AnyTally_ConsumedAndRemainingMakeTheTotal() =>
        Prop.ForAll(Cases, c =>
        {
            var budget = ErrorBudget.Of(c.Target, c.Method, c.Tally);

            Assert.Equal(budget.Total, budget.Consumed + budget.Remaining);
            Assert.True(budget.Consumed >= 0 && budget.Total >= 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_ARollingWindow_IsOverspentExactlyWhenTheSliIsBelowTheTarget() =>
        Prop.ForAll(Cases, c =>
        {
            var budget = ErrorBudget.Of(c.Target, c.Method, c.Tally);

            Assert.Equal(c.Tally.Good < c.Target * c.Tally.Total, budget.IsOverspent);
            Assert.Equal(Burn.Exceeds(c.Target, c.Tally, 1m), budget.IsOverspent);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_TwoAndAHalfBudgetsSpent_RemainsMinusOneAndAHalf()
    {
        var budget = ErrorBudget.Of(0.99m, BudgetingMethod.Occurrences, new SloTally(975, 1000, 0, 0));

        Assert.Equal(new ErrorBudget(BudgetUnit.Events, 10m, 25m, -15m, -1.5m, true), budget);
    }

    [Fact]
    public void Of_AMonthUnderWay_HoldsTheWholeMonthsAllowance()
    {
        var budget = ErrorBudget.Of(0.999m, BudgetingMethod.Timeslices, new SloTally(1430, 1440, 1440, 600_000), futureMinutes: 29 * 1440);

        Assert.Equal((2592m, 600m, 1992m, false), (budget.Total, budget.Consumed, budget.Remaining, budget.IsOverspent));
    }

    [Fact]
    public void Of_NoData_HasNoBudgetAndNoRatio()
    {
        var budget = ErrorBudget.Of(0.999m, BudgetingMethod.Occurrences, default);

        Assert.Equal(new ErrorBudget(BudgetUnit.Events, 0m, 0m, 0m, null, false), budget);
        Assert.Null(Burn.Rate(0.999m, default));
    }

    [Fact]
    public void Exceeds_ExactlyAtTheThreshold_IsNotAbove()
    {
        var atThreshold = new SloTally(10_000 - 144, 10_000, 0, 0);

        Assert.Equal(14.4m, Burn.Rate(0.999m, atThreshold));
        Assert.False(Burn.Exceeds(0.999m, atThreshold, 14.4m));
        Assert.True(Burn.Exceeds(0.999m, new SloTally(10_000 - 145, 10_000, 0, 0), 14.4m));
    }

    [Fact]
    public void Fires_BeforeAFullLongWindowOfHistory_Waits()
    {
        var rule = new BurnAlertRule(AlertSeverity.Page, 60, 5, 14.4m);
        var down = new SloTally(0, 100, 1, 60_000);

        Assert.False(BurnAlertRules.Fires(rule, 0.999m, down, down, 0, hasFullHistory: false));
        Assert.True(BurnAlertRules.Fires(rule, 0.999m, down, down, 0, hasFullHistory: true));
        Assert.False(BurnAlertRules.Fires(rule, 0.999m, down, new SloTally(100, 100, 1, 0), 0, hasFullHistory: true));
    }

    [Fact]
    public void DefaultsFor_LeavesOutWhatCouldNeverFire()
    {
        Assert.Equal([6m, 3m, 1m], BurnAlertRules.DefaultsFor(SloWindow.RollingDays(30), 0.9m).Select(r => r.Threshold));
        Assert.Equal([60, 360], BurnAlertRules.DefaultsFor(SloWindow.RollingDays(1), 0.999m).Select(r => r.LongWindowMinutes));
        Assert.Equal([14.4m, 6m, 3m, 1m], BurnAlertRules.DefaultsFor(SloWindow.CalendarMonth, 0.999m).Select(r => r.Threshold));
    }

    [Fact]
    public void ServiceCredits_WithAGap_AreRefused() =>
        Assert.Throws<ArgumentException>(() => new ServiceCredits([new(0.9999m, 0.999m, 10m), new(0.99m, 0m, 50m)]));
}
