using System.Globalization;
using System.Text;

namespace OpsDashboard.Web.Ui;

/// <summary>The paths of a sparkline in a box of 100 by 20.</summary>
internal sealed record SparkShape(string Line, string Bad, string Gaps, string? TargetY)
{
    private const int MostPoints = 400;
    private const double Top = 1.5;
    private const double Bottom = 18.5;

    public static SparkShape Empty { get; } = new("", "", "M0 10H100", null);

    public static SparkShape Of(IReadOnlyList<double?> points, double? target, bool higherIsWorse)
    {
        var shown = Thin(points, higherIsWorse);
        var seen = shown.OfType<double>().ToArray();
        if (seen.Length == 0)
        {
            return Empty;
        }

        var low = Math.Min(seen.Min(), target ?? double.MaxValue);
        var high = Math.Max(seen.Max(), target ?? double.MinValue);
        double Y(double value) => high - low < 1e-12 ? (Top + Bottom) / 2 : Bottom - ((value - low) / (high - low) * (Bottom - Top));
        double X(int index) => shown.Count == 1 ? 50 : index * 100.0 / (shown.Count - 1);
        bool IsBad(double value) => target is { } limit && (higherIsWorse ? value > limit : value < limit);

        var line = new StringBuilder();
        var bad = new StringBuilder();
        var gaps = new StringBuilder();
        for (var i = 0; i < shown.Count; i++)
        {
            if (shown[i] is not { } value)
            {
                gaps.Append(i == 0 || shown[i - 1] is not null ? "M" : "L").Append(Point(X(i), Bottom));
                continue;
            }

            var before = i > 0 ? shown[i - 1] : null;
            line.Append(before is null ? "M" : "L").Append(Point(X(i), Y(value)));
            if (IsBad(value))
            {
                // The step into the bad point belongs to it; a lone bad point still gets a mark of its own.
                bad.Append('M').Append(before is { } last ? Point(X(i - 1), Y(last)) : Point(X(i), Y(value)))
                    .Append('L').Append(Point(X(i), Y(value)));
            }
        }

        return new SparkShape(line.ToString(), bad.ToString(), gaps.ToString(), target is { } drawn ? Number(Y(drawn)) : null);
    }

    private static IReadOnlyList<double?> Thin(IReadOnlyList<double?> points, bool higherIsWorse)
    {
        if (points.Count <= MostPoints)
        {
            return points;
        }

        var thinned = new double?[MostPoints];
        for (var i = 0; i < MostPoints; i++)
        {
            var from = (int)((long)i * points.Count / MostPoints);
            var to = (int)((long)(i + 1) * points.Count / MostPoints);
            var seen = points.Skip(from).Take(to - from).OfType<double>();
            thinned[i] = seen.Any() ? (higherIsWorse ? seen.Max() : seen.Min()) : null;
        }

        return thinned;
    }

    private static string Point(double x, double y) => $"{Number(x)} {Number(y)}";

    private static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);
}
