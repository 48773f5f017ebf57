using System.Text;

namespace OpsDashboard.Application.Live;

/// <summary>Tells that something changed, never what: the receiver reads again.</summary>
/// <param name="Topic">slo, service, platform, dashboard, catalog, maintenance, demo.</param>
/// <param name="Key">The path of what changed.</param>
/// <param name="Sequence">Position in the change feed; grows.</param>
public readonly record struct Notice(string Topic, string Key, long Sequence)
{
    private const string Any = "*";

    /// <summary>The feed had a gap: whatever the reader shows may have changed. Only subscribers to everything see it.</summary>
    public bool IsEverything => Topic == Any;

    internal static Notice Everything(long sequence) => new(Any, Any, sequence);
}

/// <summary>The subjects one feed row speaks of, packed as lines of "topic key".</summary>
internal static class Subjects
{
    public const string FeedTopic = "live";

    public static byte[] Pack(IEnumerable<(string Topic, string Key)> subjects)
    {
        var text = new StringBuilder();
        foreach (var (topic, key) in subjects)
        {
            text.Append(topic).Append(' ').Append(key).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static IEnumerable<Notice> Unpack(ChangeRow row)
    {
        foreach (var line in Encoding.UTF8.GetString(row.Detail).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            yield return new Notice(line[..space], line[(space + 1)..], row.Sequence);
        }
    }
}
