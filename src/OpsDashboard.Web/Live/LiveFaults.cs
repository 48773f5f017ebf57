using Microsoft.AspNetCore.SignalR;

namespace OpsDashboard.Web.Live;

/// <summary>
/// Logs what is wrong with the hub, and not what is wrong with a client's request: SignalR itself would write both as errors with
/// a stack, so that any client could fill the log.
/// </summary>
internal sealed partial class LiveFaults(ILogger<LiveFaults> log) : IHubFilter
{
    /// <summary>Where SignalR logs every exception of a hub method.</summary>
    public const string Replaced = "Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher";

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (Exception fault) when (fault is not HubException && !invocationContext.Context.ConnectionAborted.IsCancellationRequested)
        {
            InvocationFailed(log, invocationContext.HubMethodName, fault);
            throw;
        }
    }

    [LoggerMessage(2100, LogLevel.Error, "The live hub failed in {Method}")]
    private static partial void InvocationFailed(ILogger logger, string method, Exception fault);
}
