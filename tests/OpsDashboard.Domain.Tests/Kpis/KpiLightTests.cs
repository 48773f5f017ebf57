using OpsDashboard.Domain.Kpis;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Tests.Kpis;

public sealed class KpiLightTests
{
    private static readonly DateOnly End = new(2026, 11, 1);

    [Theory]
    // 95 % leaves 5 % open: half of it may be missed.
    [InlineData(Comparison.GreaterOrEqual, 0.95, 0.95, KpiUnit.Ratio, KpiState.OnTarget)]
    [InlineData(Comparison.GreaterOrEqual, 0.95, 0.925, KpiUnit.Ratio, KpiState.AtRisk)]
    [InlineData(Comparison.GreaterOrEqual, 0.95, 0.9249, KpiUnit.Ratio, KpiState.Missed)]
    [InlineData(Comparison.GreaterOrEqual, 1, 0.9999, KpiUnit.Ratio, KpiState.Missed)]
    // Other targets: a tenth.
    [InlineData(Comparison.GreaterOrEqual, 0.5, 0.45, KpiUnit.Ratio, KpiState.AtRisk)]
    [InlineData(Comparison.GreaterOrEqual, 50, 45, KpiUnit.Count, KpiState.AtRisk)]
    [InlineData(Comparison.GreaterOrEqual, 50, 44, KpiUnit.Count, KpiState.Missed)]
    [InlineData(Comparison.LessThan, 30, 29.9, KpiUnit.Minutes, KpiState.OnTarget)]
    [InlineData(Comparison.LessThan, 30, 30, KpiUnit.Minutes, KpiState.AtRisk)]
    [InlineData(Comparison.LessThan, 30, 33, KpiUnit.Minutes, KpiState.AtRisk)]
    [InlineData(Comparison.LessThan, 30, 33.1, KpiUnit.Minutes, KpiState.Missed)]
    [InlineData(Comparison.GreaterThan, 70, 70, KpiUnit.Points, KpiState.AtRisk)]
    // Nothing near zero is near enough.
    [InlineData(Comparison.LessOrEqual, 0, 0, KpiUnit.Count, KpiState.OnTarget)]
    [InlineData(Comparison.LessOrEqual, 0, 1, KpiUnit.Count, KpiState.Missed)]
    public void Light_OfAValue_IsAsTheRuleSays(Comparison comparison, double limit, double value, KpiUnit unit, KpiState state) =>
        Assert.Equal(state, KpiLight.Of(new KpiAim(comparison, (decimal)limit), (decimal)value, true, unit, End, null));

    [Theory]
    [InlineData(69, KpiState.AtRisk)]
    [InlineData(70, KpiState.OnTarget)]
    [InlineData(80, KpiState.OnTarget)]
    [InlineData(87, KpiState.AtRisk)]
    [InlineData(88, KpiState.Missed)]
    public void Light_OfARange_CountsBothEnds(int value, KpiState state) =>
        Assert.Equal(state, KpiLight.Of(new KpiAim(Comparison.GreaterOrEqual, 70, 80), value, true, KpiUnit.Count, End, null));

    [Fact]
    public void Light_BeforeTheTargetsDate_FollowsTheTrend()
    {
        var aim = new KpiAim(Comparison.GreaterOrEqual, 50, DueOn: new DateOnly(2027, 3, 1));
        KpiForecast Forecast(bool? reaches) => new(new DateOnly(2027, 3, 1), 1, 1, 1, 1, 6, reaches, null);

        Assert.Equal(KpiState.AtRisk, KpiLight.Of(aim, 10, true, KpiUnit.Count, End, Forecast(true)));
        Assert.Equal(KpiState.Missed, KpiLight.Of(aim, 10, true, KpiUnit.Count, End, Forecast(false)));
        Assert.Equal(KpiState.AtRisk, KpiLight.Of(aim, 10, true, KpiUnit.Count, End, Forecast(null)));
        Assert.Equal(KpiState.Missed, KpiLight.Of(aim, 10, true, KpiUnit.Count, new DateOnly(2027, 4, 1), Forecast(true)));
    }

    [Fact]
    public void Light_OfNothing_IsNeverATarget()
    {
        var aim = new KpiAim(Comparison.LessThan, 5);

        Assert.Equal(KpiState.Missing, KpiLight.Of(aim, null, false, KpiUnit.Count, End, null));
        Assert.Equal(KpiState.NoBaseline, KpiLight.Of(aim, null, true, KpiUnit.Ratio, End, null));
        Assert.Equal(KpiState.NoTarget, KpiLight.Of(aim with { Limit = null }, 3, true, KpiUnit.Count, End, null));
    }

    [Theory]
    [InlineData(KpiChange.None, 8, 8)]
    [InlineData(KpiChange.Reduction, 4, 0.9)]
    [InlineData(KpiChange.Increase, 60, 0.5)]
    [InlineData(KpiChange.Factor, 120, 3)]
    public void Change_AgainstTheBaseline_IsDerived(KpiChange change, double measured, double derived)
    {
        // Weeks became hours: from 40 to 4 is 90 % less.
        var aim = new KpiAim(Comparison.GreaterOrEqual, 1, Baseline: 40);

        Assert.Equal((decimal)derived, aim.Derive((decimal)measured, change));
        Assert.Null((aim with { Baseline = null }).Derive(null, change));
        Assert.Equal(change == KpiChange.None ? 8m : null, (aim with { Baseline = null }).Derive(8, change));
    }
}
