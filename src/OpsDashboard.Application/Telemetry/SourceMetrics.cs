using System.Diagnostics.Metrics;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Telemetry;

/// <summary>How data sources and probes fare.</summary>
internal sealed class SourceMetrics : IDisposable
{
    private readonly Meter meter;
    private readonly Counter<long> polls;
    private readonly Histogram<double> queryDuration;
    private readonly Counter<long> probeRuns;

    public SourceMetrics(IMeterFactory factory)
    {
        meter = factory.Create(RequestMetrics.MeterName);
        polls = meter.CreateCounter<long>("ops.telemetry.source_polls", "{poll}", "Spans asked of data sources, by result");
        queryDuration = meter.CreateHistogram<double>("ops.telemetry.source_poll_duration", "s", "Time to read and commit one span of one SLI");
        probeRuns = meter.CreateCounter<long>("ops.telemetry.probe_runs", "{run}", "Runs of probes, by result");
    }

    public void Polled(bool taken) => polls.Add(1, new KeyValuePair<string, object?>("result", taken ? "taken" : "failed"));

    public void QueryTook(TimeSpan time) => queryDuration.Record(time.TotalSeconds);

    public void Probed(string result) => probeRuns.Add(1, new KeyValuePair<string, object?>("result", result));

    public void Dispose() => meter.Dispose();
}
