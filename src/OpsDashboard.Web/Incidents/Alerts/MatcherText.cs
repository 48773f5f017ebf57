using OpsDashboard.Domain;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Web.Incidents.Alerts;

/// <summary>Matchers as people type them: one a line.</summary>
internal static class MatcherText
{
    public static IReadOnlyList<LabelMatcher> Read(string text, string pointer, List<Fault> faults)
    {
        var matchers = new List<LabelMatcher>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (LabelMatcher.Parse(line) is not { } matcher)
            {
                faults.Add(new Fault(pointer, "matcher.read", $"\"{line}\" is no matcher; write one a line, as service=\"checkout\" or severity=~\"warn.*\"."));
                break;
            }

            if (matcher.Check() is { } wrong)
            {
                faults.Add(new Fault(pointer, "matcher.usable", wrong));
                break;
            }

            matchers.Add(matcher);
        }

        return matchers;
    }
}
