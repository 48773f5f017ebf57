using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Domain.Slos.WhatIf;

/// <summary>Plays burn alerts over the last 30 days minute by minute, with sums that slide along.</summary>
internal sealed class AlertReplay
{
    private readonly SloDefinition slo;
    private readonly int nowMinute;
    private readonly int firstJudged;
    private readonly long[] bad;
    private readonly long[] total;

    public AlertReplay(SloDefinition slo, int nowMinute)
    {
        this.slo = slo;
        this.nowMinute = nowMinute;
        firstJudged = nowMinute + 1 - (ChangeRehearsal.AlertDays * TimeIndex.MinutesPerDay);
        FirstMinute = firstJudged + 1 - slo.AlertRules.Select(r => r.LongWindowMinutes).DefaultIfEmpty(1).Max();
        bad = new long[nowMinute + 1 - FirstMinute];
        total = new long[bad.Length];
    }

    /// <summary>The earliest minute in reach of the first judgement.</summary>
    public int FirstMinute { get; }

    public bool Holds(int hour) => hour >= TimeIndex.HourOf(FirstMinute) && hour <= TimeIndex.HourOf(nowMinute);

    public void Record(int minute, in SloTally tally)
    {
        bad[minute - FirstMinute] = tally.Bad;
        total[minute - FirstMinute] = tally.Total;
    }

    public RehearsedAlert Replay(BurnAlertRule rule, int? born)
    {
        var minimumUnits = (decimal)slo.MinimumEvents * Math.Max(1, SloUnits.PerMinute(slo.Budgeting));
        var longSum = new SlidingSum(bad, total, rule.LongWindowMinutes, firstJudged - FirstMinute);
        var shortSum = new SlidingSum(bad, total, rule.ShortWindowMinutes, firstJudged - FirstMinute);
        int firings = 0, firingMinutes = 0, judged = 0;
        var fired = false;
        for (var minute = firstJudged; minute <= nowMinute; minute++)
        {
            var (longTally, shortTally) = (longSum.Next(), shortSum.Next());
            if (!(born <= minute + 1 - rule.LongWindowMinutes))
            {
                continue;
            }

            judged++;
            var fires = BurnAlertRules.Fires(rule, slo.Target, longTally, shortTally, minimumUnits, hasFullHistory: true);
            firings += fires && !fired ? 1 : 0;
            firingMinutes += fires ? 1 : 0;
            fired = fires;
        }

        return new(rule, firings, firingMinutes, judged);
    }

    /// <summary>The sum of the last so many minutes, one step at a time.</summary>
    private sealed class SlidingSum
    {
        private readonly long[] bad;
        private readonly long[] total;
        private readonly int length;
        private int next;
        private long badSum;
        private long totalSum;

        public SlidingSum(long[] bad, long[] total, int length, int first)
        {
            (this.bad, this.total, this.length, next) = (bad, total, length, first);
            for (var at = first - length + 1; at < first; at++)
            {
                badSum += bad[at];
                totalSum += total[at];
            }
        }

        public SloTally Next()
        {
            badSum += bad[next];
            totalSum += total[next];
            var tally = new SloTally(totalSum - badSum, totalSum, 0, 0);
            badSum -= bad[next - length + 1];
            totalSum -= total[next - length + 1];
            next++;
            return tally;
        }
    }
}
