using System.Globalization;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Slos.Series;

/// <summary>The steps a series may be read in: all divide a day, so that points lie on whole minutes, hours and UTC days.</summary>
public static class SeriesStep
{
    /// <summary>Most points one answer holds.</summary>
    public const int MaxPoints = 2000;

    /// <summary>Longest span one answer covers: the thirteen months that hours are kept.</summary>
    public const int MaxDays = 400;

    /// <summary>A screen shows no more than this; beyond it points only cost.</summary>
    private const int ComfortablePoints = 500;

    private static readonly int[] Ladder = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440];

    /// <summary>In words, for messages.</summary>
    public static string Known { get; } = string.Join(", ", Ladder.Select(Name));

    /// <summary>As 5m, 2h, 1d.</summary>
    public static string Name(int minutes) => minutes switch
    {
        TimeIndex.MinutesPerDay => "1d",
        >= TimeIndex.MinutesPerHour => string.Create(CultureInfo.InvariantCulture, $"{minutes / TimeIndex.MinutesPerHour}h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{minutes}m"),
    };

    /// <summary>Minutes of a step as <see cref="Name"/> writes it; <c>24h</c> and <c>60m</c> are understood too.</summary>
    public static bool TryParse(string text, out int minutes)
    {
        minutes = 0;
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > TimeIndex.MinutesPerDay)
        {
            return false;
        }

        minutes = text[^1] switch
        {
            'm' => count,
            'h' => count * TimeIndex.MinutesPerHour,
            'd' => count * TimeIndex.MinutesPerDay,
            _ => 0,
        };
        return Array.IndexOf(Ladder, minutes) >= 0;
    }

    /// <summary>The finest step that shows a span in a comfortable number of points.</summary>
    public static int For(long spanMinutes) =>
        Array.Find(Ladder, step => spanMinutes <= (long)step * ComfortablePoints) is var found and > 0 ? found : Ladder[^1];

    public static int RoundDown(int minute, int step) => minute - (((minute % step) + step) % step);

    public static int RoundUp(int minute, int step) => RoundDown(minute + step - 1, step);
}
