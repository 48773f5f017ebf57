using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Demo.Generation;

/// <summary>The week of people at work: busy at 14:00 UTC, quiet at night, three fifths on weekends. Its mean is 1.</summary>
internal static class Rhythm
{
    private const int MinutesPerWeek = 7 * TimeIndex.MinutesPerDay;
    private const double NightShare = 0.45;
    private const double WeekendShare = 0.6;

    private static readonly double[] Week = Draw();

    public static double At(int minute) => Week[minute % MinutesPerWeek];

    private static double[] Draw()
    {
        var week = new double[MinutesPerWeek];
        for (var minute = 0; minute < week.Length; minute++)
        {
            // The epoch was a Thursday: its weekend are the days 2 and 3.
            var day = minute / TimeIndex.MinutesPerDay;
            var ofDay = minute % TimeIndex.MinutesPerDay / (double)TimeIndex.MinutesPerDay;
            var light = (1 + Math.Cos(2 * Math.PI * (ofDay - (14d / 24)))) / 2;
            week[minute] = (NightShare + ((1 - NightShare) * light)) * (day is 2 or 3 ? WeekendShare : 1);
        }

        var mean = week.Average();
        return [.. week.Select(value => value / mean)];
    }
}
