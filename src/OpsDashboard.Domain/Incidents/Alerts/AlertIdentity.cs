using System.Security.Cryptography;
using System.Text;

namespace OpsDashboard.Domain.Incidents.Alerts;

/// <summary>What makes two messages speak of the same alert. Annotations never do: they may carry a value that changes with every message.</summary>
public static class AlertIdentity
{
    public const int MaxKeyLength = 200;

    /// <summary>Longest part that is kept as it was sent; a longer one is replaced by its hash.</summary>
    private const int MaxPartLength = 120;

    /// <summary>Key of an alert: its origin and the fingerprint its sender gave it, or where it gave none the hash of its labels.</summary>
    /// <param name="origin">Short name of where alerts come from, as "i12".</param>
    public static string KeyOf(string origin, string? fingerprint, IReadOnlyDictionary<string, string> labels) =>
        $"{origin}:{(string.IsNullOrWhiteSpace(fingerprint) ? Fingerprint(labels) : Short(fingerprint.Trim()))}";

    /// <summary>Key of a group: what the sender says belongs together, within its origin.</summary>
    public static string GroupOf(string origin, string groupKey) => $"{origin}:{Short(groupKey)}";

    /// <summary>Hash over the labels in order of their names: 32 hexadecimal digits.</summary>
    public static string Fingerprint(IReadOnlyDictionary<string, string> labels)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in labels.OrderBy(label => label.Key, StringComparer.Ordinal))
        {
            // Lengths keep {a: "b"} and {ab: ""} apart whatever the texts hold.
            text.Append(name.Length).Append(':').Append(name).Append(value.Length).Append(':').Append(value);
        }

        return Hash(text.ToString());
    }

    private static string Short(string part) => part.Length <= MaxPartLength ? part : Hash(part);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
