namespace OpsDashboard.Application.Platform.Documents;

/// <summary>
/// Puts a table on the pages. A row stays whole unless it is longer than a page; the head stands again on every page the table
/// reaches.
/// </summary>
internal sealed class DocumentTableLayout(DocumentSheet sheet, double size, double lineHeight)
{
    private const double Padding = 4;
    private const double Gap = 12;

    public void Write(DocumentTable table)
    {
        var weights = table.Columns.Sum(column => column.Weight);
        var widths = table.Columns.Select(column => sheet.Width * column.Weight / weights).ToList();
        var head = Lines([.. table.Columns.Select(column => RichText.Bold(column.Title))], widths);
        var first = table.Rows.Count > 0 ? HeightOf(Lines(table.Rows[0].Cells, widths)) : 0;
        sheet.Need(HeightOf(head) + Math.Min(first, 4 * lineHeight));
        Head();
        foreach (var row in table.Rows)
        {
            var lines = Lines(row.IsStrong ? [.. row.Cells.Select(cell => cell.In(TextStyle.Bold))] : row.Cells, widths);
            foreach (var part in Parts(lines, HeightOf(head)))
            {
                if (HeightOf(part) > sheet.Room)
                {
                    sheet.PageBreak();
                    Head();
                }

                Draw(part, DocumentColour.Ink);
            }

            sheet.Page.Line(DocumentSheet.Left, sheet.Top, DocumentSheet.Left + sheet.Width, sheet.Top, row.IsStrong ? 0.75 : 0.4, row.IsStrong ? DocumentColour.Muted : DocumentColour.Rule);
        }

        void Head()
        {
            Draw(head, DocumentColour.Muted);
            sheet.Page.Line(DocumentSheet.Left, sheet.Top, DocumentSheet.Left + sheet.Width, sheet.Top, 0.75, DocumentColour.Muted);
        }

        void Draw(IReadOnlyList<IReadOnlyList<TextLine>> cells, DocumentColour colour)
        {
            var left = DocumentSheet.Left;
            for (var column = 0; column < cells.Count; column++)
            {
                for (var line = 0; line < cells[column].Count; line++)
                {
                    var shift = table.Columns[column].Side == ColumnSide.Right ? widths[column] - Gap - cells[column][line].Width : 0;
                    sheet.Draw(cells[column][line], left + shift, sheet.Top + Padding + (line * lineHeight), lineHeight, size, colour);
                }

                left += widths[column];
            }

            sheet.Top += HeightOf(cells);
        }
    }

    private List<IReadOnlyList<TextLine>> Lines(IReadOnlyList<RichText> cells, List<double> widths) =>
        [.. cells.Select((cell, column) => TextLayout.Break(cell, sheet.Fonts, size, widths[column] - Gap))];

    private double HeightOf(IReadOnlyList<IReadOnlyList<TextLine>> cells) => (2 * Padding) + (cells.Max(cell => cell.Count) * lineHeight);

    private IEnumerable<IReadOnlyList<IReadOnlyList<TextLine>>> Parts(List<IReadOnlyList<TextLine>> cells, double headHeight)
    {
        var most = Math.Max(1, (int)((sheet.Body - headHeight - (2 * Padding)) / lineHeight));
        for (var from = 0; from == 0 || from < cells.Max(cell => cell.Count); from += most)
        {
            yield return [.. cells.Select(cell => (IReadOnlyList<TextLine>)[.. cell.Skip(from).Take(most)])];
        }
    }
}
