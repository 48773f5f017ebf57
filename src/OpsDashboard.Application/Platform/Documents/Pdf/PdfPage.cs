using System.Globalization;
using System.Text;

namespace OpsDashboard.Application.Platform.Documents.Pdf;

/// <summary>What stands on one page. Measured in points from the page's upper left corner.</summary>
internal sealed class PdfPage(double width, double height)
{
    private readonly StringBuilder _content = new();

    public double Width => width;

    public double Height => height;

    /// <summary>Where a click leads: left, top, width, height, address.</summary>
    public List<(double Left, double Top, double Width, double Height, string Address)> Links { get; } = [];

    /// <param name="baseline">From the top of the page.</param>
    public void Text(double left, double baseline, string text, PdfFont font, double size, DocumentColour colour)
    {
        foreach (var (one, piece) in font.Pieces(text))
        {
            _content.Append(CultureInfo.InvariantCulture, $"BT {colour.Operands} rg /{one.Key} {PdfFile.Number(size)} Tf {PdfFile.Number(left)} {Up(baseline)} Td <{one.Encode(piece)}> Tj ET\n");
            left += one.Measure(piece, size);
        }
    }

    public void Fill(double left, double top, double width, double height, DocumentColour colour) =>
        _content.Append(CultureInfo.InvariantCulture, $"{colour.Operands} rg {PdfFile.Number(left)} {Up(top + height)} {PdfFile.Number(width)} {PdfFile.Number(height)} re f\n");

    public void Line(double x1, double y1, double x2, double y2, double thickness, DocumentColour colour) =>
        Polyline([(x1, y1), (x2, y2)], thickness, colour);

    public void Polyline(IReadOnlyList<(double X, double Y)> points, double thickness, DocumentColour colour)
    {
        if (points.Count < 2)
        {
            return;
        }

        _content.Append(CultureInfo.InvariantCulture, $"{colour.Operands} RG {PdfFile.Number(thickness)} w 1 j {PdfFile.Number(points[0].X)} {Up(points[0].Y)} m");
        foreach (var (x, y) in points.Skip(1))
        {
            _content.Append(CultureInfo.InvariantCulture, $" {PdfFile.Number(x)} {Up(y)} l");
        }

        _content.Append(" S\n");
    }

    /// <summary>Distance from the bottom, as PDF counts.</summary>
    public string Up(double fromTop) => PdfFile.Number(height - fromTop);

    public byte[] Content() => Encoding.ASCII.GetBytes(_content.ToString());
}
