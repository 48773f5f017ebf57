using System.Globalization;

namespace OpsDashboard.Application.Catalog.OpenSlo.Mapping;

/// <summary>Names of documents for ids: the last part where a platform has it once, else service and last part.</summary>
internal static class DocumentNames
{
    private const int MaxLength = 63;

    public static Dictionary<string, string> For(IEnumerable<string> ids)
    {
        var all = ids.Order(StringComparer.Ordinal).ToList();
        var shared = all.GroupBy(Short, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in all)
        {
            var parts = id.Split('/');
            var wish = shared.Contains(Short(id)) && parts.Length == 3 ? $"{parts[1]}-{parts[2]}" : parts[^1];
            names[id] = Free(parts[0], Clean(wish), taken);
        }

        return names;
    }

    private static string Short(string id) => id.Split('/') is var parts ? $"{parts[0]}/{Clean(parts[^1])}" : id;

    private static string Clean(string name)
    {
        var clean = new string([.. name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]).Trim('-');
        return clean.Length == 0 ? "unnamed" : clean.Length <= MaxLength ? clean : clean[..MaxLength].TrimEnd('-');
    }

    private static string Free(string platform, string name, HashSet<string> taken)
    {
        var free = name;
        for (var n = 2; !taken.Add($"{platform}/{free}"); n++)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $"-{n}");
            free = name[..Math.Min(name.Length, MaxLength - suffix.Length)].TrimEnd('-') + suffix;
        }

        return free;
    }
}
