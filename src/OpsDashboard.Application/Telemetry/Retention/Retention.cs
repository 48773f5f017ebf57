using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Telemetry.Intake;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Telemetry.Retention;

/// <summary>
/// Minutes become hours, hours become days, and in the end days go. Each step is one short transaction over one hour of all
/// series, so samples hardly wait, and a kill in between loses nothing: a step is done again or was done.
/// </summary>
internal sealed class Retention(
    IServiceScopeFactory scopes,
    IEnumerable<IMinuteHold> holds,
    IOptions<RetentionOptions> options)
{
    // A batch can only be sent again while its samples are young enough to be taken.
    private const long KeepBatchesMs = 72 * Instants.HourMs;
    private const int HoursPerDay = 24;

    private readonly HourChunk chunk = new();
    private int condensedThrough;

    /// <returns>Rows condensed, summed into days, or dropped.</returns>
    public async Task<int> RunAsync(long nowMs, CancellationToken cancellationToken)
    {
        var nowHour = (int)(nowMs / Instants.HourMs);
        var condenseBefore = nowHour - (options.Value.MinuteDays * HoursPerDay);
        foreach (var hold in holds)
        {
            condenseBefore = Math.Min(condenseBefore, await hold.HoldFromHourAsync(nowMs, cancellationToken));
        }

        var done = await CondenseAsync(condenseBefore, cancellationToken);
        done += await RollUpAsync(nowHour - (options.Value.HourMonths * 31 * HoursPerDay), cancellationToken);
        return done + await DropAsync(nowMs, cancellationToken);
    }

    private async Task<int> CondenseAsync(int beforeHour, CancellationToken cancellationToken)
    {
        var done = 0;
        while (await OldestHourAsync(condensedThrough, beforeHour, cancellationToken) is { } hour)
        {
            done += await CondenseHourAsync(hour, cancellationToken);
            condensedThrough = hour + 1;
        }

        return done;
    }

    private async Task<int> CondenseHourAsync(int hour, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var (from, to) = (ChunkKey.Of(1, hour) - 1, ChunkKey.Of(1, hour + 1) - 1);
        var changed = 0;
        foreach (var row in await db.Set<HourChunkRow>().Where(row => row.Id >= from && row.Id < to).ToListAsync(cancellationToken))
        {
            chunk.Load(row.Data);
            if (!chunk.IsCondensed)
            {
                chunk.Condense();
                row.Data = chunk.Encode();
                changed++;
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        return changed;
    }

    private async Task<int> RollUpAsync(int beforeHour, CancellationToken cancellationToken)
    {
        var done = 0;
        // Whole days only: a day is summed once.
        var before = beforeHour / HoursPerDay * HoursPerDay;
        while (await OldestHourAsync(0, before, cancellationToken) is { } hour)
        {
            done += await RollUpDayAsync(hour / HoursPerDay, cancellationToken);
        }

        return done;
    }

    private async Task<int> RollUpDayAsync(int day, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var (from, to) = (ChunkKey.Of(1, day * HoursPerDay) - 1, ChunkKey.Of(1, (day + 1) * HoursPerDay) - 1);
        var rows = await db.Set<HourChunkRow>().Where(row => row.Id >= from && row.Id < to).ToListAsync(cancellationToken);
        foreach (var series in rows.GroupBy(row => row.SeriesId))
        {
            db.Add(new DayRow
            {
                SeriesId = series.Key,
                Day = day,
                Good = series.Sum(row => row.Good),
                Total = series.Sum(row => row.Total),
                SeenMinutes = series.Sum(row => HourChunk.PeekSeenMinutes(row.Data)),
            });
        }

        db.RemoveRange(rows);
        await db.SaveChangesAsync(cancellationToken);
        return rows.Count;
    }

    private async Task<int> DropAsync(long nowMs, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var oldestDay = (int)(nowMs / Instants.DayMs) - (options.Value.DayYears * 366);
        var oldestBatch = nowMs - KeepBatchesMs;
        return await db.Set<DayRow>().Where(row => row.Day < oldestDay).ExecuteDeleteAsync(cancellationToken)
            + await db.Set<IntakeBatchRow>().Where(row => row.ReceivedAtMs < oldestBatch).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<int?> OldestHourAsync(int fromHour, int beforeHour, CancellationToken cancellationToken)
    {
        if (fromHour >= beforeHour)
        {
            return null;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var (from, to) = (ChunkKey.Of(1, fromHour) - 1, ChunkKey.Of(1, beforeHour) - 1);
        var oldest = await db.Set<HourChunkRow>()
            .Where(row => row.Id >= from && row.Id < to)
            .OrderBy(row => row.Id)
            .Select(row => (long?)row.Id)
            .FirstOrDefaultAsync(cancellationToken);
        return oldest is { } id ? ChunkKey.HourOf(id) : null;
    }
}
