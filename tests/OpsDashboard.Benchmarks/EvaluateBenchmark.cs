using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Slos.Evaluation;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Slos.Evaluation;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Testing;

namespace OpsDashboard.Benchmarks;

/// <summary>
/// A refresh of all 1,000 statuses from warm state, in this process: first in memory, judging and the statuses as the API shows
/// them; then the real evaluator with serialisation and the durable commit of every status.
/// </summary>
internal static class EvaluateBenchmark
{
    private const int Objectives = 1_000;
    private const int Refreshes = 40;
    private const int HistoryDays = 31;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = new DateTimeOffset(2026, 11, 20, 9, 5, 30, TimeSpan.Zero);
        Judge(TimeIndex.MinuteOf(now.ToUnixTimeMilliseconds()));
        await RefreshAsync(now, cancellationToken);
    }

    private static void Judge(int minute)
    {
        var trackers = Array.ConvertAll(PreparedStore.Objectives(Objectives), slo => new SloTracker(slo, minute));
        var revisions = Array.ConvertAll(trackers, tracker => new Revision(1, 0, tracker.Definition));
        var hours = new Dictionary<int, HourChunk>();
        for (var hour = TimeIndex.HourOf(minute) - (HistoryDays * 24); hour <= TimeIndex.HourOf(minute) + 1; hour++)
        {
            hours[hour] = HourChunk.Decode(PreparedStore.Hour(hour, 0, TimeIndex.MinutesPerHour).Data);
            foreach (var tracker in trackers)
            {
                tracker.Apply(hour, hours[hour]);
            }
        }

        JudgeFor(trackers, revisions, hours, minute + 1);
        JudgeFor(trackers, revisions, hours, minute + 1 + Refreshes);
        var (judging, mapping) = JudgeFor(trackers, revisions, hours, minute + 1 + (2 * Refreshes));
        Figure.Plain("evaluate.judging", judging / Refreshes * 1e3, "CPU-ms").Print();
        Figure.AtMost("evaluate.refresh", (judging + mapping) / Refreshes * 1e3, "CPU-ms", 20).Print();
    }

    /// <summary>Every minute a full refresh; the minutes of the window's oldest hour are at hand, as they are for 59 refreshes of 60.</summary>
    /// <returns>CPU seconds of judging, and of making statuses of the verdicts as the API shows them.</returns>
    private static (double Judging, double Mapping) JudgeFor(SloTracker[] trackers, Revision[] revisions, Dictionary<int, HourChunk> hours, int firstMinute)
    {
        var (judging, mapping) = (0.0, 0.0);
        for (var minute = firstMinute; minute < firstMinute + Refreshes; minute++)
        {
            foreach (var tracker in trackers)
            {
                foreach (var missing in tracker.MissingHours(minute, []))
                {
                    tracker.Supply(missing, hours[missing]);
                }
            }

            var began = Environment.CpuUsage.TotalTime;
            var verdicts = Array.ConvertAll(trackers, tracker => tracker.Evaluate(minute, []));
            var judged = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < verdicts.Length; i++)
            {
                GC.KeepAlive(verdicts[i].ToStatus(revisions[i], TimeIndex.StartOfMinute(minute)));
            }

            judging += (judged - began).TotalSeconds;
            mapping += (Environment.CpuUsage.TotalTime - judged).TotalSeconds;
        }

        return (judging, mapping);
    }

    private static async Task RefreshAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var clock = new ManualClock(now);
        await using var app = await InProcessApp.StartAsync(cancellationToken, clock, configure: PreparedStore.WithoutEvaluator);
        var objectives = PreparedStore.Objectives(Objectives);
        await app.SeedAsync(objectives);
        // Four days hold all minutes an alert looks at; older hours cost the same whether they hold anything or not.
        await app.FillAsync(objectives, now.AddHours(1), days: 4, cancellationToken);
        if (!await app.Services.GetRequiredService<Lease>().HoldAsync(cancellationToken))
        {
            throw new InvalidOperationException("The lease could not be taken.");
        }

        var evaluator = app.Services.GetRequiredService<Evaluator>();
        var loaded = await Measured.OfThisProcessAsync(() => evaluator.StartAsync(now.ToUnixTimeMilliseconds(), cancellationToken));
        Figure.Plain("evaluate.load", loaded.CpuSeconds, "CPU-s").Print();
        now = await StepAsync(evaluator, now, cancellationToken);
        var spent = await Measured.OfThisProcessAsync(() => StepAsync(evaluator, now, cancellationToken));
        var refresh = Figure.Plain("evaluate.refreshWithStore", spent.CpuSeconds / Refreshes * 1e3, "CPU-ms") with
        {
            Note = "judging, mapping, JSON and the durable commit of 1,000 statuses",
        };
        refresh.Over(spent).Print();
    }

    private static async Task<DateTimeOffset> StepAsync(Evaluator evaluator, DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Refreshes; i++)
        {
            now = now.AddMinutes(1);
            if (!await evaluator.StepAsync(now.ToUnixTimeMilliseconds(), cancellationToken))
            {
                throw new InvalidOperationException("The evaluator lost its lease.");
            }
        }

        return now;
    }
}
