using Microsoft.Extensions.Logging;

namespace OpsDashboard.Application.Identity;

internal static partial class AccountLog
{
    [LoggerMessage(2850, LogLevel.Warning, "Sessions could not be read; who was known before stays signed in")]
    public static partial void SessionNotRead(ILogger logger, Exception fault);

    [LoggerMessage(2851, LogLevel.Information, "The administrator of Setup:AdminEmail was created")]
    public static partial void AdministratorCreated(ILogger logger);
}
