using System.Globalization;
using System.Text;
using OpsDashboard.Domain.StatusPages;

namespace OpsDashboard.Web.StatusPages;

/// <summary>
/// The 90 days as one path a state: 5 units a day, 3.5 of them ink. States differ in shape as well as in colour: the worse, the more
/// of the bar is cut out, but for a major outage, which is the only one that is taller than the rest.
/// </summary>
internal static class BarShapes
{
    public const int Height = 40;

    public static string Path(IReadOnlyList<ComponentDay?> days, ComponentState? state)
    {
        var path = new StringBuilder();
        for (var i = 0; i < days.Count; i++)
        {
            if (days[i]?.Worst == state)
            {
                Append(path, i * 5, state);
            }
        }

        return path.ToString();
    }

    public static string Legend(ComponentState? state)
    {
        var path = new StringBuilder();
        Append(path, 0, state);
        return path.ToString();
    }

    /// <summary>As "88 days operational, 1 day partial outage".</summary>
    public static string Describe(IReadOnlyList<ComponentDay?> days) => string.Join(", ", days
        .GroupBy(day => day?.Worst)
        .OrderBy(group => group.Key)
        .Select(group => $"{group.Count().ToString(CultureInfo.InvariantCulture)} {(group.Count() == 1 ? "day" : "days")} {(group.Key is { } state ? state.Word().ToLowerInvariant() : "without a record")}"));

    private static void Append(StringBuilder path, int x, ComponentState? state)
    {
        foreach (var (from, to) in state is { } known ? Parts(known) : [(32, 36)])
        {
            path.Append(CultureInfo.InvariantCulture, $"M{x} {from}h3.5v{to - from}h-3.5z");
        }
    }

    private static (int From, int To)[] Parts(ComponentState state) => state switch
    {
        ComponentState.Operational => [(4, 36)],
        ComponentState.UnderMaintenance => [(12, 28)],
        ComponentState.DegradedPerformance => [(4, 22), (26, 36)],
        ComponentState.PartialOutage => [(4, 13), (17, 24), (28, 36)],
        ComponentState.MajorOutage => [(0, 40)],
    };
}
