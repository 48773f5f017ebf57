using OpsDashboard.Application.Dashboards.Executive;
using OpsDashboard.Application.Kpis;
using OpsDashboard.Domain.Kpis;

namespace OpsDashboard.Web.Dashboards.Executive;

/// <summary>What stands beside a figure of the executive page.</summary>
internal static class FigureWords
{
    /// <summary>What is well stays quiet.</summary>
    public static bool NeedsMark(KpiState state) => state is not (KpiState.OnTarget or KpiState.NoTarget);

    public static string Word(ExecutiveFigure figure) => figure.IsAwaited ? "Awaited" : KpiText.State(figure.State);

    public static string Note(ExecutiveFigure figure)
    {
        var parts = new List<string> { figure.Platform ?? "all platforms" };
        if (figure.Period is { } period)
        {
            parts.Add(period);
        }

        if (figure.IsOpen)
        {
            parts.Add("so far");
        }

        return string.Join(" · ", parts);
    }
}
