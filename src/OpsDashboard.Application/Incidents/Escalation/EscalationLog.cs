using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Incidents.Escalation;

internal static partial class EscalationLog
{
    [LoggerMessage(2101, LogLevel.Error, "Incident timers could not fire; what is due stays due")]
    public static partial void FiringFailed(ILogger logger, Exception fault);

    [LoggerMessage(2103, LogLevel.Warning, "Mean times of incidents could not be handed to the intake; the next round tries again")]
    public static partial void FiguresFailed(ILogger logger, Exception fault);

    [LoggerMessage(2102, LogLevel.Warning, "The clock was set by {StepMs} ms; waiting escalations moved with it")]
    public static partial void ClockStepped(ILogger logger, long stepMs);
}

internal sealed class EscalationMetrics : IDisposable
{
    private readonly Meter meter;
    private readonly Histogram<double> late;

    public EscalationMetrics(IMeterFactory factory)
    {
        meter = factory.Create(RequestMetrics.MeterName);
        late = meter.CreateHistogram<double>("ops.incidents.timer_error", "s", "How late a timer of an incident was done with");
    }

    public void Fired(long lateMs) => late.Record(lateMs / 1_000d);

    public void Dispose() => meter.Dispose();
}
