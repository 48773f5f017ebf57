using System.Globalization;
using System.Net;
using OpsDashboard.Application.StatusPages;
using OpsDashboard.Domain.StatusPages;

namespace OpsDashboard.Web.StatusPages;

/// <summary>Badges for other people's pages: plain SVG, without script, font or foreign reference.</summary>
internal static class StatusBadges
{
    /// <summary>A mean advance of the common sans-serif fonts at 11 px; the text is stretched to it, so a badge never overflows.</summary>
    private const double LetterWidth = 6.4;

    public static string State(string label, ComponentState state) => Draw(label, state.Word().ToLowerInvariant(), Colour(state));

    public static string Uptime(string label, UptimeFigure? uptime) => uptime is { Ratio: { } ratio }
        ? Draw(label, StatusWords.Percent(ratio, uptime.Target), ratio >= uptime.Target ? Colour(ComponentState.Operational) : Colour(ComponentState.PartialOutage))
        : Draw(label, "no data", "#5d6674");

    // White text on each: at least 4.5 : 1.
    private static string Colour(ComponentState state) => state switch
    {
        ComponentState.Operational => "#14683a",
        ComponentState.UnderMaintenance => "#12558c",
        ComponentState.DegradedPerformance or ComponentState.PartialOutage => "#7d4e00",
        ComponentState.MajorOutage => "#a8141f",
    };

    private static string Draw(string label, string value, string colour)
    {
        var (left, right) = (Width(label), Width(value));
        var (name, said) = (WebUtility.HtmlEncode(label), WebUtility.HtmlEncode(value));
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{name}: {said}"><title>{name}: {said}</title><rect width="{left}" height="20" fill="#3a424d"/><rect x="{left}" width="{right}" height="20" fill="{colour}"/><g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11"><text x="7" y="14" textLength="{left - 14}" lengthAdjust="spacingAndGlyphs">{name}</text><text x="{left + 7}" y="14" textLength="{right - 14}" lengthAdjust="spacingAndGlyphs">{said}</text></g></svg>
            """);
    }

    private static int Width(string text) => (int)Math.Ceiling(text.Length * LetterWidth) + 14;
}
