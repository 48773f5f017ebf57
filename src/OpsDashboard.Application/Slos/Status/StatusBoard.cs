using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Store;

namespace OpsDashboard.Application.Slos.Status;

/// <summary>
/// The newest status of every objective, kept once per process and shared by all readers. The node that evaluates hands its
/// results over directly; the others read what the change feed names.
/// </summary>
public sealed class StatusBoard(IServiceScopeFactory scopes) : IFeedListener
{
    private const int PageSize = 400;
    private readonly ConcurrentDictionary<string, SloStatus> byId = new(StringComparer.Ordinal);
    private volatile bool fedLocally;
    private long version;

    /// <summary>Grows after every change, so that what was made from the board can tell whether it still holds.</summary>
    public long Version => Interlocked.Read(ref version);

    public IReadOnlyCollection<SloStatus> All => (IReadOnlyCollection<SloStatus>)byId.Values;

    public SloStatus? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>Takes results that are committed; while they come this way the feed need not be read for them.</summary>
    internal void Accept(IEnumerable<SloStatus> statuses)
    {
        fedLocally = true;
        foreach (var status in statuses)
        {
            byId[status.Id] = status;
        }

        Interlocked.Increment(ref version);
    }

    internal void Remove(string id)
    {
        byId.TryRemove(id, out _);
        Interlocked.Increment(ref version);
    }

    /// <summary>This node evaluates no longer.</summary>
    internal void StopFeeding() => fedLocally = false;

    public async Task OnNoticesAsync(IReadOnlyList<Notice> notices, CancellationToken cancellationToken)
    {
        if (fedLocally)
        {
            return;
        }

        var changed = notices.Where(notice => notice.Topic == "slo").Select(notice => notice.Key).Distinct(StringComparer.Ordinal).ToList();
        foreach (var page in changed.Chunk(PageSize))
        {
            await ReadAsync(query => query.Where(row => page.Contains(row.Path)), cancellationToken);
        }
    }

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var found = await ReadAsync(query => query, cancellationToken);
        foreach (var gone in byId.Keys.Except(found, StringComparer.Ordinal).ToList())
        {
            byId.TryRemove(gone, out _);
        }

        Interlocked.Increment(ref version);
    }

    private async Task<List<string>> ReadAsync(Func<IQueryable<SloRow>, IQueryable<SloRow>> choose, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var rows = await choose(db.Set<SloRow>().AsNoTracking())
            .Join(db.Set<SloStatusRow>(), slo => slo.Id, status => status.SloId, (slo, status) => new { slo.Path, status.Status })
            .ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            byId[row.Path] = JsonSerializer.Deserialize<SloStatus>(row.Status, StoreJson.Options)
                ?? throw new InvalidDataException($"The stored status of {row.Path} is empty.");
        }

        Interlocked.Increment(ref version);
        return rows.ConvertAll(row => row.Path);
    }
}
