using OpsDashboard.Application.Platform.Documents;

namespace OpsDashboard.Application.Tests.Platform.Documents;

public sealed class DocumentWriterTests
{
    private static readonly DateTimeOffset Created = new(2026, 11, 18, 10, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_ReadBack_HoldsItsTextFactsAndSubsetFonts()
    {
        var writer = New("Statement, März ≤ 99.9 %");
        writer.Title("Statement, März ≤ 99.9 %", "ML platform · Zażółć gęślą jaźń · Ελλάδα → Киев");
        writer.Heading(2, "What was promised");
        writer.Paragraph(new RichText([new TextRun("Uptime of "), new TextRun("99.95 %", TextStyle.Bold), new TextRun(", read at "), new TextRun("the contract", Link: "https://contracts.example/1"), new TextRun(".")]));
        writer.Item("•", "First");
        writer.Item("1.", "Nested", 1);
        writer.Quote("Availability SLA: 99.95 %");
        writer.Code("if (down)\n    page();");
        writer.Pairs([("Customer", "Contoso"), ("Tier", RichText.Bold("Enterprise"))]);
        writer.Figures([("Availability", "99.962 %", "target 99.95 %", DocumentColour.Good), ("Credit", "$ 1,200", null, null)]);
        writer.Line([1, 2, null, 3, 2.5], 40, target: 2);

        var pdf = writer.ToPdf();
        var text = Assert.Single(await Poppler.PagesAsync(pdf, Token));

        string[] told = ["Statement, März ≤ 99.9 %", "Zażółć gęślą jaźń · Ελλάδα → Киев", "What was promised", "Uptime of 99.95 %, read at the contract.", "• First", "1. Nested", "    page();", "Contoso", "Enterprise", "99.962 %", "$ 1,200", "Board, November", "Page 1 of 1"];
        Assert.All(told, one => Assert.Contains(one, text));
        var facts = await Poppler.FactsAsync(pdf, Token);
        Assert.Contains("Title:           Statement, März ≤ 99.9 %", facts);
        Assert.Contains("(A4)", facts);
        var fonts = (await Poppler.FontsAsync(pdf, Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries)[2..];
        Assert.NotEmpty(fonts);
        // embedded, subset, with characters
        Assert.All(fonts, font => Assert.Matches(@"^OPSDSH\+\S+\s+CID TrueType\s+Identity-H\s+yes yes yes ", font));
        Assert.InRange(pdf.Length, 5_000, 120_000);
    }

    [Fact]
    public async Task Table_LongerThanAPage_RepeatsItsHeadAndLosesNoRow()
    {
        var writer = New("Long");
        writer.Title("Long");
        var rows = Enumerable.Range(1, 120).Select(number => new DocumentLine([$"service-{number:000}", $"{number}.5 %", "within its target"])).ToList();
        rows.Add(new DocumentLine(["Sum", "120 services", ""], IsStrong: true));
        writer.Table(new DocumentTable([new DocumentColumn("Service", 3), new DocumentColumn("Value", 1, ColumnSide.Right), new DocumentColumn("State", 2)], rows));

        var pages = await Poppler.PagesAsync(writer.ToPdf(), Token);

        Assert.InRange(pages.Count, 3, 5);
        Assert.All(pages, (page, index) =>
        {
            Assert.Contains("Service", page);
            Assert.Contains($"Page {index + 1} of {pages.Count}", page);
        });
        var all = string.Concat(pages);
        Assert.All(Enumerable.Range(1, 120), number => Assert.Equal(2, all.Split($"service-{number:000} ").Length));
        Assert.Contains("120 services", pages[^1]);
    }

    [Fact]
    public async Task Text_LongerThanItsLineAndItsPage_IsBrokenAndWhole()
    {
        var writer = New("Words");
        var word = string.Concat(Enumerable.Range(0, 60).Select(number => $"part{number:00}/"));
        writer.Paragraph(word);
        writer.Table(new DocumentTable([new DocumentColumn("Only", 1), new DocumentColumn("Other", 1)], [new DocumentLine([string.Join(' ', Enumerable.Range(1, 2_000).Select(number => $"w{number}")), "short"])]));

        var pages = await Poppler.PagesAsync(writer.ToPdf(), Token);

        Assert.True(pages.Count > 1);
        var flat = string.Concat(string.Concat(pages).Where(character => !char.IsWhiteSpace(character)));
        Assert.Contains("part58/part59/", flat);
        var words = string.Join(' ', pages).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        Assert.All(Enumerable.Range(1, 2_000), number => Assert.Contains($"w{number}", words));
    }

    [Fact]
    public async Task Heading_AtAPagesFoot_GoesWithWhatFollows()
    {
        for (var lines = 44; lines < 56; lines++)
        {
            var writer = New("Keep");
            for (var line = 0; line < lines; line++)
            {
                writer.Item("•", $"Line {line}");
            }

            writer.Heading(2, "Section");
            writer.Paragraph("Its first words");

            var pages = await Poppler.PagesAsync(writer.ToPdf(), Token);
            Assert.Contains("Its first words", Assert.Single(pages, page => page.Contains("Section")));
        }
    }

    [Fact]
    public void Document_WrittenTwice_IsTheSameToTheByte()
    {
        Assert.Equal(Once(), Once());

        static byte[] Once()
        {
            var writer = New("Same");
            writer.Title("Same");
            writer.Paragraph("Words");
            return writer.ToPdf();
        }
    }

    [Fact]
    public async Task Markdown_WithHtmlAndForeignLinks_ShowsThemAsText()
    {
        var writer = New("Notes");
        DocumentMarkdown.Write(writer, "# Cause\n\nA *missing* **index** `ix_1`.\n\n<script>alert(1)</script>\n\n1. one\n   - two\n2. three\n\n> quoted\n\n```\ncode  here\n```\n\n[run](javascript:alert(1)) [read](https://docs.example/)\n\n---\n\n## Effect\n\nNone", under: 1);

        var pdf = writer.ToPdf();
        var text = string.Concat(await Poppler.PagesAsync(pdf, Token));

        string[] told = ["Cause", "A missing index ix_1.", "<script>alert(1)</script>", "1. one", "• two", "2. three", "quoted", "code here", "run read", "Effect"];
        var narrow = string.Join('\n', text.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
        Assert.All(told, one => Assert.Contains(one, narrow));
        var raw = System.Text.Encoding.Latin1.GetString(pdf);
        Assert.Single(raw.Split("/S /URI")[1..]);
        Assert.Contains(Convert.ToHexString("https://docs.example/"u8), raw);
    }

    private static DocumentWriter New(string title) => new(new DocumentFacts { Title = title, Footer = "Board, November", CreatedAt = Created });
}
