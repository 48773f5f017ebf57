namespace OpsDashboard.Application.Platform.Documents;

/// <summary>Values by period as drawn on paper.</summary>
/// <param name="Labels">One a period; every few of them are written.</param>
/// <param name="Values">As many; null: nothing is known, which is drawn as such.</param>
/// <param name="Target">Null: none.</param>
/// <param name="Say">A value as it stands at the axis.</param>
public sealed record DocumentPlot(IReadOnlyList<string> Labels, IReadOnlyList<double?> Values, double? Target, Func<double, string> Say);

/// <summary>Draws a plot: figures at the left, periods beneath, the target as a line with its word, gaps as grey columns.</summary>
internal static class DocumentPlotDrawing
{
    private const double AxisWidth = 62;
    private const double LabelHeight = 13;
    private const double TextSize = 7;
    private const double Dot = 2.6;
    private const int MostLabels = 7;

    public static void Draw(DocumentSheet sheet, DocumentPlot plot, double height)
    {
        var known = plot.Values.OfType<double>().Concat(plot.Target is { } aim ? [aim] : []).ToList();
        if (known.Count == 0)
        {
            return;
        }

        var (page, top, bottom) = (sheet.Page, sheet.Top + 3, sheet.Top + height - LabelHeight);
        var (left, width) = (DocumentSheet.Left + AxisWidth, sheet.Width - AxisWidth);
        var (low, high) = (known.Min(), known.Max());
        var span = high > low ? high - low : Math.Max(Math.Abs(high), 1);
        var step = width / Math.Max(1, plot.Values.Count);
        double X(int index) => left + ((index + 0.5) * step);
        double Y(double value) => bottom - 3 - ((bottom - top - 6) * (value - low) / span);

        for (var index = 0; index < plot.Values.Count; index++)
        {
            if (plot.Values[index] is null)
            {
                page.Fill(left + (index * step) + 1, top, step - 2, bottom - top, DocumentColour.Wash);
            }
        }

        page.Line(left, bottom, left + width, bottom, 0.5, DocumentColour.Rule);
        Word(sheet, plot.Say(high), DocumentSheet.Left, Y(high));
        if (high > low && Y(low) - Y(high) > TextSize)
        {
            Word(sheet, plot.Say(low), DocumentSheet.Left, Y(low));
        }

        if (plot.Target is { } wanted)
        {
            for (var x = left; x < left + width; x += 6)
            {
                page.Line(x, Y(wanted), Math.Min(x + 3, left + width), Y(wanted), 0.7, DocumentColour.Warning);
            }
        }

        Line(sheet, plot, X, Y);
        var every = Math.Max(1, (int)Math.Ceiling((double)plot.Labels.Count / MostLabels));
        for (var index = plot.Labels.Count - 1; index >= 0; index -= every)
        {
            var label = TextLayout.Break(plot.Labels[index], sheet.Fonts, TextSize, step * every)[0];
            sheet.Draw(label, X(index) - (label.Width / 2), bottom + 2, LabelHeight - 2, TextSize, DocumentColour.Muted);
        }
    }

    private static void Line(DocumentSheet sheet, DocumentPlot plot, Func<int, double> x, Func<double, double> y)
    {
        var stretch = new List<(double X, double Y)>();
        for (var index = 0; index <= plot.Values.Count; index++)
        {
            if (index < plot.Values.Count && plot.Values[index] is { } value)
            {
                stretch.Add((x(index), y(value)));
                sheet.Page.Fill(x(index) - (Dot / 2), y(value) - (Dot / 2), Dot, Dot, DocumentColour.Link);
                continue;
            }

            sheet.Page.Polyline(stretch, 1.2, DocumentColour.Link);
            stretch.Clear();
        }
    }

    private static void Word(DocumentSheet sheet, string text, double left, double middle) =>
        sheet.Draw(TextLayout.Break(text, sheet.Fonts, TextSize, AxisWidth - 6)[0], left, middle - 5, 10, TextSize, DocumentColour.Muted);
}
