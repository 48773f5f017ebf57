using System.Globalization;
using OpsDashboard.Application.Platform.Documents.Pdf;

namespace OpsDashboard.Application.Platform.Documents;

/// <summary>The pages as they fill from top to bottom.</summary>
internal sealed class DocumentSheet
{
    /// <summary>A4 in points.</summary>
    private const double ShortSide = 595.28;
    private const double LongSide = 841.89;
    private const double Margin = 54;
    private const double FootMargin = 62;
    private const double FooterSize = 8;

    private readonly DocumentFacts _facts;
    private readonly PdfBook _book;

    public DocumentSheet(DocumentFacts facts)
    {
        _facts = facts;
        _book = new PdfBook(facts, Fonts);
        PageBreak();
    }

    public DocumentFonts Fonts { get; } = new();

    public int PageCount => _book.Pages.Count;

    public PdfPage Page => _book.Pages[^1];

    public static double Left => Margin;

    public double Width => Page.Width - (2 * Margin);

    /// <summary>Where the next thing begins, from the top of the page.</summary>
    public double Top { get; set; }

    public double Room => Page.Height - FootMargin - Top;

    /// <summary>Height of a page's body.</summary>
    public double Body => Page.Height - FootMargin - Margin;

    public bool IsAtTop => Top <= Margin;

    public void PageBreak()
    {
        _book.Pages.Add(_facts.Landscape ? new PdfPage(LongSide, ShortSide) : new PdfPage(ShortSide, LongSide));
        Top = Margin;
    }

    /// <summary>Goes to a new page when what follows would not fit on this one.</summary>
    public void Need(double height)
    {
        if (height > Room && !IsAtTop)
        {
            PageBreak();
        }
    }

    public void Skip(double height)
    {
        if (!IsAtTop)
        {
            Top += height;
        }
    }

    public void Mark(int level, string text) => _book.Headings.Add((level, text, _book.Pages.Count - 1, Top));

    public void Draw(TextLine line, double left, double top, double height, double size, DocumentColour colour)
    {
        // The middle of a capital letter in the middle of the line.
        var baseline = top + (height / 2) + (0.36 * size);
        foreach (var part in line.Parts)
        {
            if (part.Run.Style.HasFlag(TextStyle.Code))
            {
                Page.Fill(left + part.X, top + (0.14 * height), part.Width, 0.76 * height, DocumentColour.Wash);
            }

            var ink = part.Run.Colour ?? (part.Run.Link is null ? colour : DocumentColour.Link);
            Page.Text(left + part.X, baseline, part.Text, part.Font, size, ink);
            if (part.Run.Link is { } link)
            {
                Page.Links.Add((left + part.X, top, part.Width, height, link));
            }
        }
    }

    public byte[] ToPdf()
    {
        for (var index = 0; index < _book.Pages.Count; index++)
        {
            Foot(_book.Pages[index], index + 1);
        }

        return _book.Write();
    }

    private void Foot(PdfPage page, int number)
    {
        var font = Fonts.For(TextStyle.Plain);
        var top = page.Height - 42;
        page.Line(Margin, top, page.Width - Margin, top, 0.5, DocumentColour.Rule);
        var count = string.Create(CultureInfo.InvariantCulture, $"Page {number} of {_book.Pages.Count}");
        var taken = font.Measure(count, FooterSize);
        page.Text(page.Width - Margin - taken, top + 14, count, font, FooterSize, DocumentColour.Muted);
        if (_facts.Footer is { } footer)
        {
            var line = TextLayout.Break(footer, Fonts, FooterSize, page.Width - (2 * Margin) - taken - 12)[0];
            foreach (var part in line.Parts)
            {
                page.Text(Margin + part.X, top + 14, part.Text, part.Font, FooterSize, DocumentColour.Muted);
            }
        }
    }
}
