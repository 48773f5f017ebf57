using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.History;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Demo;

/// <summary>
/// Writes whole hours from where the story stands up to the hour under way. What it writes is determined, so going over an hour
/// again after a kill changes nothing.
/// </summary>
internal sealed class DemoFill(
    IServiceScopeFactory scopes,
    HistoryWriter writer,
    TimeProvider time,
    ILogger<DemoFill> log)
{
    private const int BlockHours = 24;

    /// <returns>Where the story stands now.</returns>
    public async Task<DemoState> RunAsync(DemoState state, DemoWorld world, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var firstHour = DemoTicks.HourOf(state.NextTick);
        if (await SaveAsync(state, cancellationToken) != DemoSwitch.On)
        {
            return await StopAsync(state, world, cancellationToken);
        }

        var next = GenerateAsync(world, firstHour, cancellationToken);
        while (await next is { Count: > 0 } hours)
        {
            var until = UntilFrom(DemoTicks.HourOf(state.NextTick));
            next = GenerateAsync(world, until, cancellationToken);
            await writer.WriteAsync(hours, cancellationToken);
            state = state with
            {
                NextTick = (long)until * DemoTicks.PerHour,
                HoursPerSecond = (until - firstHour) / Math.Max(0.001, time.GetElapsedTime(began).TotalSeconds),
            };
            if (await SaveAsync(state, cancellationToken) != DemoSwitch.On)
            {
                await next;
                return await StopAsync(state, world, cancellationToken);
            }
        }

        state = state with { Filling = false };
        await FinishAsync(state, world, cancellationToken);
        DemoLog.Filled(log, DemoTicks.HourOf(state.NextTick) - firstHour, world.Series.Count, time.GetElapsedTime(began).TotalSeconds);
        return state;
    }

    private int UntilFrom(int hour) => Math.Min(hour + BlockHours, TimeIndex.HourOf(TimeIndex.MinuteOf(time.NowMs())));

    private Task<IReadOnlyList<WholeHour>> GenerateAsync(DemoWorld world, int fromHour, CancellationToken cancellationToken) =>
        Task.Run(() => world.Hours.Generate(fromHour, Math.Max(fromHour, UntilFrom(fromHour)), cancellationToken), cancellationToken);

    private async Task<DemoSwitch> SaveAsync(DemoState state, CancellationToken cancellationToken)
    {
        var position = DemoSwitch.On;
        await scopes.InDemoTransactionAsync(
            async (services, db, nowMs) =>
            {
                position = (await db.ReadDemoAsync(cancellationToken)).Switch;
                await db.PutDemoStateAsync(state, nowMs, cancellationToken);
                await services.GetRequiredService<RewrittenHistory>().UnderWayAsync(nowMs, cancellationToken);
            },
            cancellationToken);
        return position;
    }

    /// <summary>A cancelled fill leaves what it wrote; an emptied demo loses also what was written while it was emptied.</summary>
    private async Task<DemoState> StopAsync(DemoState state, DemoWorld world, CancellationToken cancellationToken)
    {
        var written = DemoTicks.HourOf(state.NextTick) - state.FromHour;
        state = state with { Filling = false, NextTick = DemoTicks.At(time.NowMs()) };
        await scopes.InDemoTransactionAsync(
            async (services, db, nowMs) =>
            {
                if ((await db.ReadDemoAsync(cancellationToken)).Switch == DemoSwitch.Emptied)
                {
                    await services.GetRequiredService<HistoryEraser>().EraseAsync([.. world.Series.Select(one => one.SeriesId)], cancellationToken);
                }
                else
                {
                    await db.PutDemoSwitchAsync(DemoSwitch.On, nowMs, cancellationToken);
                    DemoLog.Cancelled(log, written);
                }

                await db.PutDemoStateAsync(state, nowMs, cancellationToken);
                await services.GetRequiredService<RewrittenHistory>().AnnounceAsync(world.SliIds, nowMs, cancellationToken);
            },
            cancellationToken);
        return state;
    }

    private Task FinishAsync(DemoState state, DemoWorld world, CancellationToken cancellationToken) => scopes.InDemoTransactionAsync(
        async (services, db, nowMs) =>
        {
            await db.PutDemoStateAsync(state, nowMs, cancellationToken);
            await services.GetRequiredService<RewrittenHistory>().AnnounceAsync(world.SliIds, nowMs, cancellationToken);
        },
        cancellationToken);
}
