using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Agreements;

/// <summary>From terms and minutes to what a month comes to.</summary>
/// <remarks>
/// Uptime = up / (up + down). A forgiven minute leaves both (or counts as up, as the terms say). A minute in which nothing reported is
/// in neither, but for one inside planned work that is not forgiven, which is down. So a statement says what the objective's own month
/// says, and silence never raises an uptime.
/// </remarks>
public static class StatementMath
{
    /// <param name="month">A calendar month, UTC.</param>
    /// <param name="from">First minute that counts, inside the month.</param>
    /// <param name="now">The minute under way; at or after the month's end the month is over.</param>
    public static StatementFigures Of(AgreementTerms terms, WindowSpan month, int from, int now, IReadOnlyList<ObjectiveMinutes> objectives)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, month.Start);
        var until = Math.Clamp(now, from, month.End);
        var plan = MonthPlan.Of(terms.Exclusions, month, objectives);
        var alone = objectives.Select((objective, index) => (objective.Slo, Count: Count(plan, objectives, [index], from, until))).ToList();
        var mode = terms.Exclusions?.Mode ?? ExclusionMode.Removed;
        var whole = terms.Measure == AgreementMeasure.AllUp || objectives.Count < 2
            ? Count(plan, objectives, [.. Enumerable.Range(0, objectives.Count)], from, until)
            : alone.Select(one => one.Count).OrderBy(count => Uptime(count.Minutes, mode) ?? 2m).First();
        var ahead = month.End - until - (mode == ExclusionMode.Removed ? plan.ForgivenByAll(until, month.End) : 0);
        var minutes = whole.Minutes;
        var total = (long)minutes.Total(mode) + ahead;
        var isMeasured = minutes.Total(mode) > 0;
        var percent = isMeasured ? terms.CreditPercent(total - minutes.Down, total) : 0;
        return new StatementFigures
        {
            From = from,
            Until = until,
            Minutes = minutes,
            Ahead = ahead,
            Uptime = Uptime(minutes, mode),
            CreditPercent = percent,
            CreditAmount = terms.CreditAmount(percent),
            Intervals = whole.Intervals,
            Objectives = [.. alone.Select(one => new ObjectiveFigures(one.Slo, one.Count.Minutes, Uptime(one.Count.Minutes, mode)))],
            Next = until < month.End ? NextOf(terms, minutes.Down, total, percent) : null,
            Met = isMeasured ? total - minutes.Down >= terms.Target * total : null,
        };
    }

    /// <summary>How many more minutes may be down until the table gives more than it gives now.</summary>
    internal static NextCredit? NextOf(AgreementTerms terms, int down, long total, decimal percent)
    {
        var next = terms.Credits.Where(band => band.CreditPercent > percent).OrderByDescending(band => band.Below).FirstOrDefault();
        if (next is null || total == 0)
        {
            return null;
        }

        // Down beyond (1 − bound) × total falls below the bound; exactly that much does not.
        var left = (int)Math.Floor((1 - next.Below) * total) - down;
        return left < 0 ? null : new NextCredit(left, next.CreditPercent, terms.CreditAmount(next.CreditPercent));
    }

    private static decimal? Uptime(MinuteCounts minutes, ExclusionMode mode) =>
        minutes.Total(mode) is > 0 and var total ? (decimal)(total - minutes.Down) / total : null;

    private static (MinuteCounts Minutes, IReadOnlyList<DownInterval> Intervals) Count(MonthPlan plan, IReadOnlyList<ObjectiveMinutes> objectives, int[] chosen, int from, int until)
    {
        var (up, down, excluded, excludedDown, unmeasured) = (0, 0, 0, 0, 0);
        var intervals = new IntervalList(objectives);
        for (var minute = from; minute < until; minute++)
        {
            var (anyUp, anyForgiven, forgivenDown, anyDown) = (false, false, false, false);
            var kind = IntervalKind.Downtime;
            foreach (var index in chosen)
            {
                var state = objectives[index].States[minute];
                var verdict = plan.At(index, minute);
                if (verdict == PlanVerdict.Forgiven)
                {
                    anyForgiven = true;
                    forgivenDown |= state == MinuteState.Down;
                }
                else if (IsDown(state, verdict))
                {
                    anyDown = true;
                    kind = verdict switch { PlanVerdict.Late => IntervalKind.AnnouncedLate, PlanVerdict.BeyondCap => IntervalKind.BeyondCap, _ => kind };
                }
                else
                {
                    anyUp |= state == MinuteState.Up;
                }
            }

            if (anyDown)
            {
                down++;
                intervals.Add(minute, kind, chosen.Where(index => IsDown(plan, objectives, index, minute)));
            }
            else if (anyUp)
            {
                up++;
            }
            else if (anyForgiven)
            {
                excluded++;
                excludedDown += forgivenDown ? 1 : 0;
                if (forgivenDown)
                {
                    intervals.Add(minute, IntervalKind.Excluded, chosen.Where(index => objectives[index].States[minute] == MinuteState.Down));
                }
            }
            else
            {
                unmeasured++;
            }
        }

        return (new MinuteCounts(up, down, excluded, excludedDown, unmeasured), intervals.Close());
    }

    private static bool IsDown(MonthPlan plan, IReadOnlyList<ObjectiveMinutes> objectives, int index, int minute) =>
        IsDown(objectives[index].States[minute], plan.At(index, minute));

    /// <summary>Silence in planned work that nothing forgives is taken for the outage it was planned to be.</summary>
    private static bool IsDown(MinuteState state, PlanVerdict verdict) => verdict switch
    {
        PlanVerdict.Forgiven => false,
        PlanVerdict.None => state == MinuteState.Down,
        PlanVerdict.Late or PlanVerdict.BeyondCap => state is MinuteState.Down or MinuteState.Silent,
    };

    /// <summary>Puts down minutes together to intervals.</summary>
    private sealed class IntervalList(IReadOnlyList<ObjectiveMinutes> objectives)
    {
        private readonly List<DownInterval> closed = [];
        private readonly SortedSet<int> concerned = [];
        private (int Start, int End, IntervalKind Kind)? open;

        public void Add(int minute, IntervalKind kind, IEnumerable<int> down)
        {
            if (open is not { } running || running.End != minute || running.Kind != kind)
            {
                CloseOpen();
                open = (minute, minute + 1, kind);
            }
            else
            {
                open = running with { End = minute + 1 };
            }

            concerned.UnionWith(down);
        }

        public IReadOnlyList<DownInterval> Close()
        {
            CloseOpen();
            return closed;
        }

        private void CloseOpen()
        {
            if (open is { } done)
            {
                closed.Add(new DownInterval(done.Start, done.End, done.Kind, [.. concerned.Select(index => objectives[index].Slo)]));
            }

            concerned.Clear();
            open = null;
        }
    }
}
