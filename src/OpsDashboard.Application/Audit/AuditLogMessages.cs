using Microsoft.Extensions.Logging;

namespace OpsDashboard.Application.Audit;

internal static partial class AuditLogMessages
{
    [LoggerMessage(1700, LogLevel.Critical, "The audit trail was signed with the key {Signing} and the configured key is {Configured}; name the old one in Audit:PreviousKeyFile to rotate")]
    public static partial void UnknownKey(ILogger log, string configured, string signing);

    [LoggerMessage(1701, LogLevel.Warning, "The audit trail is signed with the key {Next} from now on, after {Previous}")]
    public static partial void Rotated(ILogger log, string previous, string next);

    [LoggerMessage(1702, LogLevel.Error, "The audit trail could not be sealed")]
    public static partial void SealFailed(ILogger log, Exception fault);

    [LoggerMessage(1703, LogLevel.Information, "Retention removed {Count} audit entries up to {Sequence}")]
    public static partial void Purged(ILogger log, int count, long sequence);
}
