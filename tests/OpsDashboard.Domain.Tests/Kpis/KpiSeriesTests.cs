using OpsDashboard.Domain.Kpis;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Tests.Kpis;

public sealed class KpiSeriesTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    private static readonly KpiDefinition Monthly = new()
    {
        Id = "shop-models",
        Platform = "shop",
        Name = "Models",
        Group = "Adoption",
        Measures = "Models in production.",
        MeasuredIn = KpiUnit.Count,
        Cadence = KpiCadence.Monthly,
        Owner = "Product manager",
        Aim = new KpiAim(Comparison.GreaterOrEqual, 50),
    };

    [Fact]
    public void Period_WithoutAValue_IsMissingAndNeverZero()
    {
        var series = Of(Monthly, (2026, 7, 40), (2026, 8, 42), (2026, 10, 55));

        Assert.Equal(["2026-07", "2026-08", "2026-09", "2026-10"], series.Points.Select(point => point.Period.ToString()));
        var hole = series.Points[2];
        Assert.True(hole.IsMissing);
        Assert.Null(hole.Value);
        Assert.Equal(KpiState.Missing, series.StateOf(hole));
        Assert.Equal(KpiState.OnTarget, series.State);
    }

    [Theory]
    [InlineData("2026-11-10", KpiState.OnTarget, "2026-09")]
    [InlineData("2026-11-11", KpiState.Missing, "2026-10")]
    public void Newest_OverdueValue_PutsTheLightToMissing(string today, KpiState state, string period)
    {
        var series = KpiSeries.Of(Monthly, [], [At(2026, 9, 51)], DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(state, series.State);
        Assert.Equal(period, series.Latest!.Period.ToString());
    }

    [Fact]
    public void RunningPeriod_IsShownButDoesNotSetTheLight()
    {
        var series = Of(Monthly, (2026, 10, 55), (2026, 11, 3));

        Assert.True(series.Points[^1].IsOpen);
        Assert.Equal("2026-10", series.Latest!.Period.ToString());
        Assert.Equal(KpiState.OnTarget, series.State);
    }

    [Fact]
    public void Target_ByEffectiveDate_JudgesItsOwnTimeOnly()
    {
        IReadOnlyList<KpiAimVersion> aims =
        [
            new(DateOnly.MinValue, Monthly.Aim),
            new(new DateOnly(2026, 9, 15), Monthly.Aim with { Limit = 60 }),
        ];
        var series = KpiSeries.Of(Monthly, aims, [At(2026, 8, 55), At(2026, 9, 55), At(2026, 10, 55)], Today);

        // September began before the new target did.
        Assert.Equal([50m, 50m, 60m], series.Points.Select(point => point.Aim.Limit));
        Assert.Equal([KpiState.OnTarget, KpiState.OnTarget, KpiState.AtRisk], series.Points.Select(series.StateOf));
        Assert.Equal(60, series.Aim.Limit);
    }

    [Fact]
    public void Baseline_Changed_JudgesLaterPeriodsByTheNewOne()
    {
        var kpi = Monthly with { Change = KpiChange.Reduction, MeasuredIn = KpiUnit.Hours, Aim = new KpiAim(Comparison.GreaterOrEqual, 0.9m) };
        IReadOnlyList<KpiAimVersion> aims = [new(DateOnly.MinValue, kpi.Aim with { Baseline = 100 }), new(new DateOnly(2026, 10, 1), kpi.Aim with { Baseline = 50 })];
        var series = KpiSeries.Of(kpi, aims, [At(2026, 9, 10), At(2026, 10, 10)], Today);

        Assert.Equal([0.9m, 0.8m], series.Points.Select(point => point.Value));
        Assert.Equal(KpiUnit.Ratio, kpi.Unit);
        Assert.Equal(KpiState.NoBaseline, KpiSeries.Of(kpi, [], [At(2026, 10, 10)], Today).State);
    }

    [Fact]
    public void Forecast_OfAStraightLine_GoesOnWithItAndHasNoRange()
    {
        var forecast = Forecast(new DateOnly(2027, 3, 31), [.. Enumerable.Range(0, 6).Select(month => At(2026, 5 + month, 20 + (4 * month)))])!;

        // 40 in October, 4 a month: 60 in March.
        Assert.Equal((60m, 60m, 60m, 4m, true), (forecast.Value, forecast.Low, forecast.High, forecast.PerPeriod, forecast.Reaches));
    }

    [Fact]
    public void Forecast_OfScatteredValues_AgreesWithAnIndependentCalculation()
    {
        decimal[] values = [20, 26, 25, 33, 36, 38];
        var forecast = Forecast(new DateOnly(2027, 1, 31), [.. values.Select((value, month) => At(2026, 5 + month, value))])!;

        // By hand: x 1..6, mean 3.5, Sxx 17.5; mean y 29.6667, Sxy 64; slope 3.657143, at x = 9: 49.780952.
        Assert.Equal(3.657143m, forecast.PerPeriod);
        Assert.Equal(49.780952m, forecast.Value);
        // Residual sum of squares 15.276190 over 4; t 1.533; root of 1 + 1/6 + 30.25/17.5.
        var reach = 1.533 * Math.Sqrt(15.276190 / 4) * Math.Sqrt(1 + (1 / 6d) + (30.25 / 17.5));
        Assert.Equal(49.780952 - reach, (double)forecast.Low!.Value, 4);
        Assert.Equal(49.780952 + reach, (double)forecast.High!.Value, 4);
        Assert.False(forecast.Reaches);
    }

    [Fact]
    public void Forecast_WithTooLittle_SaysSo()
    {
        Assert.Null(Forecast(null, [At(2026, 10, 1)]));
        Assert.Equal("There is no value yet.", Forecast(new DateOnly(2027, 1, 1), [])!.Refusal);
        Assert.StartsWith("5 values in the last 12 periods", Forecast(new DateOnly(2027, 1, 31), [.. Enumerable.Range(6, 5).Select(month => At(2026, month, month))])!.Refusal, StringComparison.Ordinal);
        Assert.Contains("7 periods ahead, the values reach 6 back", Forecast(new DateOnly(2027, 5, 1), [.. Enumerable.Range(5, 6).Select(month => At(2026, month, month))])!.Refusal, StringComparison.Ordinal);
        Assert.StartsWith("The target's date has passed", Forecast(new DateOnly(2026, 10, 1), [At(2026, 10, 1)])!.Refusal, StringComparison.Ordinal);
    }

    private static KpiForecast? Forecast(DateOnly? due, IReadOnlyList<KpiMeasured> values) =>
        KpiSeries.Of(Monthly, [new(DateOnly.MinValue, Monthly.Aim with { DueOn = due })], values, Today) is { Points.Count: > 0 } series
            ? series.Forecast
            : KpiForecast.Of([], Monthly.Aim with { DueOn = due });

    private static KpiSeries Of(KpiDefinition kpi, params IEnumerable<(int Year, int Month, decimal Value)> values) =>
        KpiSeries.Of(kpi, [], values.Select(value => At(value.Year, value.Month, value.Value)), Today);

    private static KpiMeasured At(int year, int month, decimal value) => new(new DateOnly(year, month, 1), value);
}
