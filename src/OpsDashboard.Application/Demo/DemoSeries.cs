using OpsDashboard.Application.Demo.Generation;

namespace OpsDashboard.Application.Demo;

/// <summary>Every series of both shipped contracts, with the story told in them.</summary>
internal sealed class DemoSeries
{
    /// <summary>Another seed would be another world; this one is the demo's.</summary>
    private const ulong Seed = 20_26_01;

    private readonly DemoStory story;
    private readonly int anchor;

    private DemoSeries(DemoStory story) => (this.story, anchor) = (story, story.AnchorMinute);

    public static IReadOnlyList<SeriesShape> Of(DemoStory story)
    {
        var series = new DemoSeries(story);
        return [.. series.AgentMesh(), .. series.Serving(), .. series.Features(), .. series.Data(), .. series.Infrastructure(), .. series.Training()];
    }

    private IEnumerable<SeriesShape> AgentMesh() =>
    [
        Latency("agent-mesh/api-agent-crud/latency", 420, 58, 0.55),
        new LatencyShape("agent-mesh/api-authentication/latency", Seed, anchor)
        {
            Volume = new Volume(760),
            MedianMs = 29,
            Spread = 0.5,
            Slow = [story.SlowSignIns],
            SlowMs = 138,
        },
        Latency("agent-mesh/api-policy/latency", 900, 2.9, 0.5),
        Latency("agent-mesh/api-telemetry/latency", 210, 112, 0.55),
        Latency("agent-mesh/api-workflow/latency", 260, 86, 0.55),
        Gauge("agent-mesh/data/backup-retention", 34.2, wandering: 0.4),
        new GaugeShape("agent-mesh/data/backup-retention-enterprise", Seed, anchor)
        {
            // Read every other minute, and once a day after a midnight's run: just above half of all minutes.
            Level = 372,
            Wandering = 0.4,
            Every = 2,
            AlsoAt = 31,
            SilentFrom = story.SilentBackupsFrom,
        },
        Events("agent-mesh/data/durability", 12_000_000, 0, swing: 0),
        Gauge("agent-mesh/data/rpo", 96, wandering: 28, jitter: 24, swing: 18),
        Gauge("agent-mesh/data/rto", 712, wandering: 30, every: 60),
        Gauge("agent-mesh/gateway/throughput-free", 60, every: 1),
        Gauge("agent-mesh/gateway/throughput-professional", 640, wandering: 12),
        Gauge("agent-mesh/operations/mttd", 204, wandering: 14, every: 5),
        Gauge("agent-mesh/operations/mttr", 2_640, wandering: 90, every: 5),
        Events("agent-mesh/platform/availability", 2_600, 0.000_02, incidents: [story.CreditOutage]),
        .. AlertingGauges(),
    ];

    /// <summary>What the rules for alerting read besides: all within their limits, the fullest disk not far from its.</summary>
    private IEnumerable<SeriesShape> AlertingGauges() =>
    [
        Gauge("agent-mesh/data/database-connections", 58, wandering: 4, jitter: 2, swing: 9),
        Gauge("agent-mesh/gateway/certificate-days", 47, every: 60),
        Events("agent-mesh/operations/backups", 0.02, 0, swing: 0),
        Events("agent-mesh/operations/deployments", 0.002, 0, swing: 0),
        Events("agent-mesh/operations/scalings", 0.004, 0, swing: 0),
        Gauge("agent-mesh/platform/crash-looping-pods", 0),
        Gauge("agent-mesh/platform/disk-usage", 78, wandering: 0.6, perMonth: 0.9),
        Gauge("agent-mesh/platform/memory-usage", 66, wandering: 1.5, jitter: 0.8, swing: 3),
    ];

    private IEnumerable<SeriesShape> Serving() =>
    [
        Events("mlops/model-serving-api/availability", 582_000, 0.000_03, growth: 0.04, incidents: [story.Outage]),
        Gauge("mlops/model-serving-api/concurrent-models", 128, wandering: 4, perMonth: 1.5),
        new LatencyShape("mlops/model-serving-api/latency", Seed, anchor)
        {
            Volume = new Volume(970, GrowthPerMonth: 0.04),
            MedianMs = 38,
            Spread = 0.43,
            Slow = [story.Outage with { Value = 0.25 }],
            SlowMs = 240,
        },
        Gauge("mlops/model-serving-api/throughput", 11_900, wandering: 260, jitter: 120),
        Events("mlops/inference-engine/availability", 1_450, 0.000_05, incidents: [story.InferenceOutage]),
        Latency("mlops/inference-engine/batch-queue-time", 5, 3_050, 0.48),
        Gauge("mlops/inference-engine/concurrent-requests", 1_240, wandering: 60, jitter: 30, swing: 50),
        Latency("mlops/inference-engine/end-to-end-latency", 640, 61, 0.42),
        Latency("mlops/inference-engine/inference-latency", 640, 4.1, 0.4),
        Events("mlops/inference-engine/predictions", 1_440, 0.0022, incidents: [story.FailingPredictions]),
        Gauge("mlops/ab-testing/allocation-deviation", 0.42, wandering: 0.16, jitter: 0.08, every: 15),
        Latency("mlops/ab-testing/analysis-time", 0.01, 1_380_000, 0.2),
        Events("mlops/ab-testing/availability", 310, 0.000_05),
        Latency("mlops/ab-testing/rollback-time", 0.002, 94_000, 0.2),
    ];

    private IEnumerable<SeriesShape> Features() =>
    [
        Events("mlops/feature-store/availability", 4_200, 0.000_08, incidents: [story.FeatureStoreOutage]),
        Events("mlops/feature-store/batch-jobs", 2.2, 0.0018, swing: 0),
        Latency("mlops/feature-store/cached-latency", 880, 9.2, 0.5),
        Gauge("mlops/feature-store/computations", 1_310_000, wandering: 60_000, jitter: 20_000, swing: 180_000),
        Latency("mlops/feature-store/computed-latency", 240, 69, 0.44),
        new GaugeShape("mlops/feature-store/freshness", Seed, anchor)
        {
            Level = 1_240,
            Wandering = 240,
            Jitter = 90,
            Instead = minute => minute >= story.StaleFeaturesFrom && minute % 60 is >= 41 and < 45 ? 3_900 + (minute % 60) : null,
        },
        Latency("mlops/feature-store/retrieval-latency", 1_120, 12, 0.52),
    ];

    private IEnumerable<SeriesShape> Data() =>
    [
        Events("mlops/data-processing/batch-on-time", 1.1, 0.018, swing: 0.4),
        Gauge("mlops/data-processing/batch-volume", 1.44, wandering: 0.08, perMonth: 0.02),
        Events("mlops/data-processing/data-quality", 5_200, 0.0036),
        // 94.2 %: the KPI of 95 % is missed, and with it the SLA's 99 %.
        Events("mlops/data-processing/pipelines", 1.6, 0.058, swing: 0.4),
        Latency("mlops/data-processing/recovery-time", 0.02, 1_560_000, 0.3),
    ];

    private IEnumerable<SeriesShape> Infrastructure() =>
    [
        Events("mlops/platform-infrastructure/availability", 120, 0, swing: 0, incidents: story.InfrastructureWork(400)),
        Events("mlops/platform-infrastructure/component-checks", 1_800, 0.000_03, swing: 0),
        Gauge("mlops/platform-infrastructure/cpu-utilization", 75, wandering: 0.9, jitter: 0.6, swing: 1.9),
        Events("mlops/platform-infrastructure/incident-resolution", 0.003, 0, swing: 0),
        // Meets its ceiling of 80 % in five months.
        Gauge("mlops/platform-infrastructure/memory-utilization", 73.5, wandering: 0.3, jitter: 0.2, swing: 0.5, perMonth: 1.3),
        Gauge("mlops/platform-infrastructure/mttd", 164, wandering: 12, every: 5),
        Gauge("mlops/platform-infrastructure/mttr", 1_290, wandering: 70, every: 5),
        Gauge("mlops/platform-infrastructure/storage-waste", 6.8, wandering: 0.6, jitter: 0.1),
    ];

    private IEnumerable<SeriesShape> Training() =>
    [
        Latency("mlops/training-pipeline/deep-learning-training-time", 0.05, 39_600_000, 0.34, loadEffect: 0),
        Gauge("mlops/training-pipeline/gpu-utilization", 87.5, wandering: 2.5, jitter: 2),
        Events("mlops/training-pipeline/jobs", 0.5, 0.022, swing: 0.3),
        Latency("mlops/training-pipeline/standard-training-time", 0.45, 5_760_000, 0.38, loadEffect: 0),
    ];

    private EventShape Events(
        string sli,
        double perMinute,
        double badShare,
        double swing = 1,
        double growth = 0,
        IReadOnlyList<Episode>? incidents = null) => new(sli, Seed, anchor)
    {
        Volume = new Volume(perMinute, swing, growth),
        BadShare = badShare,
        Incidents = incidents ?? [],
    };

    private LatencyShape Latency(string sli, double perMinute, double medianMs, double spread, double loadEffect = 0.08) => new(sli, Seed, anchor)
    {
        Volume = new Volume(perMinute),
        MedianMs = medianMs,
        Spread = spread,
        LoadEffect = loadEffect,
    };

    private GaugeShape Gauge(
        string sli,
        double level,
        double wandering = 0,
        double jitter = 0,
        double swing = 0,
        double perMonth = 0,
        int every = 1) => new(sli, Seed, anchor)
    {
        Level = level,
        PerMonth = perMonth,
        Swing = swing,
        Wandering = wandering,
        Jitter = jitter,
        Every = every,
    };
}
