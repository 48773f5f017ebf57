namespace OpsDashboard.Application.Catalog.OpenSlo;

/// <summary>Free-form content, as <c>connectionDetails</c> and the <c>spec</c> of a metric source hold it: anything that is valid YAML.</summary>
public abstract record OpenSloValue
{
    private OpenSloValue()
    {
    }

    /// <param name="Text">As written, without quotes.</param>
    /// <param name="IsText">False for a number, a truth value or null; such a scalar is written back without quotes.</param>
    public sealed record Scalar(string Text, bool IsText) : OpenSloValue;

    public sealed record List(IReadOnlyList<OpenSloValue> Items) : OpenSloValue;

    /// <summary>Entries in the order of the source.</summary>
    public sealed record Map(IReadOnlyList<KeyValuePair<string, OpenSloValue>> Entries) : OpenSloValue
    {
        public static Map Empty { get; } = new([]);

        /// <summary>The text of a scalar entry; null when there is none of that name.</summary>
        public string? Text(string key)
            => Entries.FirstOrDefault(e => e.Key == key).Value is Scalar { Text: var text } ? text : null;
    }
}
