using Microsoft.Extensions.Logging;

namespace OpsDashboard.Application.Demo;

internal static partial class DemoLog
{
    // The one place a key is written: a made-up instance's key, once, for its owner to try the intake with.
    [LoggerMessage(1400, LogLevel.Information, "A key for trying the intake was made; it is not shown again: {Key}. Try: {Example}")]
    public static partial void KeyMade(ILogger logger, string key, string example);

    [LoggerMessage(1401, LogLevel.Information, "Demo history: {Hours} hours of {Series} series written in {Seconds:0.0} s")]
    public static partial void Filled(ILogger logger, int hours, int series, double seconds);

    [LoggerMessage(1402, LogLevel.Warning, "The demo feed stopped for a moment; it catches up")]
    public static partial void StepFailed(ILogger logger, Exception fault);

    [LoggerMessage(1403, LogLevel.Warning, "The intake did not take a demo batch: {Reason}")]
    public static partial void Refused(ILogger logger, string reason);

    [LoggerMessage(1405, LogLevel.Information, "Demo history was cancelled after {Hours} hours; the feed goes on")]
    public static partial void Cancelled(ILogger logger, int hours);
}
