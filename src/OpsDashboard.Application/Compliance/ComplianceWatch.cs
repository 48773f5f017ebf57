using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Compliance.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Compliance;

/// <summary>
/// Once a day checks every control, and once an hour again while something is broken, so that a day of grace is a day and what was
/// mended is seen to be.
/// </summary>
internal sealed class ComplianceWatch(IServiceScopeFactory scopes, StartupState startup, TimeProvider time, ILogger<ComplianceWatch> log) : BackgroundService
{
    public static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(5);
    private static readonly long AgainMs = Instants.HourMs;

    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var day = (int)(now / Instants.DayMs);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = Caller.System;
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var isDaily = !await db.Set<ComplianceCheckRow>().AnyAsync(row => row.Day == day, cancellationToken);
        var isBroken = await db.Set<ViolationRow>().AnyAsync(row => row.EndedAtMs == null, cancellationToken);
        var last = await db.Set<ComplianceCheckRow>().MaxAsync(row => (long?)row.AtMs, cancellationToken);
        if (isDaily || (isBroken && now - last >= AgainMs))
        {
            await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(new CheckCompliance(isDaily), cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first check reads the whole trail: the statuses come first.
        await startup.StatusesComplete.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(LookEvery, time, stoppingToken);
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (DbUpdateException)
            {
                // Another node checked in the same moment.
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                ComplianceLog.CheckFailed(log, fault);
            }
        }
    }
}

internal static partial class ComplianceLog
{
    [LoggerMessage(1900, LogLevel.Error, "The controls could not be checked")]
    public static partial void CheckFailed(ILogger log, Exception fault);
}
