using System.Collections.Concurrent;

namespace OpsDashboard.Application.Kpis.Entry;

/// <param name="Total">Rows to write; 0 while the file is still read.</param>
public sealed record ImportProgress(int Done, int Total);

/// <summary>How far the imports are that run in this process.</summary>
public sealed class KpiImports
{
    private readonly ConcurrentDictionary<string, ImportProgress> running = new(StringComparer.Ordinal);

    /// <summary>Null: it is over, or never began.</summary>
    public ImportProgress? Find(string name) => running.GetValueOrDefault(name);

    internal void Tell(string? name, ImportProgress progress)
    {
        if (name is not null)
        {
            running[name] = progress;
        }
    }

    internal void Forget(string? name)
    {
        if (name is not null)
        {
            running.TryRemove(name, out _);
        }
    }
}
