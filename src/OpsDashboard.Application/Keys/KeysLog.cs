using Microsoft.Extensions.Logging;

namespace OpsDashboard.Application.Keys;

internal static partial class KeysLog
{
    [LoggerMessage(1800, LogLevel.Error, "When keys were used could not be written")]
    public static partial void UseNotWritten(ILogger log, Exception fault);

    [LoggerMessage(1801, LogLevel.Error, "Keys that expire soon could not be looked for")]
    public static partial void WatchFailed(ILogger log, Exception fault);
}
