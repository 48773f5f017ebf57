namespace OpsDashboard.Application.Catalog.OpenSlo.Mapping;

/// <summary>
/// Connection details may hold secrets under any name, so an export shows only what is known to be none; an import takes what
/// was masked from what is stored.
/// </summary>
internal static class SecretMask
{
    /// <summary>Stands in an export where a value was.</summary>
    public const string Mask = "***";

    private static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "url", "uri", "endpoint", "address", "host", "hostname", "port", "scheme", "path", "site", "region", "zone", "version",
        "project", "projectId", "organization", "org", "workspace", "namespace", "database", "dataset", "index", "table",
        "timeout", "interval", "step", "method", "type", "name", "maxSamples",
    };

    public static OpenSloDocument Hide(OpenSloDocument document) => document.Spec is DataSourceSpec { ConnectionDetails: { } details } spec
        ? document with { Spec = spec with { ConnectionDetails = Hide(details, isHarmless: false) } }
        : document;

    /// <param name="known">Stored connection details of the same data source; null where there are none.</param>
    /// <param name="missing">Told the path of each masked value that nothing stored stands for.</param>
    public static OpenSloDocument Restore(OpenSloDocument document, OpenSloValue? known, Action<string> missing)
        => document.Spec is DataSourceSpec { ConnectionDetails: { } details } spec
            ? document with { Spec = spec with { ConnectionDetails = Restore(details, known, "spec.connectionDetails", missing) } }
            : document;

    private static OpenSloValue Hide(OpenSloValue value, bool isHarmless) => value switch
    {
        OpenSloValue.Map map => new OpenSloValue.Map(
            [.. map.Entries.Select(e => KeyValuePair.Create(e.Key, Hide(e.Value, Harmless.Contains(e.Key))))]),
        OpenSloValue.List list => new OpenSloValue.List([.. list.Items.Select(i => Hide(i, isHarmless))]),
        OpenSloValue.Scalar { IsText: false, Text: "true" or "false" or "null" } flag => flag,
        OpenSloValue.Scalar scalar when isHarmless && !HoldsCredentials(scalar.Text) => scalar,
        _ => new OpenSloValue.Scalar(Mask, IsText: true),
    };

    /// <summary>An address may carry a password before its host or a token in its query.</summary>
    private static bool HoldsCredentials(string text)
        => text.Contains('@', StringComparison.Ordinal) || text.Contains('?', StringComparison.Ordinal) || text.Contains('#', StringComparison.Ordinal);

    private static OpenSloValue Restore(OpenSloValue value, OpenSloValue? known, string path, Action<string> missing)
    {
        switch (value)
        {
            case OpenSloValue.Scalar { Text: Mask }:
                if (known is not OpenSloValue.Scalar secret)
                {
                    missing(path);
                    return value;
                }

                return secret;
            case OpenSloValue.Map map:
                var entries = (known as OpenSloValue.Map)?.Entries ?? [];
                return new OpenSloValue.Map([.. map.Entries.Select(e => KeyValuePair.Create(
                    e.Key, Restore(e.Value, entries.FirstOrDefault(k => k.Key == e.Key).Value, $"{path}.{e.Key}", missing)))]);
            case OpenSloValue.List list:
                var items = (known as OpenSloValue.List)?.Items ?? [];
                return new OpenSloValue.List([.. list.Items.Select((item, i) => Restore(
                    item, i < items.Count ? items[i] : null, FormattableString.Invariant($"{path}[{i}]"), missing))]);
            default:
                return value;
        }
    }
}
