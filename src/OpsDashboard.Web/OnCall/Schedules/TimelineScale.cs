using System.Globalization;
using NodaTime;
using OpsDashboard.Application.OnCall.Schedules;

namespace OpsDashboard.Web.OnCall.Schedules;

/// <summary>Days of equal width, also the one of 23 and the one of 25 hours: a handoff at nine stands at the same place in each.</summary>
public sealed class TimelineScale
{
    private readonly DateTimeOffset[] _edges;

    public TimelineScale(WallTime clock, LocalDate first, int days)
    {
        Clock = clock;
        Days = [.. Enumerable.Range(0, days).Select(first.PlusDays)];
        _edges = [.. Days.Select(clock.StartOf), clock.StartOf(first.PlusDays(days))];
    }

    public WallTime Clock { get; }

    public IReadOnlyList<LocalDate> Days { get; }

    public DateTimeOffset From => _edges[0];

    public DateTimeOffset To => _edges[^1];

    public bool Contains(DateTimeOffset at) => From <= at && at < To;

    /// <summary>Percent of the width at which an instant stands.</summary>
    public double At(DateTimeOffset at)
    {
        if (at <= From)
        {
            return 0;
        }

        if (at >= To)
        {
            return 100;
        }

        var day = Array.FindLastIndex(_edges, edge => edge <= at);
        return (day + ((at - _edges[day]) / (_edges[day + 1] - _edges[day]))) * 100 / Days.Count;
    }

    public string X(DateTimeOffset at) => Percent(At(at));

    public string Width(CalendarStretch stretch) => Percent(At(stretch.End) - At(stretch.Start));

    public static string Percent(double share) => share.ToString("0.###", CultureInfo.InvariantCulture) + "%";
}
