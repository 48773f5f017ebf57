using OpsDashboard.Domain;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Web.Incidents.Alerts;

/// <summary>Labels as people paste them: one a line, or in braces with commas between them.</summary>
internal static class LabelText
{
    public static IReadOnlyDictionary<string, string> Read(string text, string pointer, List<Fault> faults)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in Parts(text.Trim().TrimStart('{').TrimEnd('}')))
        {
            if (LabelMatcher.Parse(part) is not { Operator: MatchOperator.Equal } label || label.Check() is not null)
            {
                faults.Add(new Fault(pointer, "label.read", $"\"{part}\" is no label; write one a line, as service=\"checkout\"."));
                break;
            }

            labels[label.Label] = label.Value;
        }

        return labels;
    }

    /// <summary>Commas and line breaks part labels, but not within quotes.</summary>
    private static IEnumerable<string> Parts(string text)
    {
        var (from, quoted) = (0, false);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '"' && (i == 0 || text[i - 1] != '\\'))
            {
                quoted = !quoted;
            }

            if (i == text.Length || text[i] == '\n' || (text[i] == ',' && !quoted))
            {
                quoted = false;
                if (text[from..i].Trim() is { Length: > 0 } part)
                {
                    yield return part;
                }

                from = i + 1;
            }
        }
    }
}
