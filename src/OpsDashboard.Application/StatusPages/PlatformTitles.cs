using OpsDashboard.Application.Catalog;

namespace OpsDashboard.Application.StatusPages;

/// <summary>How the public reads the name of a platform: the shipped catalog's title, else its id in words.</summary>
internal sealed class PlatformTitles
{
    private readonly Lazy<IReadOnlyDictionary<string, string>> shipped = new(() => ShippedCatalogs.Load()
        .Where(catalog => catalog.Services.Count > 0)
        .SelectMany(catalog => catalog.Services.Select(service => (service.Platform, catalog.Title)))
        .DistinctBy(pair => pair.Platform, StringComparer.Ordinal)
        .ToDictionary(pair => pair.Platform, pair => pair.Title, StringComparer.Ordinal));

    public string Of(string platform) =>
        shipped.Value.TryGetValue(platform, out var title) ? title : string.Concat(char.ToUpperInvariant(platform[0]), platform[1..].Replace('-', ' '));
}
