using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.History;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Application.Telemetry.Intake;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Testing;

/// <summary>History older than the intake takes, written as whole hours.</summary>
public static class HistoryWriting
{
    /// <param name="cellAt">What a minute measured, by Unix minute; null: nothing.</param>
    public static async Task WriteHistoryAsync(
        this InProcessApp app,
        string sli,
        DateTimeOffset from,
        DateTimeOffset to,
        Func<int, MinuteCell?> cellAt)
    {
        if (!app.Services.GetRequiredService<SeriesDirectory>().TryFind(sli, out var series))
        {
            throw new ArgumentException($"No SLI {sli}.", nameof(sli));
        }

        var (first, last) = ((int)(from.ToUnixTimeSeconds() / 3600), (int)(to.ToUnixTimeSeconds() / 3600));
        var rows = new List<HourChunkRow>();
        for (var hour = first; hour < last; hour++)
        {
            var chunk = new HourChunk();
            for (var minute = 0; minute < TimeIndex.MinutesPerHour; minute++)
            {
                if (cellAt((hour * TimeIndex.MinutesPerHour) + minute) is { } cell)
                {
                    chunk.Merge(minute, cell);
                }
            }

            rows.Add(new HourChunkRow
            {
                Id = ChunkKey.Of(series.Id, hour),
                SeriesId = series.Id,
                Hour = hour,
                Good = chunk.Good,
                Total = chunk.Total,
                Data = chunk.Encode(),
            });
        }

        await app.Services.GetRequiredService<ISampleStore>().WriteHoursAsync(rows, CancellationToken.None);
    }

    /// <summary>Says that whole hours of these SLIs were put in place, so that nothing counted before stands.</summary>
    public static async Task TellRewrittenAsync(this InProcessApp app, params string[] slis)
    {
        app.Services.GetRequiredService<OpenMonths>().Forget();
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RewrittenHistory>()
            .AnnounceAsync(slis, scope.ServiceProvider.GetRequiredService<TimeProvider>().NowMs(), CancellationToken.None);
        scope.ServiceProvider.GetRequiredService<FeedSignal>().Nudge();
    }
}
