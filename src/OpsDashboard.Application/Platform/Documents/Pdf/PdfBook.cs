using System.Globalization;
using System.Text;

namespace OpsDashboard.Application.Platform.Documents.Pdf;

/// <summary>Pages, the list of their headings, and what the document says of itself.</summary>
internal sealed class PdfBook(DocumentFacts facts, DocumentFonts fonts)
{
    public List<PdfPage> Pages { get; } = [];

    /// <summary>Headings as a reader's side bar lists them: level from 1, page from 0, distance from its top.</summary>
    public List<(int Level, string Text, int Page, double Top)> Headings { get; } = [];

    public byte[] Write()
    {
        var file = new PdfFile();
        var catalog = file.Reserve();
        var pages = file.Reserve();
        var contents = Pages.ConvertAll(page => file.AddStream("", page.Content()));
        var faces = string.Join(' ', fonts.All.Where(font => font.IsUsed).Select(font => $"/{font.Key} {font.Embed(file)} 0 R"));
        var numbers = new List<int>();
        for (var index = 0; index < Pages.Count; index++)
        {
            var links = string.Join(' ', Pages[index].Links.Select(link => $"{AddLink(file, Pages[index], link)} 0 R"));
            numbers.Add(file.Add($"<< /Type /Page /Parent {pages} 0 R /MediaBox [0 0 {PdfFile.Number(Pages[index].Width)} {PdfFile.Number(Pages[index].Height)}] /Resources << /Font << {faces} >> >> /Contents {contents[index]} 0 R{(links.Length == 0 ? null : $" /Annots [{links}]")} >>"));
        }

        file.Set(pages, $"<< /Type /Pages /Count {numbers.Count} /Kids [{string.Join(' ', numbers.Select(number => $"{number} 0 R"))}] >>");
        var outlines = AddOutlines(file, numbers);
        file.Set(catalog, $"<< /Type /Catalog /Pages {pages} 0 R /Lang (en) /ViewerPreferences << /DisplayDocTitle true >>{(outlines is { } root ? $" /Outlines {root} 0 R /PageMode /UseOutlines" : null)} >>");
        var created = facts.CreatedAt.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        var information = file.Add($"<< /Title {PdfFile.Text(facts.Title)} /Subject {PdfFile.Text(facts.Subject ?? "")} /Creator {PdfFile.Text("OpsDashboard")} /CreationDate (D:{created}Z) >>");
        return file.Write(catalog, information);
    }

    private static int AddLink(PdfFile file, PdfPage page, (double Left, double Top, double Width, double Height, string Address) link)
    {
        var address = new StringBuilder();
        foreach (var one in Encoding.UTF8.GetBytes(link.Address))
        {
            address.Append(CultureInfo.InvariantCulture, $"{one:X2}");
        }

        return file.Add($"<< /Type /Annot /Subtype /Link /Border [0 0 0] /Rect [{PdfFile.Number(link.Left)} {page.Up(link.Top + link.Height)} {PdfFile.Number(link.Left + link.Width)} {page.Up(link.Top)}] /A << /S /URI /URI <{address}> >> >>");
    }

    /// <summary>A tree of headings (12.3.3): a heading stands under the last one of a lesser level.</summary>
    private int? AddOutlines(PdfFile file, List<int> pages)
    {
        if (Headings.Count == 0)
        {
            return null;
        }

        var root = file.Reserve();
        var numbers = Headings.ConvertAll(_ => file.Reserve());
        var parents = Headings.Select((heading, index) => Headings.FindLastIndex(index, index + 1, other => other.Level < heading.Level)).ToList();
        for (var index = 0; index < Headings.Count; index++)
        {
            var (_, text, page, top) = Headings[index];
            var siblings = Children(parents[index]);
            var place = siblings.IndexOf(index);
            var entries = new StringBuilder();
            entries.Append(CultureInfo.InvariantCulture, $"<< /Title {PdfFile.Text(text)} /Parent {(parents[index] < 0 ? root : numbers[parents[index]])} 0 R /Dest [{pages[page]} 0 R /XYZ null {Pages[page].Up(top)} null]");
            entries.Append(place > 0 ? $" /Prev {numbers[siblings[place - 1]]} 0 R" : null);
            entries.Append(place < siblings.Count - 1 ? $" /Next {numbers[siblings[place + 1]]} 0 R" : null);
            entries.Append(Family(Children(index)));
            file.Set(numbers[index], entries.Append(" >>").ToString());
        }

        file.Set(root, $"<< /Type /Outlines{Family(Children(-1))} >>");
        return root;

        List<int> Children(int parent) => [.. Enumerable.Range(0, Headings.Count).Where(index => parents[index] == parent)];

        string? Family(List<int> children) => children.Count == 0 ? null : $" /First {numbers[children[0]]} 0 R /Last {numbers[children[^1]]} 0 R /Count {children.Count}";
    }
}
