using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Telemetry.Intake;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Telemetry;

/// <summary>One whole hour of one series, packed as <see cref="HourChunk"/> packs it.</summary>
/// <param name="Hour">Unix hours.</param>
public sealed record WholeHour(int SeriesId, int Hour, long Good, long Total, byte[] Data);

/// <summary>Puts whole hours of the past in place; what stood there is replaced. Samples go through the intake instead.</summary>
public sealed class HistoryWriter
{
    private readonly ISampleStore store;

    internal HistoryWriter(ISampleStore store) => this.store = store;

    /// <summary>In one transaction. Nothing is announced: objectives that read the series must be told by their feature.</summary>
    public Task WriteAsync(IReadOnlyList<WholeHour> hours, CancellationToken cancellationToken) => store.WriteHoursAsync(
        [
            .. hours.Select(hour => new HourChunkRow
            {
                Id = ChunkKey.Of(hour.SeriesId, hour.Hour),
                SeriesId = hour.SeriesId,
                Hour = hour.Hour,
                Good = hour.Good,
                Total = hour.Total,
                Data = hour.Data,
            }),
        ],
        cancellationToken);
}

/// <summary>Removes what was measured, inside the caller's transaction.</summary>
public sealed class HistoryEraser
{
    private readonly OpsDbContext db;

    internal HistoryEraser(OpsDbContext db) => this.db = db;

    /// <summary>Every hour and day of the series. The series themselves stay.</summary>
    public async Task EraseAsync(IReadOnlyCollection<int> seriesIds, CancellationToken cancellationToken)
    {
        await db.Set<HourChunkRow>().Where(row => seriesIds.Contains(row.SeriesId)).ExecuteDeleteAsync(cancellationToken);
        await db.Set<DayRow>().Where(row => seriesIds.Contains(row.SeriesId)).ExecuteDeleteAsync(cancellationToken);
    }
}
