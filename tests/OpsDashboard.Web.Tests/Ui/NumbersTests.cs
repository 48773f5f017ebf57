using System.Globalization;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Tests.Ui;

public sealed class NumbersTests
{
    [Theory]
    [InlineData("0.99962", "0.9995", "99.962 %")]
    [InlineData("0.9999", "0.999", "99.99 %")]
    [InlineData("0.9971", "0.999", "99.71 %")]
    [InlineData("0.98", "0.99", "98.0 %")]
    [InlineData("1", "0.999", "100.00 %")]
    [InlineData("0", "0.999", "0.00 %")]
    public void Availability_AnyTarget_HasOneDigitMoreThanTheTarget(string ratio, string target, string expected) =>
        Assert.Equal(expected, Numbers.Availability(Parse(ratio), Parse(target)));

    [Theory]
    [InlineData("0.99949999", "0.9995", "99.949 %")]
    [InlineData("0.998999999", "0.999", "99.89 %")]
    [InlineData("0.98999", "0.99", "98.9 %")]
    public void Availability_JustBelowTheTarget_IsNeverRoundedUpAcrossIt(string ratio, string target, string expected) =>
        Assert.Equal(expected, Numbers.Availability(Parse(ratio), Parse(target)));

    [Fact]
    public void Availability_JustBelowOne_NeverReadsAsAll() =>
        Assert.Equal("99.99 %", Numbers.Availability(0.9999999m, 0.999m));

    [Fact]
    public void Availability_ExactlyTheTarget_ReadsAsTheTarget() =>
        Assert.Equal("99.950 %", Numbers.Availability(0.9995m, 0.9995m));

    [Fact]
    public void Availability_NothingMeasured_IsADash() => Assert.Equal(Numbers.None, Numbers.Availability(null, 0.999m));

    [Fact]
    public void Availability_ManyRatios_StayOnTheirSideOfTheTarget()
    {
        decimal[] targets = [0.9m, 0.95m, 0.99m, 0.995m, 0.999m, 0.9995m, 0.9999m, 0.99999m];
        foreach (var target in targets)
        {
            for (var i = -2000; i <= 2000; i++)
            {
                var ratio = Math.Min(1, target + (i * 0.0000003m));
                var shown = Parse(Numbers.Availability(ratio, target).Replace(" %", "", StringComparison.Ordinal)) / 100;
                Assert.Equal(ratio >= target, shown >= target);
            }
        }
    }

    [Theory]
    [InlineData("0.9995", "99.95 %")]
    [InlineData("0.99", "99 %")]
    [InlineData("0.999", "99.9 %")]
    [InlineData("0.99999", "99.999 %")]
    public void Target_AnyTarget_HasNoDigitItDoesNotNeed(string ratio, string expected) =>
        Assert.Equal(expected, Numbers.Target(Parse(ratio)));

    [Theory]
    [InlineData("0.62", "62 %")]
    [InlineData("0.629", "62 %")]
    [InlineData("1", "100 %")]
    [InlineData("0.9999", "99 %")]
    [InlineData("0.0049", "0.4 %")]
    [InlineData("0.0001", "<0.1 %")]
    [InlineData("0", "0 %")]
    [InlineData("-0.0001", "−0.1 %")]
    [InlineData("-0.58", "−58 %")]
    [InlineData("-1.505", "−151 %")]
    public void BudgetLeft_AnyRatio_IsRoundedDownWithItsSign(string ratio, string expected) =>
        Assert.Equal(expected, Numbers.BudgetLeft(Parse(ratio)));

    [Fact]
    public void BudgetOfTime_PartlySpent_NamesBothInMinutesAndSeconds() =>
        Assert.Equal("31 m 04 s of 43 m 12 s", Numbers.BudgetOfTime(1864, 2592));

    [Fact]
    public void BudgetOfTime_Overspent_IsSigned() =>
        Assert.Equal("−12 m 38 s of 21 m 36 s", Numbers.BudgetOfTime(-758, 1296));

    [Fact]
    public void BudgetOfEvents_PartlySpent_NamesBothWithSeparators() =>
        Assert.Equal("1,204 of 12,000 requests", Numbers.BudgetOfEvents(1204.9m, 12_000));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(59, "59 s")]
    [InlineData(60, "1 m 00 s")]
    [InlineData(15_780, "4 h 23 m")]
    [InlineData(172_799, "47 h 59 m")]
    [InlineData(172_800, "2 d 00 h")]
    [InlineData(-758, "−12 m 38 s")]
    public void Duration_AnySeconds_ShowsTheTwoLargestUnits(long seconds, string expected) =>
        Assert.Equal(expected, Numbers.Duration(seconds));

    [Theory]
    [InlineData("14.4", "14.4×")]
    [InlineData("0.2", "0.2×")]
    [InlineData("0", "0×")]
    [InlineData("0.01", "<0.1×")]
    [InlineData("6", "6.0×")]
    [InlineData("144.2", "144×")]
    public void Burn_AnyRate_HasOneDigitBelowAHundred(string rate, string expected) =>
        Assert.Equal(expected, Numbers.Burn(Parse(rate)));

    [Theory]
    [InlineData("0.3", "+0.3 %")]
    [InlineData("-4.1", "−4.1 %")]
    [InlineData("0.04", "±0 %")]
    public void Delta_AnyChange_CarriesItsSign(string change, string expected) =>
        Assert.Equal(expected, Numbers.Delta(Parse(change), 1, " %"));

    [Theory]
    [InlineData("0.84", "0.8 ms")]
    [InlineData("245.4", "245 ms")]
    [InlineData("1240", "1.24 s")]
    [InlineData("61500", "61.5 s")]
    [InlineData("38386300", "10 h 39 m")]
    public void Milliseconds_AnyLatency_KeepsThreeFigures(string milliseconds, string expected) =>
        Assert.Equal(expected, Numbers.Milliseconds(Parse(milliseconds)));

    [Theory]
    [InlineData("1240.5", "EUR 1,240")]
    [InlineData("999.5", "EUR 999.50")]
    [InlineData("-1500", "EUR −1,500")]
    public void Money_FromAThousandOn_HasNoCents(string amount, string expected) =>
        Assert.Equal(expected, Numbers.Money(Parse(amount), "EUR"));

    [Theory]
    [InlineData("1", "100 %")]
    [InlineData("0.9999", "99.9 %")]
    [InlineData("0.5", "50 %")]
    public void Share_LessThanAll_NeverReadsAsAll(string ratio, string expected) =>
        Assert.Equal(expected, Numbers.Share(Parse(ratio)));

    [Fact]
    public void Roughly_Forecasts_ShowOneUnitRoundedDown()
    {
        Assert.Equal("7 h", Numbers.Roughly(TimeSpan.FromMinutes(479)));
        Assert.Equal("3 d", Numbers.Roughly(TimeSpan.FromHours(80)));
        Assert.Equal("now", Numbers.Roughly(TimeSpan.Zero));
    }

    [Fact]
    public void Count_Large_IsGroupedAndSigned() => Assert.Equal("−1,234,567", Numbers.Count(-1_234_567));

    [Fact]
    public void Numbers_GermanCulture_ReadTheSame()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal("99.962 %", Numbers.Availability(0.99962m, 0.9995m));
            Assert.Equal("1,204 of 12,000 requests", Numbers.BudgetOfEvents(1204, 12_000));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static decimal Parse(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
