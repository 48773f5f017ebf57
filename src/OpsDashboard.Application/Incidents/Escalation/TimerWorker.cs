using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Incidents.Clocks;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Incidents.Escalation;

/// <summary>
/// Fires what is due for incidents, on one node at a time: every firing commits only under the lease, so that a node that slept
/// through its own replacement pages nobody.
/// </summary>
internal sealed class TimerWorker(
    Lease lease,
    IServiceScopeFactory scopes,
    StartupState startup,
    FeedSignal signal,
    EscalationMetrics metrics,
    TimeProvider time,
    ILogger<TimerWorker> log) : BackgroundService
{
    /// <summary>Incidents of one transaction: a burst must not hold the store for long.</summary>
    public const int MostAtOnce = 100;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BackOff = TimeSpan.FromSeconds(1);

    /// <summary>Smaller differences between calendar and elapsed time are drift, which is followed.</summary>
    private const long StepMs = 1_000;

    private (long NowMs, long Timestamp)? seen;

    /// <summary>Takes or renews the right to fire.</summary>
    internal Task<bool> HoldAsync(CancellationToken cancellationToken) => lease.HoldAsync(cancellationToken);

    /// <summary>Fires all that is due, if this node may.</summary>
    /// <returns>How long nothing will be due, at most until the next look.</returns>
    internal async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        if (lease.Token is null)
        {
            seen = null;
            return LookEvery;
        }

        await FollowClockStepAsync(cancellationToken);
        return await FireDueAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await startup.CatalogsLoaded.WaitAsync(stoppingToken);
        await lease.KeepWhileAsync(FireAsync, stoppingToken);
    }

    private async Task FireAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var ticket = signal.Ticket();
            var wait = LookEvery;
            try
            {
                wait = await RoundAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // Nothing of the failed transaction was kept: what was due still is.
                EscalationLog.FiringFailed(log, fault);
                wait = BackOff;
                ticket = Task.Delay(BackOff, time, stoppingToken);
            }

            await Task.WhenAny(ticket, Task.Delay(wait, time, stoppingToken));
        }
    }

    /// <returns>How long nothing will be due, at most until the next look.</returns>
    private async Task<TimeSpan> FireDueAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CallerContext>().Current = Caller.System;
            var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
            var now = time.NowMs();
            var due = await db.Set<IncidentTimerRow>().AsNoTracking()
                .Where(timer => timer.DueAtMs <= now)
                .OrderBy(timer => timer.DueAtMs)
                .Select(timer => new { timer.IncidentId, DueAtMs = timer.DueAtMs!.Value })
                .Take(MostAtOnce)
                .ToListAsync(cancellationToken);
            if (due.Count == 0)
            {
                var next = await db.Set<IncidentTimerRow>().AsNoTracking().MinAsync(timer => timer.DueAtMs, cancellationToken);
                return next is { } at && at - now < LookEvery.TotalMilliseconds ? TimeSpan.FromMilliseconds(Math.Max(1, at - now)) : LookEvery;
            }

            if (!await FireBatchAsync(scope.ServiceProvider, db, [.. due.Select(timer => timer.IncidentId).Distinct()], cancellationToken))
            {
                return LookEvery;
            }

            foreach (var timer in due)
            {
                metrics.Fired(time.NowMs() - timer.DueAtMs);
            }
        }
    }

    private async Task<bool> FireBatchAsync(IServiceProvider services, OpsDbContext db, IReadOnlyList<long> incidents, CancellationToken cancellationToken)
    {
        var fired = await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (!await lease.FenceAsync(db, cancellationToken))
            {
                return false;
            }

            // Looked for once at the end: with every look at what is tracked a burst would take the square of its size.
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            var firing = services.GetRequiredService<TimerFiring>();
            // One instant for the whole transaction: it asks the roster once a level.
            var now = time.NowMs();
            var taken = await services.GetRequiredService<IncidentDesk>().TakeAsync(incidents, cancellationToken);
            await services.GetRequiredService<IMediator>().Publish(new PagesAhead(incidents), cancellationToken);
            foreach (var incident in taken)
            {
                await firing.FireAsync(incident, now, cancellationToken);
            }

            db.ChangeTracker.DetectChanges();
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.AutoDetectChangesEnabled = true;
            await services.GetRequiredService<ClockAlerts>().RaiseAsync(now, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return true;
        });
        signal.Nudge();
        return fired;
    }

    /// <summary>
    /// Escalations wait by time that passes, not by the calendar: when the calendar clock is set, they move with it, and nobody is
    /// paged early or late. The contracts' clocks stay where they are: they are promises by the calendar.
    /// </summary>
    private async Task FollowClockStepAsync(CancellationToken cancellationToken)
    {
        var before = time.GetTimestamp();
        var now = time.NowMs();
        var timestamp = time.GetTimestamp();
        if (time.GetElapsedTime(before, timestamp).TotalMilliseconds > StepMs / 2)
        {
            // Held up between the two clocks: they say nothing about each other.
            return;
        }

        var step = seen is { } last ? now - last.NowMs - (long)time.GetElapsedTime(last.Timestamp, timestamp).TotalMilliseconds : 0;
        if (Math.Abs(step) >= StepMs)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CallerContext>().Current = Caller.System;
            var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
            await MoveAsync(db, step, cancellationToken);
            EscalationLog.ClockStepped(log, step);
        }

        seen = (now, timestamp);
    }

    private Task MoveAsync(OpsDbContext db, long stepMs, CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (await lease.FenceAsync(db, cancellationToken))
            {
                await db.Set<IncidentTimerRow>()
                    .Where(timer => (timer.Kind == IncidentTimer.Escalation || timer.Kind == IncidentTimer.AcknowledgementExpiry) && timer.DueAtMs != null)
                    .ExecuteUpdateAsync(set => set.SetProperty(timer => timer.DueAtMs, timer => timer.DueAtMs + stepMs), cancellationToken);
                await db.Set<IncidentRow>().Where(incident => incident.EscalationDueAtMs != null)
                    .ExecuteUpdateAsync(set => set.SetProperty(incident => incident.EscalationDueAtMs, incident => incident.EscalationDueAtMs + stepMs), cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
        });
}
