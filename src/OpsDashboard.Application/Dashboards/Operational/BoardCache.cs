using System.Collections.Concurrent;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Status;

namespace OpsDashboard.Application.Dashboards.Operational;

/// <summary>
/// One board per filter and change, however many circuits ask: a hundred open pages cost one sort. Most have no filter, so few
/// entries do.
/// </summary>
internal sealed class BoardCache(StatusBoard statuses, MaintenanceToday maintenance, TimeProvider time)
{
    private const int MostEntries = 100;

    private readonly ConcurrentDictionary<GetOperationsBoard, Entry> entries = new();

    public async Task<OperationsBoard> GetAsync(GetOperationsBoard filter, Scope reach, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var version = statuses.Version;
        var windows = await maintenance.ListAsync(now, cancellationToken);
        if (!reach.IsEverything)
        {
            // Of what this reader reaches; theirs alone, so it is not kept.
            return BoardBuilder.Build(
                filter,
                [.. statuses.All.Where(status => reach.Covers(status.Platform, status.Service))],
                [.. windows.Where(window => window.Service is null ? reach.Meets(window.Platform) : reach.Covers(window.Platform, window.Service))]);
        }

        if (entries.TryGetValue(filter, out var entry) && entry.Version == version && entry.Windows == windows)
        {
            return entry.Board;
        }

        if (entries.Count >= MostEntries)
        {
            entries.Clear();
        }

        var board = BoardBuilder.Build(filter, statuses.All, windows);
        entries[filter] = new Entry(version, windows, board);
        return board;
    }

    private sealed record Entry(long Version, IReadOnlyList<MaintenanceOfDay> Windows, OperationsBoard Board);
}
