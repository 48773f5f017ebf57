using OpsDashboard.Domain.Kpis;

namespace OpsDashboard.Domain.Tests.Kpis;

public sealed class KpiPeriodTests
{
    [Theory]
    [InlineData(KpiCadence.Daily, "2028-02-29", "2028-02-29", "2028-02-29", "2028-03-01")]
    [InlineData(KpiCadence.Weekly, "2026-W53", "2026-W53", "2026-12-28", "2027-01-04")]
    [InlineData(KpiCadence.Weekly, "2027-01-01", "2026-W53", "2026-12-28", "2027-01-04")]
    [InlineData(KpiCadence.Weekly, "2026-11-22", "2026-W47", "2026-11-16", "2026-11-23")]
    [InlineData(KpiCadence.Monthly, "2026-02", "2026-02", "2026-02-01", "2026-03-01")]
    [InlineData(KpiCadence.Monthly, "2028-02-29", "2028-02", "2028-02-01", "2028-03-01")]
    [InlineData(KpiCadence.Quarterly, "2026-Q4", "2026-Q4", "2026-10-01", "2027-01-01")]
    [InlineData(KpiCadence.Quarterly, "2026-05-31", "2026-Q2", "2026-04-01", "2026-07-01")]
    public void Text_OfAPeriodOrADayInIt_IsThatPeriod(KpiCadence cadence, string text, string name, string start, string end)
    {
        Assert.True(KpiPeriod.TryParse(cadence, text, out var period));

        Assert.Equal(name, period.ToString());
        Assert.Equal(DateOnly.Parse(start, System.Globalization.CultureInfo.InvariantCulture), period.Start);
        Assert.Equal(DateOnly.Parse(end, System.Globalization.CultureInfo.InvariantCulture), period.End);
    }

    [Theory]
    [InlineData(KpiCadence.Daily, "2026-02-29")]
    [InlineData(KpiCadence.Daily, "2026-02")]
    [InlineData(KpiCadence.Weekly, "2027-W53")]
    [InlineData(KpiCadence.Weekly, "2026-W00")]
    [InlineData(KpiCadence.Monthly, "2026-13")]
    [InlineData(KpiCadence.Monthly, "2026-Q1")]
    [InlineData(KpiCadence.Quarterly, "2026-Q5")]
    [InlineData(KpiCadence.Quarterly, "Q1")]
    [InlineData(KpiCadence.Quarterly, "")]
    public void Text_OfNoPeriod_IsRefused(KpiCadence cadence, string text) => Assert.False(KpiPeriod.TryParse(cadence, text, out _));

    [Fact]
    public void Periods_OfEveryCadence_FollowOneAnotherWithoutGap()
    {
        foreach (var cadence in Enum.GetValues<KpiCadence>())
        {
            var first = KpiPeriod.Of(cadence, new DateOnly(2027, 12, 30));
            for (var step = 0; step < 120; step++)
            {
                var period = first.Plus(step);
                Assert.Equal(period.End, first.Plus(step + 1).Start);
                Assert.Equal(step, period.Minus(first));
                Assert.Equal(period, KpiPeriod.Of(cadence, period.End.AddDays(-1)));
            }
        }
    }
}
