using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Agreements;

internal enum PlanVerdict : byte
{
    /// <summary>Nothing was planned.</summary>
    None,
    Forgiven,
    Late,
    BeyondCap,
}

/// <summary>
/// What a month's planned maintenance does to each objective. The cap is the agreement's: windows of several services at the same time
/// use it up once.
/// </summary>
internal sealed class MonthPlan
{
    private readonly WindowSpan month;
    private readonly PlanVerdict[]?[] verdicts;

    private MonthPlan(WindowSpan month, PlanVerdict[]?[] verdicts) => (this.month, this.verdicts) = (month, verdicts);

    public static MonthPlan Of(MaintenanceTerms? terms, WindowSpan month, IReadOnlyList<ObjectiveMinutes> objectives)
    {
        var verdicts = new PlanVerdict[]?[objectives.Count];
        if (terms is not null)
        {
            var all = ExclusionPlan.Of(terms, [.. objectives.SelectMany(objective => objective.Planned).Distinct()], month);
            for (var index = 0; index < objectives.Count; index++)
            {
                verdicts[index] = VerdictsOf(terms, month, objectives[index].Planned, all);
            }
        }

        return new MonthPlan(month, verdicts);
    }

    public PlanVerdict At(int objective, int minute) => verdicts[objective] is { } own ? own[minute - month.Start] : PlanVerdict.None;

    /// <summary>Minutes of [from, to) that are forgiven for every objective, so that none of them counts.</summary>
    public int ForgivenByAll(int from, int to)
    {
        if (verdicts.Length == 0 || Array.Exists(verdicts, own => own is null))
        {
            return 0;
        }

        var minutes = 0;
        for (var minute = from; minute < to; minute++)
        {
            minutes += Array.TrueForAll(verdicts, own => own![minute - month.Start] == PlanVerdict.Forgiven) ? 1 : 0;
        }

        return minutes;
    }

    private static PlanVerdict[]? VerdictsOf(MaintenanceTerms terms, WindowSpan month, IReadOnlyList<PlannedMaintenance> windows, ExclusionPlan all)
    {
        if (windows.Count == 0)
        {
            return null;
        }

        var verdicts = new PlanVerdict[month.Minutes];
        // Without its cap the plan tells what was announced in time; the cap is then the agreement's.
        var own = ExclusionPlan.Of(terms with { CapPerMonthSeconds = null }, windows, month);
        Paint(own.Unforgiven, PlanVerdict.Late);
        Paint(own.Forgiven, PlanVerdict.BeyondCap);
        foreach (var span in all.Forgiven)
        {
            for (var minute = span.Start; minute < span.End; minute++)
            {
                ref var verdict = ref verdicts[minute - month.Start];
                verdict = verdict == PlanVerdict.BeyondCap ? PlanVerdict.Forgiven : verdict;
            }
        }

        return verdicts;

        void Paint(IReadOnlyList<WindowSpan> spans, PlanVerdict verdict)
        {
            foreach (var span in spans)
            {
                verdicts.AsSpan(span.Start - month.Start, span.Minutes).Fill(verdict);
            }
        }
    }
}
