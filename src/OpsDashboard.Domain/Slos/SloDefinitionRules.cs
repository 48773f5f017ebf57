using System.Text.RegularExpressions;

namespace OpsDashboard.Domain.Slos;

/// <summary>What a definition must hold to before its arithmetic means anything.</summary>
public static partial class SloDefinitionRules
{
    /// <summary>Longest alert window: the evaluator keeps single minutes for as long.</summary>
    public const int MaxAlertWindowMinutes = 72 * 60;

    public const int MaxWindowDays = 366;
    public const int MaxAlertRules = 8;
    public const int MaxClauses = 20;
    public const int MaxTextLength = 2000;

    /// <summary>As OpenSLO allows, so that every objective can be exported.</summary>
    public const int MaxDescriptionLength = 1050;

    private const decimal MaxLimit = 1_000_000_000m;

    /// <summary>All faults at once; none when the definition is sound.</summary>
    public static IReadOnlyList<Fault> Check(SloDefinition slo)
    {
        var faults = new List<Fault>();
        CheckNames(slo, faults);
        CheckTarget(slo, faults);
        CheckThreshold(slo, faults);
        CheckBudgeting(slo, faults);
        CheckWindow(slo.Window, faults);
        CheckMaintenance(slo.Maintenance, faults);
        CheckAlerts(slo, faults);
        CheckClauses(slo, faults);
        return faults;
    }

    private static void CheckNames(SloDefinition slo, List<Fault> faults)
    {
        CheckPath(slo.Id, "/id", slo, faults);
        CheckPath(slo.SliId, "/sliId", slo, faults);
        CheckText(slo.Name, "/name", 200, faults);
        if (slo.Description?.Length > MaxDescriptionLength)
        {
            faults.Add(new("/description", "tooLong", $"At most {MaxDescriptionLength} characters."));
        }

        if (slo.Percentile is <= 0 or >= 100)
        {
            faults.Add(new("/percentile", "range", "A percentile lies between 1 and 99."));
        }
    }

    private static void CheckPath(string path, string pointer, SloDefinition slo, List<Fault> faults)
    {
        if (path.Length > 200 || !PathPattern().IsMatch(path))
        {
            faults.Add(new(pointer, "path", "Three names of letters, digits, '.', '_' or '-', parted by '/': platform/service/name."));
        }
        else if (pointer == "/id" && !path.StartsWith($"{slo.Platform}/{slo.Service}/", StringComparison.Ordinal))
        {
            faults.Add(new(pointer, "path", "The id begins with the platform and the service."));
        }
    }

    private static void CheckText(string text, string pointer, int most, List<Fault> faults)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            faults.Add(new(pointer, "required", "Must not be empty."));
        }
        else if (text.Length > most)
        {
            faults.Add(new(pointer, "tooLong", $"At most {most} characters."));
        }
    }

    private static void CheckTarget(SloDefinition slo, List<Fault> faults)
    {
        if (!IsTarget(slo.Target))
        {
            faults.Add(new("/target", "range", "The target is a fraction above 0 and below 1, as 0.999; a target of 1 leaves no error budget."));
        }

        if (slo.MinimumCoverage is < 0 or > 1)
        {
            faults.Add(new("/minimumCoverage", "range", "The minimum coverage is a fraction from 0 to 1."));
        }
    }

    private static void CheckThreshold(SloDefinition slo, List<Fault> faults)
    {
        var needed = slo.Kind is SliKind.Latency or SliKind.Value or SliKind.Freshness;
        if (slo.Threshold is not { } threshold)
        {
            if (needed)
            {
                faults.Add(new("/threshold", "required", "Latency, value and freshness objectives need a threshold."));
            }

            return;
        }

        if (!needed)
        {
            faults.Add(new("/threshold", "forbidden", "Ratio and job objectives count good events and take no threshold."));
            return;
        }

        var isAge = slo.Kind is SliKind.Latency or SliKind.Freshness;
        if (isAge && threshold.Op is not (Comparison.LessThan or Comparison.LessOrEqual))
        {
            faults.Add(new("/threshold/op", "op", "Latency and freshness are good below their limit: use < or <=."));
        }

        if (Math.Abs(threshold.Limit) > MaxLimit || (isAge && threshold.Limit <= 0))
        {
            faults.Add(new("/threshold/limit", "range", isAge ? "Above 0, at most 1,000,000,000." : "At most 1,000,000,000 in magnitude."));
        }
    }

    private static void CheckBudgeting(SloDefinition slo, List<Fault> faults)
    {
        if (slo.Budgeting == BudgetingMethod.Timeslices)
        {
            if (slo.TimeSliceTarget is null)
            {
                faults.Add(new("/timeSliceTarget", "required", "Timeslices need the ratio from which a minute is good."));
            }
            else if (slo.TimeSliceTarget is <= 0 or > 1)
            {
                faults.Add(new("/timeSliceTarget", "range", "The time slice target is a fraction above 0, at most 1."));
            }
        }
        else if (slo.TimeSliceTarget is not null)
        {
            faults.Add(new("/timeSliceTarget", "forbidden", "Only timeslices take a time slice target."));
        }
    }

    private static void CheckWindow(SloWindow window, List<Fault> faults)
    {
        if (window.Kind == WindowKind.Calendar)
        {
            if (window.Unit == WindowUnit.Hour)
            {
                faults.Add(new("/window/unit", "unit", "A calendar window is a day, week, month, quarter or year."));
            }

            if (window.Count != 1)
            {
                faults.Add(new("/window/count", "range", "A calendar window is the current one: its count is 1."));
            }
        }
        else if (window.Unit is WindowUnit.Month or WindowUnit.Quarter or WindowUnit.Year)
        {
            faults.Add(new("/window/unit", "unit", "A rolling window is counted in hours, days or weeks."));
        }
        else if (window.Count is < 1 or > MaxWindowDays * 24 || WindowSpan.NominalMinutes(window) > MaxWindowDays * 1440)
        {
            faults.Add(new("/window/count", "range", $"A rolling window is at least one unit and at most {MaxWindowDays} days long."));
        }
    }

    private static void CheckMaintenance(MaintenanceTerms? terms, List<Fault> faults)
    {
        if (terms?.CapPerMonthSeconds < 0)
        {
            faults.Add(new("/maintenance/capPerMonthSeconds", "range", "The monthly cap must not be negative; leave it out for none."));
        }

        if (terms?.NoticeSeconds is < 0 or > MaxWindowDays * 86400L)
        {
            faults.Add(new("/maintenance/noticeSeconds", "range", $"The notice lies between 0 and {MaxWindowDays} days."));
        }
    }

    private static void CheckAlerts(SloDefinition slo, List<Fault> faults)
    {
        if (slo.MinimumEvents < 0)
        {
            faults.Add(new("/minimumEvents", "range", "The minimum event count must not be negative."));
        }

        if (slo.AlertRules.Count > MaxAlertRules)
        {
            faults.Add(new("/alertRules", "tooMany", $"At most {MaxAlertRules} rules."));
        }

        for (var i = 0; i < slo.AlertRules.Count; i++)
        {
            CheckAlert(slo, slo.AlertRules[i], $"/alertRules/{i}", faults);
        }
    }

    private static void CheckAlert(SloDefinition slo, BurnAlertRule rule, string pointer, List<Fault> faults)
    {
        if (rule.LongWindowMinutes is < 1 or > MaxAlertWindowMinutes)
        {
            faults.Add(new($"{pointer}/longWindowMinutes", "range", $"The long window lies between 1 and {MaxAlertWindowMinutes} minutes."));
        }

        if (rule.ShortWindowMinutes < 1 || rule.ShortWindowMinutes >= rule.LongWindowMinutes)
        {
            faults.Add(new($"{pointer}/shortWindowMinutes", "range", "The short window is at least a minute and shorter than the long one."));
        }

        if (rule.Threshold <= 0)
        {
            faults.Add(new($"{pointer}/threshold", "range", "The burn rate threshold must be above 0."));
        }
        else if (IsTarget(slo.Target) && !BurnAlertRules.CanFire(rule.Threshold, slo.Target))
        {
            var most = Burn.MaximumRate(slo.Target).ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);
            faults.Add(new($"{pointer}/threshold", "neverFires", $"The burn rate cannot exceed {most} at this target, so the alert could never fire."));
        }
    }

    private static void CheckClauses(SloDefinition slo, List<Fault> faults)
    {
        if (slo.Clauses.Count > MaxClauses)
        {
            faults.Add(new("/clauses", "tooMany", $"At most {MaxClauses} clauses."));
        }

        for (var i = 0; i < slo.Clauses.Count; i++)
        {
            CheckText(slo.Clauses[i].Document, $"/clauses/{i}/document", 200, faults);
            CheckText(slo.Clauses[i].Quote, $"/clauses/{i}/quote", MaxTextLength, faults);
        }
    }

    private static bool IsTarget(decimal target) => target is > 0 and < 1;

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*){2}\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex PathPattern();
}
