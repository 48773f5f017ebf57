using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Slos.Evaluation;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Application.Telemetry.Intake;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Testing;

namespace OpsDashboard.Benchmarks;

/// <summary>Fills a store with objectives and history before the program under measurement opens it.</summary>
internal static class PreparedStore
{
    /// <summary>Ratio objectives over a rolling 30 days with the four recommended alert rules, each on a series of its own.</summary>
    public static SloDefinition[] Objectives(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Seeding.Availability("bench", $"service-{i / 10:000}", $"objective-{i:0000}"))];

    /// <summary>Creates the store with the objectives and closes it again.</summary>
    public static async Task CreateAsync(string dataDirectory, SloDefinition[] objectives, int historyDays, CancellationToken cancellationToken)
    {
        await using var app = await InProcessApp.StartAsync(cancellationToken, dataDirectory: dataDirectory, configure: WithoutEvaluator);
        await app.SeedAsync(objectives);
        await app.FillAsync(objectives, TimeProvider.System.GetUtcNow(), historyDays, cancellationToken);
    }

    /// <summary>For a store that is filled, or an evaluator that is driven by hand.</summary>
    public static void WithoutEvaluator(IServiceCollection services) =>
        services.Remove(services.Single(service => service.ImplementationType == typeof(EvaluatorWorker)));

    /// <summary>Writes minutes of the last so many days for every objective's series: about 1,000 events a minute, now and then some bad.</summary>
    public static async Task FillAsync(this InProcessApp app, SloDefinition[] objectives, DateTimeOffset now, int days, CancellationToken cancellationToken)
    {
        var store = app.Services.GetRequiredService<ISampleStore>();
        var directory = app.Services.GetRequiredService<SeriesDirectory>();
        var series = objectives.Select(slo => directory.TryFind(slo.SliId, out var found) ? found.Id : throw new InvalidOperationException(slo.SliId)).ToList();
        var minute = TimeIndex.MinuteOf(now.ToUnixTimeMilliseconds());
        var last = TimeIndex.HourOf(minute);
        for (var hour = last - (days * 24); hour <= last && days > 0; hour++)
        {
            var minutes = hour == last ? TimeIndex.MinuteOfHour(minute) : TimeIndex.MinutesPerHour;
            await store.WriteHoursAsync(HoursOf(hour, series, minutes), cancellationToken);
        }
    }

    /// <summary>A few different hours shared by all series: encoding a million would take longer than what is measured.</summary>
    private static List<HourChunkRow> HoursOf(int hour, List<int> series, int minutes)
    {
        const int Kinds = 20;
        var chunks = Enumerable.Range(0, Kinds).Select(kind => Hour(hour, kind, minutes)).ToList();
        return series.ConvertAll(id =>
        {
            var (good, total, data) = chunks[id % Kinds];
            return new HourChunkRow { Id = ChunkKey.Of(id, hour), SeriesId = id, Hour = hour, Good = good, Total = total, Data = data };
        });
    }

    public static (long Good, long Total, byte[] Data) Hour(int hour, int kind, int minutes)
    {
        var chunk = new HourChunk();
        var seed = (uint)((hour * 31) + kind);
        for (var minute = 0; minute < minutes; minute++)
        {
            seed = (seed * 1_664_525) + 1_013_904_223;
            var total = 900 + ((seed >> 8) % 200);
            var bad = (seed >> 24) < 40 ? (seed >> 16) % 8 : 0;
            chunk.Merge(minute, MinuteCell.OfEvents(total - bad, total));
        }

        return (chunk.Good, chunk.Total, chunk.Encode());
    }
}
