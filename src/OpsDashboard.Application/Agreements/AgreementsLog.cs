using Microsoft.Extensions.Logging;

namespace OpsDashboard.Application.Agreements;

internal static partial class AgreementsLog
{
    [LoggerMessage(2700, LogLevel.Information, "{Statements} statements of {Month} drawn up")]
    public static partial void DrawnUp(ILogger logger, int statements, string month);

    [LoggerMessage(2701, LogLevel.Information, "Statements of {Month} were drawn up by another process")]
    public static partial void DrawnUpElsewhere(ILogger logger, string month);

    [LoggerMessage(2702, LogLevel.Error, "Statements could not be drawn up; trying again later")]
    public static partial void CloseFailed(ILogger logger, Exception fault);
}
