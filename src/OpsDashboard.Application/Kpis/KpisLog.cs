using Microsoft.Extensions.Logging;

namespace OpsDashboard.Application.Kpis;

internal static partial class KpisLog
{
    [LoggerMessage(2900, LogLevel.Error, "KPIs could not be computed; trying again later")]
    public static partial void ComputingFailed(ILogger logger, Exception fault);
}
