using Microsoft.Extensions.Logging;

namespace OpsDashboard.Application.Live;

internal static partial class LiveLog
{
    [LoggerMessage(1100, LogLevel.Warning, "The change feed could not be read; trying again")]
    public static partial void PumpFailed(ILogger logger, Exception fault);

    [LoggerMessage(1101, LogLevel.Error, "A live subscriber failed on a flush; it stays subscribed")]
    public static partial void FlushFailed(ILogger logger, Exception fault);

    [LoggerMessage(1102, LogLevel.Information, "Lease {Name} taken with token {Token}")]
    public static partial void LeaseTaken(ILogger logger, string name, long token);

    [LoggerMessage(1103, LogLevel.Warning, "Lease {Name} lost")]
    public static partial void LeaseLost(ILogger logger, string name);

    [LoggerMessage(1105, LogLevel.Warning, "Lease {Name} could not be renewed or given back; trying again")]
    public static partial void LeaseFailed(ILogger logger, string name, Exception fault);

    [LoggerMessage(1104, LogLevel.Warning, "Old feed rows could not be pruned; trying again later")]
    public static partial void PruneFailed(ILogger logger, Exception fault);
}
