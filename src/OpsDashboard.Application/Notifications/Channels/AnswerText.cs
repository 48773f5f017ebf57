using System.Text;

namespace OpsDashboard.Application.Notifications.Channels;

/// <summary>Makes what a provider said fit for the delivery log: one line, short, and without the address it was said about.</summary>
internal static class AnswerText
{
    private const int Most = 300;

    public static string Of(HttpAnswer answer, string address) => Clean($"{answer.Code} {answer.Status}: {answer.Body}".TrimEnd(':', ' '), address);

    public static string Clean(string text, params ReadOnlySpan<string> secrets)
    {
        foreach (var secret in secrets)
        {
            // Shorter ones would tear holes into plain words.
            if (secret.Length >= 4)
            {
                text = text.Replace(secret, "…", StringComparison.OrdinalIgnoreCase);
            }
        }

        var line = new StringBuilder(Math.Min(text.Length, Most));
        foreach (var c in text)
        {
            if (line.Length == Most)
            {
                return line.Append('…').ToString();
            }

            var shown = char.IsControl(c) || char.IsWhiteSpace(c) ? ' ' : c;
            if (shown != ' ' || (line.Length > 0 && line[^1] != ' '))
            {
                line.Append(shown);
            }
        }

        return line.ToString().TrimEnd();
    }
}
