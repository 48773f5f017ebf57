namespace OpsDashboard.Domain.Slos.Evaluation;

/// <summary>Burn rates over every window an objective looks at, and since when its alerts fire.</summary>
internal sealed class BurnAlertTracking
{
    private readonly SloDefinition slo;
    private readonly int[] windows;
    private readonly SloHistory history;
    private readonly SloTally[] tallies;
    private readonly int?[] since;
    private readonly decimal minimumUnits;
    private int? judgedAt;

    public BurnAlertTracking(SloDefinition slo, int[] windowsAscending, SloHistory history)
    {
        this.slo = slo;
        this.history = history;
        windows = windowsAscending;
        tallies = new SloTally[windows.Length];
        since = new int?[slo.AlertRules.Count];
        minimumUnits = (decimal)slo.MinimumEvents * Math.Max(1, SloUnits.PerMinute(slo.Budgeting));
    }

    public void Restore(IEnumerable<BurnAlert> known)
    {
        foreach (var alert in known.Where(a => a.Firing))
        {
            for (var i = 0; i < since.Length; i++)
            {
                since[i] = slo.AlertRules[i] == alert.Rule ? alert.SinceMinute : since[i];
            }
        }
    }

    /// <summary>Counts every window that ends with the minute, the longer ones on top of the shorter.</summary>
    public BurnRate[] Rates(int minute, ExclusionPlan plan)
    {
        var rates = new BurnRate[windows.Length];
        var sum = default(SloTally);
        var end = minute + 1;
        for (var i = 0; i < windows.Length; i++)
        {
            var start = minute + 1 - windows[i];
            sum += Counted(start, end, minute, plan);
            tallies[i] = sum;
            rates[i] = new(windows[i], Burn.Rate(slo.Target, sum));
            end = start;
        }

        return rates;
    }

    /// <summary>Judges the rules on the windows last counted by <see cref="Rates"/>.</summary>
    public BurnAlert[] Judge(int minute, ExclusionPlan plan)
    {
        var judged = new BurnAlert[since.Length];
        for (var i = 0; i < since.Length; i++)
        {
            var rule = slo.AlertRules[i];
            var longTally = tallies[Array.BinarySearch(windows, rule.LongWindowMinutes)];
            var shortTally = tallies[Array.BinarySearch(windows, rule.ShortWindowMinutes)];
            var fires = Fires(rule, minute, longTally, shortTally);
            since[i] = fires ? since[i] ?? FirstOfFiring(rule, minute, plan) : null;
            judged[i] = new(rule, fires, since[i]);
        }

        judgedAt = minute;
        return judged;
    }

    /// <summary>Walks back while the rule held, not past the last judgement, which found it quiet, nor past the minutes kept.</summary>
    private int FirstOfFiring(BurnAlertRule rule, int minute, ExclusionPlan plan)
    {
        var earliest = Math.Max(history.OldestMinute + rule.LongWindowMinutes - 1, judgedAt + 1 ?? int.MinValue);
        while (minute > earliest)
        {
            var before = minute - 1;
            var shortTally = Counted(minute - rule.ShortWindowMinutes, minute, before, plan);
            if (!Fires(rule, before, Counted(minute - rule.LongWindowMinutes, minute, before, plan), shortTally))
            {
                break;
            }

            minute = before;
        }

        return minute;
    }

    private bool Fires(BurnAlertRule rule, int minute, in SloTally longTally, in SloTally shortTally) =>
        BurnAlertRules.Fires(rule, slo.Target, longTally, shortTally, minimumUnits, history.Born <= minute + 1 - rule.LongWindowMinutes);

    private SloTally Counted(int from, int to, int minuteUnderWay, ExclusionPlan plan)
    {
        var sum = history.Sum(from, to);
        return plan.IsEmpty
            ? sum
            : sum + plan.Change(slo.Budgeting, Math.Max(from, history.Born ?? to), to, minuteUnderWay, history.Minute);
    }
}
