using System.Buffers;
using OpsDashboard.Application.Platform.Documents.Pdf;

namespace OpsDashboard.Application.Platform.Documents;

/// <summary>A stretch of one style within a line.</summary>
/// <param name="X">Points from the line's left end.</param>
internal sealed record PlacedText(TextRun Run, PdfFont Font, string Text, double X, double Width);

internal sealed record TextLine(IReadOnlyList<PlacedText> Parts, double Width);

/// <summary>Breaks text into lines of a width: between words, and within a word only where it is longer than a line.</summary>
internal sealed class TextLayout(DocumentFonts fonts, double size, double width)
{
    private static readonly SearchValues<char> BreaksAfter = SearchValues.Create("/-_.,:;");

    private readonly List<TextLine> _lines = [];
    private readonly List<(TextRun Run, string Text)> _line = [];
    private double _x;

    public static IReadOnlyList<TextLine> Break(RichText text, DocumentFonts fonts, double size, double width)
    {
        var layout = new TextLayout(fonts, size, width);
        foreach (var word in Words(text))
        {
            layout.Place(word);
        }

        layout.EndLine();
        return layout._lines;
    }

    /// <summary>Words with their leading spaces; a word may change its style within. An empty word is a line's end.</summary>
    private static IEnumerable<List<(TextRun Run, string Text)>> Words(RichText text)
    {
        var word = new List<(TextRun Run, string Text)>();
        var hasInk = false;
        foreach (var run in text.Runs)
        {
            var all = run.Text.ReplaceLineEndings("\n").Replace("\t", "    ", StringComparison.Ordinal);
            var start = 0;
            for (var at = 0; at < all.Length; at++)
            {
                if (all[at] != '\n' && (all[at] != ' ' || !hasInk))
                {
                    hasInk |= all[at] != ' ';
                    continue;
                }

                Take(word, run, all[start..at]);
                if (word.Count > 0)
                {
                    yield return word;
                }

                (word, hasInk, start) = ([], false, at);
                if (all[at] == '\n')
                {
                    yield return [];
                    start++;
                }
            }

            Take(word, run, all[start..]);
        }

        if (word.Count > 0)
        {
            yield return word;
        }

        static void Take(List<(TextRun Run, string Text)> word, TextRun run, string part)
        {
            if (part.Length > 0)
            {
                word.Add((run, part));
            }
        }
    }

    private void Place(List<(TextRun Run, string Text)> word)
    {
        if (word.Count == 0)
        {
            EndLine();
            return;
        }

        if (_x > 0 && _x + Measure(word) > width)
        {
            EndLine();
            word = Trimmed(word);
        }

        foreach (var (run, text) in word)
        {
            Put(run, text);
        }
    }

    private void Put(TextRun run, string text)
    {
        var font = fonts.For(run.Style);
        var length = font.Measure(text, size);
        while (_x + length > width && text.Length > 1)
        {
            var fits = Fitting(font, text, width - _x);
            if (fits == 0 && _x > 0)
            {
                EndLine();
                continue;
            }

            fits = Math.Max(1, fits);
            _line.Add((run, text[..fits]));
            text = text[fits..];
            EndLine();
            length = font.Measure(text, size);
        }

        _line.Add((run, text));
        _x += font.Measure(text, size);
    }

    private int Fitting(PdfFont font, string text, double room)
    {
        var fits = 0;
        while (fits < text.Length && font.Measure(text[..(fits + 1)], size) <= room)
        {
            fits++;
        }

        var after = fits == 0 ? -1 : text.AsSpan(0, fits).LastIndexOfAny(BreaksAfter);
        fits = after > fits / 2 ? after + 1 : fits;
        return fits > 0 && char.IsHighSurrogate(text[fits - 1]) ? fits - 1 : fits;
    }

    private static List<(TextRun Run, string Text)> Trimmed(List<(TextRun Run, string Text)> word)
    {
        var first = word.FindIndex(part => part.Text.TrimStart(' ').Length > 0);
        return first < 0 ? [] : [(word[first].Run, word[first].Text.TrimStart(' ')), .. word.Skip(first + 1)];
    }

    private double Measure(List<(TextRun Run, string Text)> word) => word.Sum(part => fonts.For(part.Run.Style).Measure(part.Text, size));

    private void EndLine()
    {
        var parts = new List<PlacedText>();
        var x = 0d;
        for (var at = 0; at < _line.Count;)
        {
            var run = _line[at].Run;
            var text = string.Concat(_line.Skip(at).TakeWhile(part => ReferenceEquals(part.Run, run)).Select(part => part.Text));
            at += _line.Skip(at).TakeWhile(part => ReferenceEquals(part.Run, run)).Count();
            var font = fonts.For(run.Style);
            var length = font.Measure(text, size);
            parts.Add(new PlacedText(run, font, text, x, length));
            x += length;
        }

        _lines.Add(new TextLine(parts, x));
        _line.Clear();
        _x = 0;
    }
}
