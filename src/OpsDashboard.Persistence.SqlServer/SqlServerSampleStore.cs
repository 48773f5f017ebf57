using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Application.Telemetry.Intake;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Persistence.SqlServer;

/// <summary>
/// Commits groups of batches through EF's batched statements. The writers of several processes take turns by updating one row
/// first: an exclusive lock that every isolation level and compatible server honours, unlike a lock hint.
/// </summary>
internal sealed class SqlServerSampleStore(IServiceScopeFactory scopes) : ISampleStore
{
    private const string TurnName = "intake.turn";
    private const int PageSize = 500;

    public Task<IReadOnlyList<bool>> CommitAsync(IReadOnlyList<PendingBatch> batches, long nowMs, CancellationToken cancellationToken) =>
        InTransactionAsync(db => WriteAsync(db, batches, nowMs, cancellationToken), cancellationToken);

    public Task WriteHoursAsync(IReadOnlyList<HourChunkRow> hours, CancellationToken cancellationToken) =>
        InTransactionAsync(
            async db =>
            {
                foreach (var page in hours.Chunk(PageSize))
                {
                    var stored = await LoadAsync(db, [.. page.Select(hour => hour.Id)], cancellationToken);
                    foreach (var hour in page)
                    {
                        Put(db, stored, hour);
                    }
                }

                return true;
            },
            cancellationToken);

    private async Task<T> InTransactionAsync<T>(Func<OpsDbContext, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        return await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await TakeTurnAsync(db, cancellationToken);
            var result = await work(db);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return result;
        });
    }

    private static async Task TakeTurnAsync(OpsDbContext db, CancellationToken cancellationToken)
    {
        var turn = await db.Set<SettingRow>()
            .Where(row => row.Name == TurnName)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Value, row => row.Value), cancellationToken);
        if (turn == 0)
        {
            // The first commit ever. Should two processes meet here, one of them fails on the key and is tried again.
            db.Add(new SettingRow { Name = TurnName, Value = "" });
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private static async Task<IReadOnlyList<bool>> WriteAsync(
        OpsDbContext db,
        IReadOnlyList<PendingBatch> batches,
        long nowMs,
        CancellationToken cancellationToken)
    {
        var ids = batches.Select(batch => batch.Id).Distinct(StringComparer.Ordinal).ToList();
        var known = await db.Set<IntakeBatchRow>().Where(row => ids.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken);
        var seen = known.ToHashSet(StringComparer.Ordinal);
        var isNew = new bool[batches.Count];
        var minutes = new List<SeriesMinute>();
        for (var i = 0; i < batches.Count; i++)
        {
            isNew[i] = seen.Add(batches[i].Id);
            if (isNew[i])
            {
                db.Add(new IntakeBatchRow { Id = batches[i].Id, ReceivedAtMs = nowMs, Accepted = batches[i].Batch.Accepted });
                minutes.AddRange(batches[i].Batch.Minutes);
            }
        }

        var touched = await MergeAsync(db, minutes, cancellationToken);
        if (touched.Count > 0)
        {
            db.Add(new ChangeRow { Topic = SamplesCommitted.FeedTopic, Detail = SamplesCommitted.Pack(touched), AtMs = nowMs });
        }

        return isNew;
    }

    private static async Task<List<(int SeriesId, int Hour)>> MergeAsync(
        OpsDbContext db,
        List<SeriesMinute> minutes,
        CancellationToken cancellationToken)
    {
        var touched = new List<(int SeriesId, int Hour)>();
        foreach (var page in minutes.GroupBy(minute => ChunkKey.Of(minute.SeriesId, minute.Hour)).Chunk(PageSize))
        {
            var stored = await LoadAsync(db, [.. page.Select(hour => hour.Key)], cancellationToken);
            foreach (var hour in page)
            {
                var chunk = HourChunk.Decode(stored.TryGetValue(hour.Key, out var row) ? row.Data : []);
                foreach (var minute in hour)
                {
                    chunk.Merge(minute.Minute % TimeIndex.MinutesPerHour, minute.Cell);
                }

                Put(db, stored, new HourChunkRow
                {
                    Id = hour.Key,
                    SeriesId = ChunkKey.SeriesOf(hour.Key),
                    Hour = ChunkKey.HourOf(hour.Key),
                    Good = chunk.Good,
                    Total = chunk.Total,
                    Data = chunk.Encode(),
                });
                touched.Add((ChunkKey.SeriesOf(hour.Key), ChunkKey.HourOf(hour.Key)));
            }
        }

        return touched;
    }

    private static Task<Dictionary<long, HourChunkRow>> LoadAsync(OpsDbContext db, List<long> ids, CancellationToken cancellationToken) =>
        db.Set<HourChunkRow>().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);

    private static void Put(OpsDbContext db, Dictionary<long, HourChunkRow> stored, HourChunkRow hour)
    {
        if (stored.TryGetValue(hour.Id, out var row))
        {
            (row.Good, row.Total, row.Data) = (hour.Good, hour.Total, hour.Data);
        }
        else
        {
            db.Add(hour);
        }
    }
}
