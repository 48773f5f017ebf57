using System.Globalization;
using System.Text;

namespace OpsDashboard.Application.Platform.Documents.Pdf;

/// <summary>A font as one document uses it: it measures, counts the glyphs in use, and embeds those alone (ISO 32000-1, 9.7).</summary>
internal sealed class PdfFont(TrueTypeFont font, string key, PdfFont? fallback)
{
    private readonly SortedDictionary<ushort, Rune> _used = [];

    /// <summary>Name in the pages' resources.</summary>
    public string Key => key;

    public TrueTypeFont Face => font;

    public bool IsUsed => _used.Count > 0;

    /// <summary>Points.</summary>
    public double Measure(string text, double size) =>
        Pieces(text).Sum(piece => piece.Text.EnumerateRunes().Sum(rune => piece.Font.Face.WidthOf(piece.Font.Face.GlyphOf(rune)))) * size / 1000;

    /// <summary>What this font has, and what only the fallback has, in turn.</summary>
    public IEnumerable<(PdfFont Font, string Text)> Pieces(string text)
    {
        if (fallback is null)
        {
            yield return (this, text);
            yield break;
        }

        var start = 0;
        var at = 0;
        PdfFont current = this;
        foreach (var rune in text.EnumerateRunes())
        {
            var one = Face.GlyphOf(rune) == 0 && fallback.Face.GlyphOf(rune) != 0 ? fallback : this;
            if (one != current && at > start)
            {
                yield return (current, text[start..at]);
                start = at;
            }

            current = one;
            at += rune.Utf16SequenceLength;
        }

        if (at > start)
        {
            yield return (current, text[start..at]);
        }
    }

    /// <summary>Glyph numbers in hexadecimal, as Identity-H takes them.</summary>
    public string Encode(string text)
    {
        var hex = new StringBuilder(4 * text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var glyph = Face.GlyphOf(rune);
            _used.TryAdd(glyph, rune);
            hex.Append(CultureInfo.InvariantCulture, $"{glyph:X4}");
        }

        return hex.ToString();
    }

    /// <returns>Number of the font object.</returns>
    public int Embed(PdfFile file)
    {
        // Six letters before the name tell that it is a subset (9.6.4).
        var name = $"OPSDSH+{Face.Name}";
        var program = Face.Subset(_used.Keys);
        var data = file.AddStream($"/Length1 {program.Length}", program);
        var flags = Face.ItalicAngle == 0 ? 4 : 4 | 64;
        var bounds = string.Join(' ', Face.Bounds.Select(Face.PerMille));
        var descriptor = file.Add($"<< /Type /FontDescriptor /FontName /{name} /Flags {flags} /FontBBox [{bounds}] /ItalicAngle {PdfFile.Number(Face.ItalicAngle)} /Ascent {Face.Ascent} /Descent {Face.Descent} /CapHeight {Face.CapHeight} /StemV 80 /FontFile2 {data} 0 R >>");
        var widths = string.Join(' ', _used.Keys.Select(glyph => string.Create(CultureInfo.InvariantCulture, $"{glyph} [{Face.WidthOf(glyph)}]")));
        var descendant = file.Add($"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} 0 R /CIDToGIDMap /Identity /DW 1000 /W [{widths}] >>");
        var characters = file.AddStream("", Encoding.ASCII.GetBytes(Characters()));
        return file.Add($"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{descendant} 0 R] /ToUnicode {characters} 0 R >>");
    }

    /// <summary>Which character a glyph stands for, so that text can be found and copied (9.10.3).</summary>
    private string Characters()
    {
        var map = new StringBuilder("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
        foreach (var page in _used.Chunk(100))
        {
            map.Append(CultureInfo.InvariantCulture, $"{page.Length} beginbfchar\n");
            foreach (var (glyph, rune) in page)
            {
                map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(rune.ToString()))}>\n");
            }

            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }
}
