using System.Globalization;
using System.Text;

namespace OpsDashboard.Web.Metrics;

/// <summary>Writes the Prometheus text format, version 0.0.4: one HELP and one TYPE line a family, then its samples together.</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder text = new();

    /// <param name="type">counter, gauge or histogram.</param>
    public void Family(string name, string type, string help)
    {
        text.Append("# HELP ").Append(name).Append(' ').Append(help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
    }

    /// <param name="labels">As <see cref="Labels"/> writes them; empty for none.</param>
    public void Sample(string name, string labels, double value) => Sample(name, labels, Number(value));

    public void Sample(string name, string labels, decimal value) => Sample(name, labels, value.ToString(CultureInfo.InvariantCulture));

    public void Sample(string name, string labels, long value) => Sample(name, labels, value.ToString(CultureInfo.InvariantCulture));

    public override string ToString() => text.ToString();

    /// <summary>name="value" pairs, apart by commas, with the escapes the format asks for.</summary>
    public static string Labels(params ReadOnlySpan<(string Name, string Value)> pairs)
    {
        var written = new StringBuilder();
        foreach (var (name, value) in pairs)
        {
            if (written.Length > 0)
            {
                written.Append(',');
            }

            written.Append(Name(name)).Append("=\"");
            foreach (var letter in value)
            {
                _ = letter switch
                {
                    '\\' => written.Append("\\\\"),
                    '"' => written.Append("\\\""),
                    '\n' => written.Append("\\n"),
                    _ => written.Append(letter),
                };
            }

            written.Append('"');
        }

        return written.ToString();
    }

    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>A name of letters, digits and underscores that does not begin with a digit.</summary>
    public static string Name(string name)
    {
        var clean = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        return char.IsAsciiDigit(clean[0]) ? "_" + clean : clean;
    }

    private void Sample(string name, string labels, string value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(value).Append('\n');
    }
}
