using System.Text.Json;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Notifications.Channels;

/// <summary>Headers a feature adds to a mail or webhook. What could end a header early, or pass for another, is left out.</summary>
internal static class ExtraHeaders
{
    private const string TokenSymbols = "!#$%&'*+-.^_`|~";

    public static IEnumerable<KeyValuePair<string, string>> Read(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(json, StoreJson.Options)!.Where(header => IsToken(header.Key) && IsOneLine(header.Value));

    /// <summary>A field name of RFC 9110, section 5.1.</summary>
    private static bool IsToken(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || TokenSymbols.Contains(c, StringComparison.Ordinal));

    private static bool IsOneLine(string value) => !value.Any(char.IsControl);
}
