namespace OpsDashboard.Application.Telemetry.Self;

/// <summary>
/// Batches the intake has just acknowledged, for reading them back out of the store. Bounded: under load the newest beyond the
/// limit are not checked, and not counted either.
/// </summary>
internal sealed class AcknowledgedBatches
{
    private const int Most = 256;

    private readonly Lock gate = new();
    private Dictionary<string, int> noted = new(StringComparer.Ordinal);

    /// <param name="id">As stored, with the key's name.</param>
    public void Note(string id, int accepted)
    {
        lock (gate)
        {
            if (noted.Count < Most)
            {
                noted[id] = accepted;
            }
        }
    }

    public IReadOnlyDictionary<string, int> Take()
    {
        lock (gate)
        {
            var taken = noted;
            noted = new(StringComparer.Ordinal);
            return taken;
        }
    }
}
