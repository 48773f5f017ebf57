using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Live;

/// <summary>
/// Reads the change feed from a cursor and misses no committed row. A database may commit numbers out of order, so a number
/// that was skipped is asked for again until it has appeared or its writer must have given up.
/// </summary>
internal sealed class FeedTail(IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>Longer than any transaction of the product may take.</summary>
    private static readonly TimeSpan GapPatience = TimeSpan.FromSeconds(45);

    private const int PageSize = 2_000;
    private const int MostGaps = 64;

    private readonly List<Gap> gaps = [];

    public long Cursor { get; private set; } = -1;

    /// <summary>True once after rows were pruned or skipped beyond what can be followed: the reader must read everything again.</summary>
    public bool LostTrack { get; private set; }

    public async Task StartAtEndAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        Cursor = await db.Set<ChangeRow>().MaxAsync(row => (long?)row.Sequence, cancellationToken) ?? 0;
        gaps.Clear();
        LostTrack = false;
    }

    public async Task<IReadOnlyList<ChangeRow>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var found = new List<ChangeRow>();
        await ReadGapsAsync(db, found, cancellationToken);

        var page = await db.Set<ChangeRow>().AsNoTracking()
            .Where(row => row.Sequence > Cursor)
            .OrderBy(row => row.Sequence)
            .Take(PageSize)
            .ToListAsync(cancellationToken);
        foreach (var row in page)
        {
            NoteGap(Cursor + 1, row.Sequence - 1);
            Cursor = row.Sequence;
        }

        found.AddRange(page);
        return found;
    }

    public void AcceptLoss() => LostTrack = false;

    private void NoteGap(long from, long to)
    {
        if (from > to)
        {
            return;
        }

        if (gaps.Count == MostGaps)
        {
            gaps.RemoveAt(0);
            LostTrack = true;
        }

        gaps.Add(new Gap(from, to, time.GetTimestamp()));
    }

    private async Task ReadGapsAsync(OpsDbContext db, List<ChangeRow> found, CancellationToken cancellationToken)
    {
        for (var i = gaps.Count - 1; i >= 0; i--)
        {
            var gap = gaps[i];
            var late = await db.Set<ChangeRow>().AsNoTracking()
                .Where(row => row.Sequence >= gap.From && row.Sequence <= gap.To)
                .OrderBy(row => row.Sequence)
                .Take(PageSize)
                .ToListAsync(cancellationToken);
            found.AddRange(late);
            if (late.Count > 0 || time.GetElapsedTime(gap.SeenAt) > GapPatience)
            {
                gaps.RemoveAt(i);
                Split(gap, late);
            }
        }
    }

    /// <summary>What is still missing around the rows that came late keeps its first deadline.</summary>
    private void Split(Gap gap, List<ChangeRow> late)
    {
        if (late.Count == 0)
        {
            return;
        }

        var from = gap.From;
        foreach (var row in late)
        {
            if (row.Sequence > from)
            {
                gaps.Add(gap with { From = from, To = row.Sequence - 1 });
            }

            from = row.Sequence + 1;
        }

        if (from <= gap.To)
        {
            gaps.Add(gap with { From = from });
        }
    }

    private sealed record Gap(long From, long To, long SeenAt);
}
