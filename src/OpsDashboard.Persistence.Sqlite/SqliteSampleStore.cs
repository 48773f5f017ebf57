using Microsoft.Data.Sqlite;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Application.Telemetry.Intake;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Persistence.Sqlite;

/// <summary>
/// Commits groups of batches over one long-lived connection with prepared statements. Called by the intake's single writer and
/// by backfill; a gate keeps the two apart.
/// </summary>
internal sealed class SqliteSampleStore(SqliteStore store) : ISampleStore, IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly HourChunk chunk = new();
    private SqliteSampleSession? session;

    public Task<IReadOnlyList<bool>> CommitAsync(IReadOnlyList<PendingBatch> batches, long nowMs, CancellationToken cancellationToken) =>
        InTransactionAsync(open => Write(open, batches, nowMs), cancellationToken);

    public Task WriteHoursAsync(IReadOnlyList<HourChunkRow> hours, CancellationToken cancellationToken) =>
        InTransactionAsync(
            open =>
            {
                foreach (var hour in hours)
                {
                    open.Store(hour.Id, hour.SeriesId, hour.Hour, hour.Good, hour.Total, hour.Data);
                }

                return true;
            },
            cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await gate.WaitAsync();
        session?.Dispose();
        gate.Dispose();
    }

    private async Task<T> InTransactionAsync<T>(Func<SqliteSampleSession, T> work, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            session ??= SqliteSampleSession.Open(store.ConnectionString);
            // IMMEDIATE: the write lock is taken before anything is read, so that no other process changes an hour in between.
            using var transaction = session.Begin();
            var result = work(session);
            transaction.Commit();
            return result;
        }
        catch
        {
            // The state of a connection after a full disk or an I/O fault is not worth guessing.
            session?.Dispose();
            session = null;
            throw;
        }
        finally
        {
            gate.Release();
        }
    }

    private IReadOnlyList<bool> Write(SqliteSampleSession open, IReadOnlyList<PendingBatch> batches, long nowMs)
    {
        var isNew = new bool[batches.Count];
        var byHour = new Dictionary<long, List<SeriesMinute>>();
        for (var i = 0; i < batches.Count; i++)
        {
            isNew[i] = open.TryRemember(batches[i].Id, nowMs, batches[i].Batch.Accepted);
            if (isNew[i])
            {
                foreach (var minute in batches[i].Batch.Minutes)
                {
                    var id = ChunkKey.Of(minute.SeriesId, minute.Hour);
                    (System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(byHour, id, out _) ??= []).Add(minute);
                }
            }
        }

        if (byHour.Count == 0)
        {
            return isNew;
        }

        var touched = new List<(int SeriesId, int Hour)>(byHour.Count);
        foreach (var (id, minutes) in byHour)
        {
            Merge(open, id, minutes);
            touched.Add((minutes[0].SeriesId, minutes[0].Hour));
        }

        open.Announce(SamplesCommitted.FeedTopic, SamplesCommitted.Pack(touched), nowMs);
        return isNew;
    }

    private void Merge(SqliteSampleSession open, long id, List<SeriesMinute> minutes)
    {
        chunk.Load(open.Load(id));
        foreach (var minute in minutes)
        {
            chunk.Merge(minute.Minute % TimeIndex.MinutesPerHour, minute.Cell);
        }

        open.Store(id, minutes[0].SeriesId, minutes[0].Hour, chunk.Good, chunk.Total, chunk.Encode());
    }
}
