using System.Diagnostics.Metrics;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Slos.Evaluation;

internal sealed class EvaluatorMetrics : IDisposable
{
    private readonly Meter meter;
    private readonly Counter<long> judged;
    private readonly Counter<double> seconds;

    public EvaluatorMetrics(IMeterFactory factory)
    {
        meter = factory.Create(RequestMetrics.MeterName);
        judged = meter.CreateCounter<long>("ops.slos.judged", "{objective}", "Objectives judged");
        seconds = meter.CreateCounter<double>("ops.slos.judging_time", "s", "Time spent judging, without the store");
    }

    public void Judged(int objectives, TimeSpan took)
    {
        judged.Add(objectives);
        seconds.Add(took.TotalSeconds);
    }

    public void Dispose() => meter.Dispose();
}
