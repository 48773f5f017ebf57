using Microsoft.Extensions.Logging;

namespace OpsDashboard.Application.Telemetry;

/// <summary>Messages of data sources and probes; addresses and tokens are not among them.</summary>
internal static partial class SourceLog
{
    [LoggerMessage(2200, LogLevel.Warning, "Data source {Source} gave nothing: {Reason}")]
    public static partial void SourceFailed(ILogger logger, string source, string reason);

    [LoggerMessage(2201, LogLevel.Warning, "The store could not keep the watermarks of data source {Source}; trying again")]
    public static partial void CycleFailed(ILogger logger, string source, Exception fault);

    [LoggerMessage(2202, LogLevel.Warning, "Samples of {Sli} were not committed; the span is read again")]
    public static partial void SpanFailed(ILogger logger, string sli, Exception fault);

    [LoggerMessage(2203, LogLevel.Warning, "Data sources could not be arranged; trying again")]
    public static partial void SupervisionFailed(ILogger logger, Exception fault);

    [LoggerMessage(2210, LogLevel.Warning, "Probes could not be arranged; trying again")]
    public static partial void ProbesFailed(ILogger logger, Exception fault);

    [LoggerMessage(2211, LogLevel.Warning, "The result of probe {Probe} was not committed")]
    public static partial void ProbeNotCommitted(ILogger logger, string probe, Exception? fault);
}
