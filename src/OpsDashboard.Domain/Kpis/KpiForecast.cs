namespace OpsDashboard.Domain.Kpis;

/// <summary>Where a KPI will stand at its target's date if it goes on as it did.</summary>
/// <param name="Value">Null when it is refused; <paramref name="Refusal"/> says why.</param>
/// <param name="Low">Of the range in which four of five such forecasts end.</param>
/// <param name="PerPeriod">Slope of the trend.</param>
/// <param name="Values">How many values it was made of.</param>
/// <param name="Reaches">Whether the trend meets the target on that day; null when refused.</param>
public sealed record KpiForecast(DateOnly At, decimal? Value, decimal? Low, decimal? High, decimal? PerPeriod, int Values, bool? Reaches, string? Refusal)
{
    /// <summary>Fewer values than this make no trend.</summary>
    public const int LeastValues = 6;

    /// <summary>How far back the trend looks, in periods.</summary>
    public const int PeriodsBack = 12;

    public const string Method = "Straight line of least squares through the values of the last 12 periods, at least 6; the range holds four of five such forecasts (Student's t). Not further ahead than the values reach back.";

    // Student's t, two-sided 80 %, by degrees of freedom from 4 to 10.
    private static readonly double[] Factors = [1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372];

    /// <param name="points">What is judged, by period, ascending.</param>
    /// <param name="aim">Null is returned where it names no date.</param>
    public static KpiForecast? Of(IReadOnlyList<(KpiPeriod Period, decimal Value)> points, KpiAim aim)
    {
        if (aim is not { DueOn: { } due, Limit: not null })
        {
            return null;
        }

        if (points.Count == 0)
        {
            return Refuse(due, 0, "There is no value yet.");
        }

        var last = points[^1].Period;
        var target = KpiPeriod.Of(last.Cadence, due);
        if (due < last.End)
        {
            return Refuse(due, points.Count, "The target's date has passed: the values say how it came out.");
        }

        var recent = points.Where(point => last.Minus(point.Period) < PeriodsBack).ToList();
        if (recent.Count < LeastValues)
        {
            return Refuse(due, recent.Count, $"{Several(recent.Count)} in the last {PeriodsBack} periods: a trend takes {LeastValues}.");
        }

        var ahead = target.Minus(last);
        var back = last.Minus(recent[0].Period) + 1;
        return ahead > back
            ? Refuse(due, recent.Count, $"The date lies {ahead} periods ahead, the values reach {back} back: too far to say.")
            : Trend(recent, aim, due, ahead);
    }

    private static KpiForecast Trend(List<(KpiPeriod Period, decimal Value)> points, KpiAim aim, DateOnly due, int ahead)
    {
        var last = points[^1].Period;
        var n = points.Count;
        var xs = points.ConvertAll(point => (double)-last.Minus(point.Period));
        var ys = points.ConvertAll(point => (double)point.Value);
        var (meanX, meanY) = (xs.Average(), ys.Average());
        var spread = xs.Sum(x => (x - meanX) * (x - meanX));
        var slope = xs.Zip(ys, (x, y) => (x - meanX) * (y - meanY)).Sum() / spread;
        var value = meanY + (slope * (ahead - meanX));
        var rest = xs.Zip(ys, (x, y) => y - meanY - (slope * (x - meanX))).Sum(off => off * off);
        var deviation = Math.Sqrt(rest / (n - 2));
        var reach = Factors[Math.Min(n - 2 - 4, Factors.Length - 1)] * deviation * Math.Sqrt(1 + (1.0 / n) + ((ahead - meanX) * (ahead - meanX) / spread));
        var forecast = Round(value);
        return new KpiForecast(due, forecast, Round(value - reach), Round(value + reach), Round(slope), n, aim.IsMetBy(forecast), null);
    }

    private static KpiForecast Refuse(DateOnly due, int values, string why) => new(due, null, null, null, null, values, null, why);

    private static string Several(int count) => count == 1 ? "1 value" : $"{count} values";

    private static decimal Round(double value) => decimal.Round((decimal)value, 6);
}
