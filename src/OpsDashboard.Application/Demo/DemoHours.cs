using System.Collections.Concurrent;
using OpsDashboard.Application.Demo.Generation;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Demo;

/// <summary>Packs generated minutes into whole hours, several series at once.</summary>
internal sealed class DemoHours(IReadOnlyList<(int SeriesId, SeriesShape Shape)> series)
{
    private readonly ConcurrentBag<Packer> packers = [];

    /// <summary>All series over [from, to), in the order of the store's key.</summary>
    public IReadOnlyList<WholeHour> Generate(int fromHour, int toHour, CancellationToken cancellationToken)
    {
        var span = toHour - fromHour;
        var bySeries = new WholeHour?[series.Count * span];
        Parallel.For(0, series.Count, new ParallelOptions { CancellationToken = cancellationToken }, index =>
        {
            var packer = packers.TryTake(out var idle) ? idle : new Packer();
            for (var hour = fromHour; hour < toHour; hour++)
            {
                bySeries[((hour - fromHour) * series.Count) + index] = packer.Pack(series[index].SeriesId, series[index].Shape, hour);
            }

            packers.Add(packer);
        });
        return [.. bySeries.OfType<WholeHour>()];
    }

    private sealed class Packer
    {
        private readonly HourChunk chunk = new();
        private readonly MinuteSample sample = new();

        public WholeHour? Pack(int seriesId, SeriesShape shape, int hour)
        {
            chunk.Clear();
            for (var minute = 0; minute < TimeIndex.MinutesPerHour; minute++)
            {
                if (shape.Measure((hour * TimeIndex.MinutesPerHour) + minute, sample))
                {
                    chunk.Merge(minute, sample.ToCell());
                }
            }

            return chunk.Seen == 0 ? null : new WholeHour(seriesId, hour, chunk.Good, chunk.Total, chunk.Encode());
        }
    }
}
