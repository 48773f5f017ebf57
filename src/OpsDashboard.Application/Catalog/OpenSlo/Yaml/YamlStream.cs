using System.Buffers;

namespace OpsDashboard.Application.Catalog.OpenSlo.Yaml;

internal readonly record struct YamlPart(string Text, int FirstLine);

/// <summary>
/// Cuts a stream at its <c>---</c> and <c>...</c> lines, so that a syntax error in one document does not hide the faults
/// of the next. YAML allows these at the start of a line nowhere else, not even inside quotes or block text.
/// </summary>
internal static class YamlStream
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(c => (char)c).Where(c => c is not ('\t' or '\n' or '\r')), '\u007f', '\uFFFE', '\uFFFF']);

    public static IEnumerable<YamlPart> Split(string text)
    {
        var startLine = 1;
        var at = text.StartsWith('\uFEFF') ? 1 : 0;
        var start = at;
        var line = 1;
        var lead = string.Empty;
        while (at < text.Length)
        {
            var end = text.IndexOf('\n', at);
            var next = end < 0 ? text.Length : end + 1;
            if (IsMarker(text.AsSpan(at, next - at)))
            {
                yield return Part(lead, text[start..at], startLine);
                // What follows the marker on its line belongs to the document; spaces keep the columns.
                lead = "   ";
                start = at + 3;
                startLine = line;
            }

            at = next;
            line++;
        }

        yield return Part(lead, text[start..], startLine);
    }

    /// <summary>Where the first character stands that YAML forbids; the parser would take a zero for the end and read on no further.</summary>
    public static (int Line, int Column)? ForbiddenCharacter(string text)
    {
        var at = text.AsSpan().IndexOfAny(Forbidden);
        return at < 0 ? null : (text.AsSpan(0, at).Count('\n') + 1, at - text.LastIndexOf('\n', at));
    }

    private static bool IsMarker(ReadOnlySpan<char> line)
        => line.Length >= 3
            && (line.StartsWith("---") || line.StartsWith("..."))
            && (line.Length == 3 || line[3] is ' ' or '\t' or '\r' or '\n');

    private static YamlPart Part(string lead, string text, int firstLine)
    {
        // A part with nothing but directives (%YAML 1.2) and comments holds no document.
        var hasContent = text.Split('\n').Any(l => l.AsSpan().Trim() is { Length: > 0 } t && t[0] is not ('%' or '#'));
        return new YamlPart(hasContent ? lead + text : string.Empty, firstLine);
    }
}
