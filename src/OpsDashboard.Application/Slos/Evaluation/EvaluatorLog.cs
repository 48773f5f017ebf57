using Microsoft.Extensions.Logging;

namespace OpsDashboard.Application.Slos.Evaluation;

internal static partial class EvaluatorLog
{
    [LoggerMessage(1300, LogLevel.Information, "Evaluating {Objectives} objectives, loaded and judged in {Seconds:0.00} s")]
    public static partial void Leading(ILogger logger, int objectives, double seconds);

    [LoggerMessage(1301, LogLevel.Error, "Evaluation failed; everything is read again")]
    public static partial void CycleFailed(ILogger logger, Exception fault);

    [LoggerMessage(1303, LogLevel.Information, "Month {Month} closed for {Objectives} objectives")]
    public static partial void MonthClosed(ILogger logger, string month, int objectives);

    [LoggerMessage(1304, LogLevel.Error, "Months could not be closed; trying again later")]
    public static partial void MonthCloseFailed(ILogger logger, Exception fault);
}
