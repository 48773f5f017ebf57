using System.Text.Json;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Incidents.Alerts.Desk;

/// <summary>What became of one message.</summary>
internal enum MessageVerdict
{
    Opened,
    Repeated,
    Resolved,
    Ignored,
}

/// <summary>The texts of an alert, as long as the store keeps them.</summary>
internal static class AlertText
{
    public static string Write(IReadOnlyDictionary<string, string> texts) => JsonSerializer.Serialize(texts, StoreJson.Options);

    public static IReadOnlyDictionary<string, string> Read(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json, StoreJson.Options)!;

    public static (string Title, string? Description, string? Link) Texts(AlertSignal signal) => (
        Cut(signal.Title, AlertRow.MaxTitleLength),
        string.IsNullOrWhiteSpace(signal.Description) ? null : Cut(signal.Description, AlertRow.MaxDescriptionLength),
        Uri.TryCreate(signal.Link, UriKind.Absolute, out var link) && link.Scheme is "http" or "https" && signal.Link!.Length <= AlertRow.MaxLinkLength ? signal.Link : null);

    /// <summary>Not between the halves of a surrogate pair.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = most - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }
}
