using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Demo;
using OpsDashboard.Application.Demo.Generation;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Slos.Evaluation;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Tests.Demo;

/// <summary>The demo's history judged by the evaluator's arithmetic, without a store.</summary>
internal sealed class JudgedStory
{
    private readonly Dictionary<string, List<(int Hour, byte[] Data)>> hours = new(StringComparer.Ordinal);
    private readonly DemoStory story;
    private readonly int minute;

    public JudgedStory(DateTimeOffset now, int historyDays)
    {
        minute = TimeIndex.MinuteOf(now.ToUnixTimeMilliseconds());
        var last = TimeIndex.HourOf(minute);
        story = new DemoStory(DateTimeOffset.FromUnixTimeSeconds(last * 3600L));
        var series = DemoSeries.Of(story).Select((shape, index) => (SeriesId: index + 1, Shape: shape)).ToList();
        // The hour under way holds its past minutes only, as the feed would have told them.
        var recent = new List<(int SeriesId, SeriesShape Shape)>(series.Select(one => (one.SeriesId, (SeriesShape)new Until(one.Shape, minute))));
        foreach (var hour in new DemoHours(recent).Generate(last - (historyDays * 24), last + 1, CancellationToken.None))
        {
            var sli = series[hour.SeriesId - 1].Shape.Sli;
            hours.TryAdd(sli, []);
            hours[sli].Add((hour.Hour, hour.Data));
        }

        Maintenance = story.Maintenance(historyDays);
    }

    public IReadOnlyList<DemoMaintenance> Maintenance { get; }

    public static IReadOnlyList<SloDefinition> Objectives { get; } =
        [.. ShippedCatalogs.Load().Where(catalog => catalog.Name is "mlops" or "agent-mesh").SelectMany(catalog => catalog.Slos)];

    public IReadOnlyDictionary<string, SloEvaluation> Board() => Objectives.ToDictionary(slo => slo.Id, slo => Judge(slo, minute), StringComparer.Ordinal);

    public SloEvaluation Judge(SloDefinition slo, int at)
    {
        var tracker = new SloTracker(slo, at);
        var chunk = new HourChunk();
        var stored = hours[slo.SliId].Where(hour => hour.Hour <= TimeIndex.HourOf(at)).ToList();
        foreach (var (hour, data) in stored.Where(hour => hour.Hour >= tracker.FirstHourNeeded))
        {
            chunk.Load(data);
            tracker.Apply(hour, chunk);
        }

        var planned = Maintenance
            .Where(window => window.Platform == slo.Platform && (window.Service is null || window.Service == slo.Service))
            .Select(window => new PlannedMaintenance(
                window.Start.ToUnixTimeMilliseconds(), window.End.ToUnixTimeMilliseconds(), window.AnnouncedAt.ToUnixTimeMilliseconds()))
            .ToList();
        var missing = tracker.MissingHours(at, planned).ToHashSet();
        foreach (var (hour, data) in stored.Where(hour => missing.Contains(hour.Hour)))
        {
            chunk.Load(data);
            tracker.Supply(hour, chunk);
        }

        return tracker.Evaluate(at, planned);
    }

    private sealed class Until(SeriesShape shape, int last) : SeriesShape(shape.Sli, 0)
    {
        public override bool Measure(int minute, MinuteSample into) => minute <= last && shape.Measure(minute, into);
    }
}
