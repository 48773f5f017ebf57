using OpsDashboard.Application.Platform.Documents.Pdf;

namespace OpsDashboard.Application.Platform.Documents;

/// <summary>
/// Writes a document that is printed or filed: headings, paragraphs, lists, figures, tables, from top to bottom over as many pages as
/// it takes. A4; measures in points.
/// </summary>
public sealed class DocumentWriter(DocumentFacts facts)
{
    private const double TextSize = 9.5;
    private const double SmallSize = 8.5;
    private const double Leading = 1.45;
    private const double Indent = 16;

    private readonly DocumentSheet _sheet = new(facts);

    /// <summary>The document's name and one line beneath it.</summary>
    public void Title(string text, string? line = null)
    {
        _sheet.Mark(1, text);
        Flow(RichText.Bold(text), 20, DocumentSheet.Left, _sheet.Width, DocumentColour.Ink);
        if (line is not null)
        {
            _sheet.Skip(2);
            Flow(line, TextSize, DocumentSheet.Left, _sheet.Width, DocumentColour.Muted);
        }

        _sheet.Skip(8);
        Rule();
        _sheet.Skip(6);
    }

    /// <param name="level">2 to 4; 1 is the title.</param>
    public void Heading(int level, string text)
    {
        var size = level switch { <= 2 => 14d, 3 => 11.5d, _ => TextSize };
        _sheet.Skip(level <= 2 ? 16 : 10);
        // A heading alone at a page's foot tells nothing: three lines come with it.
        _sheet.Need((size * Leading) + (3 * TextSize * Leading) + 4);
        _sheet.Mark(level, text);
        Flow(RichText.Bold(text), size, DocumentSheet.Left, _sheet.Width, DocumentColour.Ink);
        _sheet.Skip(4);
    }

    public void Paragraph(RichText text)
    {
        Flow(text, TextSize, DocumentSheet.Left, _sheet.Width, DocumentColour.Ink);
        _sheet.Skip(6);
    }

    /// <summary>What explains, in smaller grey letters.</summary>
    public void Note(RichText text)
    {
        Flow(text, SmallSize, DocumentSheet.Left, _sheet.Width, DocumentColour.Muted);
        _sheet.Skip(6);
    }

    /// <param name="mark">"•", "1.", "☐"; empty: goes on with the item before.</param>
    /// <param name="depth">0: outermost.</param>
    public void Item(string mark, RichText text, int depth = 0)
    {
        var left = DocumentSheet.Left + (depth * Indent);
        _sheet.Need(TextSize * Leading);
        var marked = TextLayout.Break(mark, _sheet.Fonts, TextSize, 2 * Indent)[0];
        var indent = Math.Max(Indent, marked.Width + 5);
        // The text may go to the next page with its first line; the mark goes with it.
        _sheet.Draw(marked, left + 2, _sheet.Top, TextSize * Leading, TextSize, DocumentColour.Muted);
        Flow(text, TextSize, left + indent, _sheet.Width - (depth * Indent) - indent, DocumentColour.Ink);
        _sheet.Skip(2);
    }

    /// <summary>Somebody's words, with a line at their side.</summary>
    public void Quote(RichText text)
    {
        Flow(text, TextSize, DocumentSheet.Left + 12, _sheet.Width - 12, DocumentColour.Muted, top => _sheet.Page.Fill(DocumentSheet.Left + 2, top, 2, TextSize * Leading, DocumentColour.Rule));
        _sheet.Skip(6);
    }

    /// <summary>A listing in letters of one width.</summary>
    public void Code(string text)
    {
        var lines = new RichText([new TextRun(text.TrimEnd(), TextStyle.Code)]);
        Flow(lines, SmallSize, DocumentSheet.Left + 6, _sheet.Width - 12, DocumentColour.Ink, top => _sheet.Page.Fill(DocumentSheet.Left, top, _sheet.Width, SmallSize * Leading, DocumentColour.Wash));
        _sheet.Skip(6);
    }

    /// <summary>Terms on the left, what holds of them on the right.</summary>
    public void Pairs(IReadOnlyList<(string Term, RichText Text)> pairs)
    {
        var column = Math.Min(_sheet.Width * 0.35, 150);
        foreach (var (term, text) in pairs)
        {
            var terms = TextLayout.Break(term, _sheet.Fonts, TextSize, column - 10);
            _sheet.Need(terms.Count * TextSize * Leading);
            for (var index = 0; index < terms.Count; index++)
            {
                _sheet.Draw(terms[index], DocumentSheet.Left, _sheet.Top + (index * TextSize * Leading), TextSize * Leading, TextSize, DocumentColour.Muted);
            }

            var (page, top) = (_sheet.Page, _sheet.Top);
            Flow(text, TextSize, DocumentSheet.Left + column, _sheet.Width - column, DocumentColour.Ink);
            _sheet.Top = _sheet.Page == page ? Math.Max(_sheet.Top, top + (terms.Count * TextSize * Leading)) : _sheet.Top;
        }

        _sheet.Skip(6);
    }

    /// <summary>Up to six figures side by side: a name, a large value, a note.</summary>
    public void Figures(IReadOnlyList<(string Name, string Text, string? Note, DocumentColour? Colour)> figures)
    {
        const double height = 52;
        _sheet.Need(height);
        var width = _sheet.Width / Math.Max(1, figures.Count);
        for (var index = 0; index < figures.Count; index++)
        {
            var (name, text, note, colour) = figures[index];
            var left = DocumentSheet.Left + (index * width);
            One(name, SmallSize, 0, 12, DocumentColour.Muted);
            One(RichText.Bold(text), 15, 13, 21, colour ?? DocumentColour.Ink);
            One(note ?? "", SmallSize, 34, 12, DocumentColour.Muted);

            void One(RichText line, double size, double below, double lineHeight, DocumentColour ink) =>
                _sheet.Draw(TextLayout.Break(line, _sheet.Fonts, size, width - 8)[0], left, _sheet.Top + below, lineHeight, size, ink);
        }

        _sheet.Top += height;
    }

    public void Table(DocumentTable table)
    {
        new DocumentTableLayout(_sheet, SmallSize, SmallSize * Leading).Write(table);
        _sheet.Skip(8);
    }

    public void Rule()
    {
        _sheet.Need(6);
        _sheet.Page.Line(DocumentSheet.Left, _sheet.Top + 2, DocumentSheet.Left + _sheet.Width, _sheet.Top + 2, 0.75, DocumentColour.Rule);
        _sheet.Top += 6;
    }

    public void Space(double height) => _sheet.Skip(height);

    public void PageBreak()
    {
        if (!_sheet.IsAtTop)
        {
            _sheet.PageBreak();
        }
    }

    /// <summary>Lines of numbers over their common range, the first and last value beside them; what cannot be told in text stands beneath.</summary>
    /// <param name="values">Null: nothing is known, and the line has a gap.</param>
    public void Line(IReadOnlyList<double?> values, double height, double? target = null)
    {
        _sheet.Need(height + 8);
        DocumentChart.Draw(_sheet.Page, DocumentSheet.Left, _sheet.Top, _sheet.Width, height, values, target);
        _sheet.Top += height + 8;
    }

    /// <summary>The first page: what it is, of when, and what must be said of it; the document begins on the next.</summary>
    public void Cover(string title, string subtitle, IReadOnlyList<(string Term, RichText Text)> facts, string note)
    {
        _sheet.Mark(1, title);
        _sheet.Top += 0.24 * _sheet.Body;
        _sheet.Page.Fill(DocumentSheet.Left, _sheet.Top, 48, 4, DocumentColour.Link);
        _sheet.Top += 22;
        Flow(RichText.Bold(title), 32, DocumentSheet.Left, _sheet.Width, DocumentColour.Ink);
        Flow(subtitle, 17, DocumentSheet.Left, _sheet.Width, DocumentColour.Muted);
        _sheet.Top += 40;
        Pairs(facts);
        _sheet.Top += 12;
        Note(note);
        _sheet.PageBreak();
    }

    /// <summary>What follows stands together on one page: it begins a new one when less than this is left.</summary>
    public void Together(double height) => _sheet.Need(height);

    /// <summary>Values by period with an axis, their target and the periods without a value; see <see cref="DocumentPlot"/>.</summary>
    public void Plot(DocumentPlot plot, double height)
    {
        _sheet.Need(height + 8);
        DocumentPlotDrawing.Draw(_sheet, plot, height);
        _sheet.Top += height + 8;
    }

    public int PageCount => _sheet.PageCount;

    public byte[] ToPdf() => _sheet.ToPdf();

    private void Flow(RichText text, double size, double left, double width, DocumentColour colour, Action<double>? behind = null)
    {
        var height = size * Leading;
        foreach (var line in TextLayout.Break(text, _sheet.Fonts, size, width))
        {
            _sheet.Need(height);
            behind?.Invoke(_sheet.Top);
            _sheet.Draw(line, left, _sheet.Top, height, size, colour);
            _sheet.Top += height;
        }
    }
}
