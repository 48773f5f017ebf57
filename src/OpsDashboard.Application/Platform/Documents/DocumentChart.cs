using OpsDashboard.Application.Platform.Documents.Pdf;

namespace OpsDashboard.Application.Platform.Documents;

/// <summary>A line of values with its target, as drawn on paper: no axes, since the table beneath has the numbers.</summary>
internal static class DocumentChart
{
    public static void Draw(PdfPage page, double left, double top, double width, double height, IReadOnlyList<double?> values, double? target)
    {
        var known = values.OfType<double>().ToList();
        if (target is { } aim)
        {
            known.Add(aim);
        }

        if (known.Count == 0)
        {
            return;
        }

        var (low, high) = (known.Min(), known.Max());
        var span = high > low ? high - low : 1;
        page.Line(left, top + height, left + width, top + height, 0.5, DocumentColour.Rule);
        if (target is { } wanted)
        {
            page.Line(left, Y(wanted), left + width, Y(wanted), 0.5, DocumentColour.Warning);
        }

        var stretch = new List<(double X, double Y)>();
        for (var index = 0; index <= values.Count; index++)
        {
            if (index < values.Count && values[index] is { } value)
            {
                stretch.Add((left + (width * index / Math.Max(1, values.Count - 1)), Y(value)));
                continue;
            }

            page.Polyline(stretch, 1.2, DocumentColour.Link);
            stretch.Clear();
        }

        double Y(double value) => top + 2 + ((height - 4) * (1 - ((value - low) / span)));
    }
}
