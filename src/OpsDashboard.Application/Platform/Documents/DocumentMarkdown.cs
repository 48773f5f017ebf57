using System.Globalization;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace OpsDashboard.Application.Platform.Documents;

/// <summary>Markdown as the pages show it, put on paper. HTML is text.</summary>
internal static class DocumentMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks().Build();

    /// <param name="under">Level of the heading the text stands under; its own headings begin one below.</param>
    public static void Write(DocumentWriter writer, string markdown, int under)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        var top = document.OfType<HeadingBlock>().Select(heading => heading.Level).DefaultIfEmpty(1).Min();
        foreach (var block in document)
        {
            Write(writer, block, under - top + 1);
        }
    }

    private static void Write(DocumentWriter writer, Block block, int shift)
    {
        switch (block)
        {
            case HeadingBlock heading:
                writer.Heading(Math.Clamp(heading.Level + shift, 2, 4), string.Concat(Text(heading.Inline).Runs.Select(run => run.Text)));
                break;
            case ListBlock list:
                List(writer, list, 0);
                writer.Space(4);
                break;
            case QuoteBlock quote:
                foreach (var paragraph in quote.Descendants<ParagraphBlock>())
                {
                    writer.Quote(Text(paragraph.Inline));
                }

                break;
            case CodeBlock code:
                writer.Code(code.Lines.ToString());
                break;
            case ThematicBreakBlock:
                writer.Rule();
                break;
            case LeafBlock leaf:
                writer.Paragraph(Text(leaf.Inline));
                break;
            case ContainerBlock container:
                foreach (var inner in container)
                {
                    Write(writer, inner, shift);
                }

                break;
        }
    }

    private static void List(DocumentWriter writer, ListBlock list, int depth)
    {
        var number = int.TryParse(list.OrderedStart, CultureInfo.InvariantCulture, out var start) ? start : 1;
        foreach (var item in list.OfType<ListItemBlock>())
        {
            var mark = list.IsOrdered ? string.Create(CultureInfo.InvariantCulture, $"{number++}.") : "•";
            foreach (var block in item)
            {
                if (block is ListBlock inner)
                {
                    List(writer, inner, Math.Min(depth + 1, 5));
                }
                else if (block is CodeBlock code)
                {
                    writer.Code(code.Lines.ToString());
                }
                else if (block is LeafBlock leaf)
                {
                    writer.Item(mark, Text(leaf.Inline), depth);
                    mark = "";
                }
            }
        }
    }

    private static RichText Text(ContainerInline? inlines)
    {
        var runs = new List<TextRun>();
        Take(inlines, TextStyle.Plain, null);
        return new RichText(runs);

        void Take(IEnumerable<Inline>? all, TextStyle style, string? link)
        {
            foreach (var inline in all ?? [])
            {
                switch (inline)
                {
                    case LiteralInline literal:
                        runs.Add(new TextRun(literal.Content.ToString(), style, link));
                        break;
                    case CodeInline code:
                        runs.Add(new TextRun(code.Content, style | TextStyle.Code, link));
                        break;
                    case LineBreakInline line:
                        runs.Add(new TextRun(line.IsHard ? "\n" : " ", style));
                        break;
                    case AutolinkInline address:
                        runs.Add(new TextRun(address.Url, style, address.Url));
                        break;
                    case HtmlEntityInline entity:
                        runs.Add(new TextRun(entity.Transcoded.ToString(), style, link));
                        break;
                    case EmphasisInline emphasis:
                        Take(emphasis, style | (emphasis.DelimiterCount > 1 ? TextStyle.Bold : TextStyle.Italic), link);
                        break;
                    case LinkInline anchor:
                        Take(anchor, style, Allowed(anchor.Url));
                        break;
                    case ContainerInline container:
                        Take(container, style, link);
                        break;
                }
            }
        }
    }

    /// <summary>Only what leads to a page; a document is opened far from here, where "javascript:" or a file would mean something else.</summary>
    private static string? Allowed(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeMailto) ? address : null;
}
