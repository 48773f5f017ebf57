using Microsoft.Extensions.Logging;

namespace OpsDashboard.Application.OnCall;

internal static partial class OnCallLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Who a screen belongs to could not be read; it goes on unnamed")]
    public static partial void PersonNotRead(ILogger log, Exception fault);
}
