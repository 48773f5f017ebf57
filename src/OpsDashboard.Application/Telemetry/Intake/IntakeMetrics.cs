using System.Diagnostics.Metrics;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Telemetry.Intake;

internal sealed class IntakeMetrics : IDisposable
{
    private readonly Meter meter;
    private readonly Counter<long> samples;
    private readonly Counter<long> duplicates;
    private readonly Histogram<int> groupSize;

    public IntakeMetrics(IMeterFactory factory)
    {
        meter = factory.Create(RequestMetrics.MeterName);
        samples = meter.CreateCounter<long>("ops.telemetry.samples", "{sample}", "Samples committed");
        duplicates = meter.CreateCounter<long>("ops.telemetry.duplicates", "{sample}", "Samples of batches that had been committed before");
        groupSize = meter.CreateHistogram<int>("ops.telemetry.group_size", "{batch}", "Batches in one commit");
        Rejected = meter.CreateCounter<long>("ops.telemetry.rejected", "{sample}", "Samples that broke a rule");
        Overloaded = meter.CreateCounter<long>("ops.telemetry.overloaded", "{batch}", "Batches answered with 503 because the intake was full");
        Failed = meter.CreateCounter<long>("ops.telemetry.failed", "{batch}", "Batches the store could not take");
    }

    public Counter<long> Rejected { get; }

    public Counter<long> Overloaded { get; }

    public Counter<long> Failed { get; }

    public void Committed(IReadOnlyList<PendingBatch> group, IReadOnlyList<bool> isNew)
    {
        groupSize.Record(group.Count);
        for (var i = 0; i < group.Count; i++)
        {
            (isNew[i] ? samples : duplicates).Add(group[i].Batch.Accepted);
        }
    }

    public void Dispose() => meter.Dispose();
}
