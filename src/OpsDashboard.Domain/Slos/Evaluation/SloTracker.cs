using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Domain.Slos.Evaluation;

/// <summary>The state of one objective in memory, kept up to date hour by hour and judged at any minute at a cost that does not grow with its window.</summary>
/// <remarks>
/// Life: create it with the definition in force, <see cref="Apply"/> every stored hour from <see cref="FirstHourNeeded"/> on, then
/// every hour that changes, late ones too. Before judging, <see cref="MissingHours"/> names older hours whose minutes are needed
/// (where a rolling window begins inside an hour, and maintenance) for <see cref="Supply"/>; unsupplied, such a part of an hour is
/// left out, or left as measured. The whole window is judged by this one definition; a new version means a new tracker. Not
/// thread-safe.
/// </remarks>
public sealed class SloTracker
{
    private const int MinutesPerHour = TimeIndex.MinutesPerHour;

    // Samples may be five minutes ahead, and a clock may step back by an hour or two.
    private const int HoursAhead = 3;

    private readonly SloDefinition slo;
    private readonly int[] burnWindows;
    private readonly SloHistory history;
    private readonly BurnAlertTracking alerts;
    private Sparkline sparkline;
    private int nowMinute;

    /// <param name="slo">Sound by <see cref="SloDefinitionRules"/>.</param>
    /// <param name="nowMinute">Minutes since the Unix epoch.</param>
    /// <param name="firstMeasuredMinute">First minute the series ever reported, if it lies before the hours that will be applied.</param>
    public SloTracker(SloDefinition slo, int nowMinute, int? firstMeasuredMinute = null)
    {
        this.slo = slo;
        this.nowMinute = nowMinute;
        burnWindows = [.. slo.AlertRules.SelectMany(r => new[] { r.LongWindowMinutes, r.ShortWindowMinutes }).Append(60).Append(360).Distinct().Order()];
        var nowHour = TimeIndex.HourOf(nowMinute);
        var minuteHours = (burnWindows[^1] / MinutesPerHour) + 2 + HoursAhead;
        var span = WindowSpan.At(slo.Window, nowMinute);
        history = new SloHistory(slo, Math.Max(HourCapacity(slo.Window), minuteHours), minuteHours, nowHour + 1) { Born = firstMeasuredMinute };
        sparkline = Sparkline.Of(slo.Window, span, nowHour, history.Hours);
        alerts = new BurnAlertTracking(slo, burnWindows, history);
    }

    public SloDefinition Definition => slo;

    /// <summary>Earliest hour whose data can still matter at the present minute.</summary>
    public int FirstHourNeeded
    {
        get
        {
            var first = Math.Min(
                TimeIndex.HourOf(WindowSpan.At(slo.Window, nowMinute).Start),
                TimeIndex.HourOf(nowMinute - burnWindows[^1]) - 1);
            return Math.Min(first, sparkline.FirstHourShown(slo.Window, TimeIndex.HourOf(nowMinute)));
        }
    }

    /// <summary>False when the clock has stepped back further than the minutes kept allow: build a new tracker then.</summary>
    public bool Covers(int minute) => TimeIndex.HourOf(minute) >= history.Hours.Newest - HoursAhead;

    /// <summary>Moves the present forward; a minute in the past changes nothing but what <see cref="Evaluate"/> is asked for.</summary>
    public void Advance(int minute)
    {
        nowMinute = minute;
        history.AdvanceTo(TimeIndex.HourOf(minute) + 1);
        var span = WindowSpan.At(slo.Window, minute);
        if (slo.Window.Kind == WindowKind.Calendar && sparkline.OriginHour != span.Start / MinutesPerHour)
        {
            sparkline = Sparkline.Of(slo.Window, span, TimeIndex.HourOf(minute), history.Hours);
        }

        history.ForgetSuppliedBefore(TimeIndex.HourOf(Math.Min(span.Start, minute - burnWindows[^1])));
    }

    /// <summary>Replaces what is known of one hour; one too old to matter changes nothing.</summary>
    public void Apply(int hour, HourChunk chunk)
    {
        history.AdvanceTo(hour);
        if (history.Hours.Holds(hour))
        {
            var (was, isNow) = history.Set(hour, chunk);
            sparkline.Change(hour, was, isNow);
        }
        else
        {
            history.Saw(hour, chunk.Seen);
        }
    }

    /// <summary>Replaces an hour, older than the minutes kept, by a tally already counted with this very definition.</summary>
    /// <remarks>The hour counts as seen from its first to its last minute: name the series' first minute to the constructor.</remarks>
    public void ApplySums(int hour, in SloTally tally)
    {
        history.AdvanceTo(hour);
        if (history.Hours.Holds(hour))
        {
            sparkline.Change(hour, history.SetSums(hour, tally), tally);
            if (tally.SeenMinutes > 0)
            {
                history.Saw(hour, ulong.MaxValue >> (64 - MinutesPerHour));
            }
        }
    }

    /// <summary>As <see cref="Apply"/>, for an hour whose tally by this very definition is at hand.</summary>
    internal void Apply(int hour, HourChunk chunk, in SloTally tally)
    {
        if (history.KeepsMinutesOf(hour))
        {
            Apply(hour, chunk);
        }
        else
        {
            history.Saw(hour, chunk.Seen);
            if (history.Hours.Holds(hour))
            {
                sparkline.Change(hour, history.SetSums(hour, tally), tally);
            }
        }
    }

    /// <summary>Keeps the beginning of alerts that fired before a restart.</summary>
    public void Restore(IEnumerable<BurnAlert> known) => alerts.Restore(known);

    /// <summary>The hour a rolling window begins in, when its minutes are needed and unknown.</summary>
    public bool NeedsTailHour(out int hour)
    {
        var start = WindowSpan.At(slo.Window, nowMinute).Start;
        hour = TimeIndex.HourOf(start);
        return TimeIndex.MinuteOfHour(start) != 0 && !history.KnowsMinutesOf(hour);
    }

    /// <summary>Hours whose minutes <see cref="Evaluate"/> needs and does not know; usually none.</summary>
    /// <param name="maintenance">As for <see cref="Evaluate"/>.</param>
    public IReadOnlyList<int> MissingHours(int minute, IReadOnlyList<PlannedMaintenance> maintenance)
    {
        Advance(minute);
        var plan = PlanAt(minute, maintenance);
        var missing = NeedsTailHour(out var tail) ? new List<int> { tail } : null;
        foreach (var span in plan.Forgiven.Concat(plan.Unforgiven))
        {
            for (var hour = TimeIndex.HourOf(span.Start); hour <= TimeIndex.HourOf(span.End - 1); hour++)
            {
                if (!history.KnowsMinutesOf(hour) && missing?.Contains(hour) != true)
                {
                    (missing ??= []).Add(hour);
                }
            }
        }

        return missing ?? (IReadOnlyList<int>)[];
    }

    /// <summary>Hands in the minutes of an hour that <see cref="MissingHours"/> named.</summary>
    public void Supply(int hour, HourChunk chunk) => history.Supply(hour, chunk);

    /// <summary>Judges the objective over its window up to and with the given minute, which is still under way.</summary>
    /// <param name="maintenance">Planned windows that touch the objective's window, the 72 h before now, or the calendar month either begins in.</param>
    public SloEvaluation Evaluate(int minute, IReadOnlyList<PlannedMaintenance> maintenance)
    {
        Advance(minute);
        var span = WindowSpan.At(slo.Window, minute);
        var plan = PlanAt(minute, maintenance);
        var from = span.Start;
        if (NeedsTailHour(out var tail))
        {
            from = (tail + 1) * MinutesPerHour;
        }

        var observed = Math.Max(from, history.Born ?? minute + 1);
        var tally = history.SumOfWindow(from, minute + 1);
        if (!plan.IsEmpty)
        {
            tally += plan.Change(slo.Budgeting, observed, minute + 1, minute, history.Minute);
        }

        var underWay = UnderWay(minute, plan);
        var coverage = Coverage(tally, underWay, minute - observed - plan.RemovedMinutes(observed, minute));
        var rates = alerts.Rates(minute, plan);
        var verdict = SloVerdict.Of(slo, span, minute, tally, underWay, coverage, rates);
        var fired = alerts.Judge(minute, plan);
        return new SloEvaluation
        {
            Minute = minute,
            Window = span,
            State = verdict.State(fired),
            Sli = tally.Ratio,
            Good = SloUnits.ToDisplay(slo.Budgeting, tally.Good),
            Total = SloUnits.ToDisplay(slo.Budgeting, tally.Total),
            BadSeconds = tally.BadMilliseconds / 1000m,
            Coverage = verdict.Coverage,
            ExcludedSeconds = plan.ForgivenMinutes(observed, minute + 1) * 60L,
            Budget = verdict.Budget,
            BurnRates = rates,
            ExhaustionAt = verdict.ExhaustionAt,
            Alerts = fired,
            Sparkline = sparkline.Draw(slo.Window, TimeIndex.HourOf(minute)),
            LastSeenMinute = history.LastSeen is { } last && last >= span.Start ? Math.Min(last, minute) : null,
        };
    }

    private static int HourCapacity(SloWindow window)
    {
        var longest = window.Kind == WindowKind.Rolling
            ? WindowSpan.NominalMinutes(window)
            : WindowSpan.NominalMinutes(window) + (window.Unit is WindowUnit.Day or WindowUnit.Week ? 0 : TimeIndex.MinutesPerDay);
        return ((Sparkline.Points + 1) * Sparkline.HoursPerPartOf(longest)) + 2 + HoursAhead;
    }

    /// <summary>Share of the finished minutes that reported; while there are none, all or nothing by the minute under way.</summary>
    private static decimal Coverage(in SloTally tally, in SloTally underWay, int finishedMinutes)
    {
        if (finishedMinutes <= 0)
        {
            return tally.SeenMinutes > 0 ? 1m : 0m;
        }

        return (decimal)(tally.SeenMinutes - underWay.SeenMinutes) / finishedMinutes;
    }

    private SloTally UnderWay(int minute, ExclusionPlan plan)
    {
        var measured = history.Minute(minute) ?? default;
        return plan.IsEmpty || !(history.Born <= minute) ? measured : measured + plan.Change(slo.Budgeting, minute, minute + 1, minute, history.Minute);
    }

    private ExclusionPlan PlanAt(int minute, IReadOnlyList<PlannedMaintenance> maintenance)
    {
        if (slo.Maintenance is null || maintenance.Count == 0)
        {
            return ExclusionPlan.None;
        }

        var start = Math.Min(WindowSpan.At(slo.Window, minute).Start, minute + 1 - burnWindows[^1]);
        return ExclusionPlan.Of(slo.Maintenance, maintenance, new WindowSpan(start, minute + 1));
    }
}
