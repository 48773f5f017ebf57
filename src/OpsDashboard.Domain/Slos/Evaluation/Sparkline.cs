namespace OpsDashboard.Domain.Slos.Evaluation;

/// <summary>The SLI of 30 equal parts of a window, kept up to date hour by hour.</summary>
/// <remarks>
/// Parts lie on hour boundaries. A rolling window shows the part under way and the 29 before it; a calendar window its 30 parts from
/// its start, those to come without data.
/// </remarks>
internal sealed class Sparkline
{
    public const int Points = 30;

    // Room for parts that begin a little ahead of now.
    private const int Slots = 64;

    private readonly long[] good = new long[Slots];
    private readonly long[] total = new long[Slots];
    private readonly decimal?[] ratios = new decimal?[Slots];
    private int newestPart;

    private Sparkline(int originHour, int hoursPerPart, int firstPart)
    {
        OriginHour = originHour;
        HoursPerPart = hoursPerPart;
        newestPart = firstPart;
    }

    public int OriginHour { get; }

    public int HoursPerPart { get; }

    public static int HoursPerPartOf(int windowMinutes) => Math.Max(1, (windowMinutes + (60 * Points) - 1) / (60 * Points));

    /// <summary>Built from what is known of the hours.</summary>
    public static Sparkline Of(SloWindow window, WindowSpan span, int nowHour, HourRing hours)
    {
        var part = HoursPerPartOf(span.Minutes);
        var origin = window.Kind == WindowKind.Calendar ? span.Start / 60 : 0;
        var line = new Sparkline(origin, part, (nowHour - origin) / part);
        var oldest = Math.Max(hours.Oldest, line.FirstHourShown(window, nowHour));
        for (var hour = oldest; hour <= hours.Newest; hour++)
        {
            line.Change(hour, default, hours.Get(hour));
        }

        return line;
    }

    public int FirstHourShown(SloWindow window, int nowHour) => window.Kind == WindowKind.Calendar
        ? OriginHour
        : (((nowHour - OriginHour) / HoursPerPart) - Points + 1) * HoursPerPart;

    /// <summary>An hour's tally went from one value to another.</summary>
    public void Change(int hour, in SloTally was, in SloTally isNow)
    {
        var part = (hour - OriginHour) / HoursPerPart;
        if (hour < OriginHour || part <= newestPart - Slots)
        {
            return;
        }

        while (newestPart < part)
        {
            newestPart++;
            (good[newestPart % Slots], total[newestPart % Slots], ratios[newestPart % Slots]) = (0, 0, null);
        }

        var at = part % Slots;
        good[at] += isNow.Good - was.Good;
        total[at] += isNow.Total - was.Total;
        ratios[at] = total[at] == 0 ? null : (decimal)good[at] / total[at];
    }

    /// <summary>Oldest first.</summary>
    public decimal?[] Draw(SloWindow window, int nowHour)
    {
        var first = window.Kind == WindowKind.Calendar ? 0 : ((nowHour - OriginHour) / HoursPerPart) - Points + 1;
        var points = new decimal?[Points];
        for (var i = 0; i < Points; i++)
        {
            var part = first + i;
            points[i] = part >= 0 && part <= newestPart && part > newestPart - Slots ? ratios[part % Slots] : null;
        }

        return points;
    }
}
