using System.Numerics;
using OpsDashboard.Domain.Slos.Evaluation;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Domain.Slos.WhatIf;

/// <summary>Takes a series hour by hour and judges it by one definition.</summary>
/// <remarks>Hours that have lost their minutes count as <see cref="MinuteOutcome.OfHour"/> estimates them, maintenance in them as measured.</remarks>
internal sealed class Rehearsal
{
    private readonly SloDefinition slo;
    private readonly int nowMinute;
    private readonly IReadOnlyList<PlannedMaintenance> maintenance;
    private readonly ExclusionPlan plan;
    private readonly SloTracker tracker;
    private readonly WindowSpan[] months;
    private readonly SloTally[] monthTallies;
    private readonly AlertReplay alerts;
    private int? born;

    public Rehearsal(SloDefinition slo, int nowMinute, int? firstMeasuredMinute, IReadOnlyList<PlannedMaintenance> maintenance)
    {
        this.slo = slo;
        this.nowMinute = nowMinute;
        this.maintenance = maintenance;
        born = firstMeasuredMinute;
        tracker = new SloTracker(slo, nowMinute, firstMeasuredMinute);
        months = ChangeRehearsal.MonthsBefore(nowMinute);
        monthTallies = new SloTally[months.Length];
        plan = ExclusionPlan.Of(slo.Maintenance, maintenance, new WindowSpan(months[0].Start, nowMinute + 1));
        alerts = new AlertReplay(slo, nowMinute);
    }

    public void Take(int hour, HourChunk chunk)
    {
        var tally = MinuteOutcome.OfHour(slo, chunk);
        tracker.Apply(hour, chunk, tally);
        if (chunk.Seen != 0)
        {
            born ??= (hour * TimeIndex.MinutesPerHour) + BitOperations.TrailingZeroCount(chunk.Seen);
        }

        var start = hour * TimeIndex.MinutesPerHour;
        TakeIntoMonth(start, tally + Change(start, start + TimeIndex.MinutesPerHour, chunk));
        if (alerts.Holds(hour))
        {
            for (var minute = Math.Max(start, alerts.FirstMinute); minute < Math.Min(start + TimeIndex.MinutesPerHour, nowMinute + 1); minute++)
            {
                alerts.Record(minute, MinuteOutcome.OfMinute(slo, chunk, minute - start) + Change(minute, minute + 1, chunk));
            }
        }
    }

    public RehearsedObjective Finish(Func<int, HourChunk> hourAt)
    {
        foreach (var hour in tracker.MissingHours(nowMinute, maintenance))
        {
            tracker.Supply(hour, hourAt(hour));
        }

        var judged = months.Select((month, i) => Judge(month, monthTallies[i])).ToArray();
        return new RehearsedObjective
        {
            Now = tracker.Evaluate(nowMinute, maintenance),
            Months = judged,
            MonthsBreached = judged.Any(m => m.Breached is not null) ? judged.Count(m => m.Breached == true) : null,
            Alerts = [.. slo.AlertRules.Select(rule => alerts.Replay(rule, born))],
        };
    }

    private void TakeIntoMonth(int startOfHour, in SloTally tally)
    {
        for (var i = 0; i < months.Length; i++)
        {
            if (startOfHour >= months[i].Start && startOfHour < months[i].End)
            {
                monthTallies[i] += tally;
            }
        }
    }

    private RehearsedMonth Judge(WindowSpan month, in SloTally tally)
    {
        var minutes = month.Minutes - plan.RemovedMinutes(Math.Max(month.Start, born ?? month.End), month.End);
        var coverage = minutes == 0 ? 0m : (decimal)tally.SeenMinutes / minutes;
        bool? breached = tally.Total > 0 && coverage >= slo.MinimumCoverage ? ErrorBudget.Of(slo.Target, slo.Budgeting, tally).IsOverspent : null;
        return new(month.Start, tally.Ratio, coverage, breached);
    }

    private SloTally Change(int from, int to, HourChunk chunk)
    {
        if (plan.IsEmpty || born is null)
        {
            return default;
        }

        return plan.Change(slo.Budgeting, Math.Max(from, born.Value), to, nowMinute, minute =>
            chunk.IsCondensed ? null : MinuteOutcome.OfMinute(slo, chunk, TimeIndex.MinuteOfHour(minute)));
    }
}
