using OpsDashboard.Application.Platform.Documents.Pdf;

namespace OpsDashboard.Application.Platform.Documents;

/// <summary>The faces a document may use. The files are read once; which glyphs are in use is counted for each document.</summary>
internal sealed class DocumentFonts
{
    private static readonly Lazy<IReadOnlyDictionary<string, TrueTypeFont>> Files = new(() => new Dictionary<string, TrueTypeFont>(StringComparer.Ordinal)
    {
        ["regular"] = Read("regular", "Inter-Regular"),
        ["italic"] = Read("italic", "Inter-Italic"),
        ["bold"] = Read("bold", "Inter-SemiBold"),
        ["bold-italic"] = Read("bold-italic", "Inter-SemiBoldItalic"),
        ["code"] = Read("code", "JetBrainsMono-Regular"),
    });

    private readonly PdfFont _regular;
    private readonly PdfFont _italic;
    private readonly PdfFont _bold;
    private readonly PdfFont _boldItalic;
    private readonly PdfFont _code;

    public DocumentFonts()
    {
        // What a face lacks (arrows, boxes), the fixed-width one often has.
        _code = new PdfFont(Files.Value["code"], "F5", null);
        _regular = new PdfFont(Files.Value["regular"], "F1", _code);
        _italic = new PdfFont(Files.Value["italic"], "F2", _code);
        _bold = new PdfFont(Files.Value["bold"], "F3", _code);
        _boldItalic = new PdfFont(Files.Value["bold-italic"], "F4", _code);
    }

    public IReadOnlyList<PdfFont> All => [_regular, _italic, _bold, _boldItalic, _code];

    public PdfFont For(TextStyle style) =>
        style.HasFlag(TextStyle.Code) ? _code
        : style.HasFlag(TextStyle.Bold | TextStyle.Italic) ? _boldItalic
        : style.HasFlag(TextStyle.Bold) ? _bold
        : style.HasFlag(TextStyle.Italic) ? _italic
        : _regular;

    private static TrueTypeFont Read(string face, string name)
    {
        using var stream = typeof(DocumentFonts).Assembly.GetManifestResourceStream($"document-fonts/{face}.ttf")
            ?? throw new InvalidOperationException($"The build embedded no font {face}");
        var data = new byte[stream.Length];
        stream.ReadExactly(data);
        return new TrueTypeFont(name, data);
    }
}
