using System.Text;

namespace OpsDashboard.Application.Kpis.Entry;

/// <summary>Reads lines of comma- or semicolon-separated values, quoted as RFC 4180 says.</summary>
internal static class CsvRows
{
    /// <summary>Each row with the line it begins on, from 1; empty lines are passed over.</summary>
    public static IEnumerable<(int Line, IReadOnlyList<string> Cells)> Read(string text)
    {
        var head = text.AsSpan(0, Math.Max(0, text.IndexOf('\n', StringComparison.Ordinal)));
        var separator = head.Contains(';') && !head.Contains(',') ? ';' : ',';
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (line, began, quoted, wasQuoted) = (1, 1, false, false);
        for (var index = text.StartsWith('\uFEFF') ? 1 : 0; index <= text.Length; index++)
        {
            var letter = index < text.Length ? text[index] : '\n';
            if (quoted && index < text.Length)
            {
                if (letter != '"')
                {
                    cell.Append(letter);
                    line += letter == '\n' ? 1 : 0;
                }
                else if (index + 1 < text.Length && text[index + 1] == '"')
                {
                    cell.Append('"');
                    index++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (letter == '"' && cell.Length == 0)
            {
                (quoted, wasQuoted) = (true, true);
            }
            else if (letter == separator)
            {
                Take();
            }
            else if (letter == '\n')
            {
                Take();
                if (cells.Count > 1 || cells[0].Length > 0)
                {
                    yield return (began, cells);
                    cells = [];
                }

                cells.Clear();
                began = ++line;
                quoted = false;
            }
            else if (letter != '\r')
            {
                cell.Append(letter);
            }
        }

        void Take()
        {
            cells.Add(wasQuoted ? cell.ToString() : cell.ToString().Trim());
            cell.Clear();
            wasQuoted = false;
        }
    }
}
