using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Slos.Evaluation;

/// <summary>All objectives in memory while this node evaluates. Used by one thread at a time.</summary>
internal sealed class EvaluatorState
{
    private readonly Dictionary<string, Objective> byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<int, List<Objective>> bySeries = [];
    private readonly HourChunk chunk = new();

    public IReadOnlyCollection<Objective> All => byPath.Values;

    public void Clear()
    {
        byPath.Clear();
        bySeries.Clear();
    }

    public void Put(Objective objective)
    {
        Remove(objective.Path);
        byPath[objective.Path] = objective;
        if (!bySeries.TryGetValue(objective.SeriesId, out var readers))
        {
            bySeries[objective.SeriesId] = readers = [];
        }

        readers.Add(objective);
    }

    public void Remove(string path)
    {
        if (byPath.Remove(path, out var old))
        {
            bySeries[old.SeriesId].Remove(old);
        }
    }

    public bool IsRead(int seriesId) => bySeries.TryGetValue(seriesId, out var readers) && readers.Count > 0;

    /// <summary>Replaces what the objectives of a series know of an hour.</summary>
    /// <param name="only">Null: all objectives that read the series.</param>
    public IReadOnlyList<Objective> Apply(int seriesId, int hour, byte[] data, IReadOnlySet<Objective>? only = null)
    {
        if (!bySeries.TryGetValue(seriesId, out var readers))
        {
            return [];
        }

        chunk.Load(data);
        foreach (var objective in readers)
        {
            if (only?.Contains(objective) != false)
            {
                objective.Tracker.Apply(hour, chunk);
            }
        }

        return readers;
    }

    /// <summary>Hands in the minutes of an old hour to those who asked for it.</summary>
    public void Supply(int seriesId, int hour, byte[] data, IEnumerable<Objective> askers)
    {
        chunk.Load(data);
        foreach (var objective in askers.Where(asker => asker.SeriesId == seriesId))
        {
            objective.Tracker.Supply(hour, chunk);
        }
    }
}
