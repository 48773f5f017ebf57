using MediatR;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Demo;

public enum DemoPhase
{
    /// <summary>This instance shows no demo.</summary>
    Off,

    /// <summary>History is being written.</summary>
    Filling,

    /// <summary>History is there and the feed goes on.</summary>
    Running,
}

/// <param name="DoneHours">Hours of history written.</param>
/// <param name="HoursPerSecond">Of this run; null before the first block.</param>
/// <param name="Left">Estimated from the rate.</param>
public sealed record DemoProgress(DemoPhase Phase, int DoneHours, int TotalHours, decimal? HoursPerSecond, TimeSpan? Left);

/// <summary>Whether what is shown is made up, and how far its history has come.</summary>
public sealed record GetDemoProgress : IQuery<DemoProgress>
{
    public static Access Access => Access.View;
}

internal sealed class GetDemoProgressHandler(OpsDbContext db, IOptions<DemoOptions> options, TimeProvider time)
    : IRequestHandler<GetDemoProgress, Outcome<DemoProgress>>
{
    private static readonly DemoProgress Off = new(DemoPhase.Off, 0, 0, null, null);

    public async Task<Outcome<DemoProgress>> Handle(GetDemoProgress request, CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
            return Off;
        }

        var (state, position) = await db.ReadDemoAsync(cancellationToken);
        if (position == DemoSwitch.Emptied)
        {
            return Off;
        }

        if (state is null)
        {
            return new DemoProgress(DemoPhase.Filling, 0, options.Value.HistoryDays * 24, null, null);
        }

        var total = Math.Max(1, TimeIndex.HourOf(TimeIndex.MinuteOf(time.NowMs())) - state.FromHour);
        var done = Math.Clamp(DemoTicks.HourOf(state.NextTick) - state.FromHour, 0, total);
        if (!state.Filling)
        {
            return new DemoProgress(DemoPhase.Running, done, total, null, null);
        }

        var rate = state.HoursPerSecond > 0 ? state.HoursPerSecond : (double?)null;
        return new DemoProgress(
            DemoPhase.Filling,
            done,
            total,
            rate is { } perSecond ? Math.Round((decimal)perSecond) : null,
            rate is { } pace ? TimeSpan.FromSeconds((total - done) / pace) : null);
    }
}
