using System.Globalization;
using System.Text;
using OpsDashboard.Application.Slos.Editing;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Web.Slos.Editing;

/// <summary>
/// Terms as someone types them: percents, hours and counts as text, so that nothing typed is ever lost, however wrong it is
/// at the moment.
/// </summary>
public sealed class SloDraft
{
    /// <summary>What the arrow keys step through in the target field, in percent.</summary>
    public static IReadOnlyList<decimal> Ladder { get; } = [99m, 99.5m, 99.9m, 99.95m, 99.99m];

    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    /// <summary>Percent.</summary>
    public string Target { get; set; } = "";

    public Comparison Op { get; set; }

    public string Limit { get; set; } = "";

    public bool HasThreshold { get; private set; }

    public BudgetingMethod Method { get; set; }

    /// <summary>Percent.</summary>
    public string SliceTarget { get; set; } = "";

    public WindowKind WindowKind { get; set; }

    public WindowUnit WindowUnit { get; set; }

    public string WindowCount { get; set; } = "";

    /// <summary>Percent.</summary>
    public string Coverage { get; set; } = "";

    public string MinimumEvents { get; set; } = "";

    public List<AlertDraft> Alerts { get; private set; } = [];

    public bool ForgivesMaintenance { get; set; }

    public ExclusionMode MaintenanceMode { get; set; }

    /// <summary>Hours a month; empty: no cap.</summary>
    public string CapHours { get; set; } = "";

    public string NoticeHours { get; set; } = "";

    public static SloDraft Of(SloTerms terms) => new()
    {
        Name = terms.Name,
        Description = terms.Description ?? "",
        Target = Percent(terms.Target),
        HasThreshold = terms.Threshold is not null,
        Op = terms.Threshold?.Op ?? Comparison.LessThan,
        Limit = terms.Threshold is { } threshold ? Plain(threshold.Limit) : "",
        Method = terms.BudgetingMethod,
        SliceTarget = terms.TimeSliceTarget is { } share ? Percent(share) : "",
        WindowKind = terms.Window.Kind,
        WindowUnit = terms.Window.Unit,
        WindowCount = Plain(terms.Window.Count),
        Coverage = Percent(terms.MinimumCoverage),
        MinimumEvents = Plain(terms.MinimumEvents),
        Alerts = [.. terms.AlertRules.Select(AlertDraft.Of)],
        ForgivesMaintenance = terms.Maintenance is not null,
        MaintenanceMode = terms.Maintenance?.Mode ?? ExclusionMode.Removed,
        CapHours = terms.Maintenance?.CapPerMonthSeconds is { } cap ? Plain(cap / 3600m) : "",
        NoticeHours = Plain((terms.Maintenance?.NoticeSeconds ?? 0) / 3600m),
    };

    /// <summary>The next rung of the ladder from what is typed now; what is typed when there is none.</summary>
    public string Rung(bool up)
    {
        if (!TryNumber(Target, out var percent))
        {
            return Plain(Ladder[0]);
        }

        var next = up ? Ladder.Where(rung => rung > percent).DefaultIfEmpty(percent).Min() : Ladder.Where(rung => rung < percent).DefaultIfEmpty(percent).Max();
        return Plain(next);
    }

    /// <summary>The terms, with faults where something typed is not what its field takes.</summary>
    public (SloTerms Terms, IReadOnlyList<Fault> Faults) Read()
    {
        var faults = new List<Fault>();
        var terms = new SloTerms
        {
            Name = Name.Trim(),
            Description = string.IsNullOrWhiteSpace(Description) ? null : Description.Trim(),
            Target = Number(Target, "/target", "A percentage, as 99.95.", faults) / 100m,
            Threshold = HasThreshold ? new Threshold(Op, Number(Limit, "/threshold/limit", "A number.", faults)) : null,
            BudgetingMethod = Method,
            TimeSliceTarget = Method == BudgetingMethod.Timeslices ? Number(SliceTarget, "/timeSliceTarget", "A percentage, as 95.", faults) / 100m : null,
            Window = new SloWindow(WindowKind, WindowUnit, WindowKind == WindowKind.Calendar ? 1 : Whole(WindowCount, "/window/count", faults)),
            MinimumCoverage = Number(Coverage, "/minimumCoverage", "A percentage from 0 to 100.", faults) / 100m,
            MinimumEvents = Whole(MinimumEvents, "/minimumEvents", faults),
            AlertRules = [.. Alerts.Select((alert, at) => alert.Read($"/alertRules/{at}", faults))],
            Maintenance = ForgivesMaintenance ? new MaintenanceTerms(MaintenanceMode, Cap(faults), Seconds(NoticeHours, "/maintenance/noticeSeconds", faults)) : null,
        };
        return (terms, faults);
    }

    /// <summary>What stands in a field, said as in a history.</summary>
    public string Say(TermField field)
    {
        var (terms, faults) = Read();
        return faults.Any(fault => fault.Pointer.StartsWith(field.Pointer, StringComparison.Ordinal)) ? Raw(field.Name) : field.Say(terms);
    }

    public bool Differs(TermField field, SloDraft other) => Raw(field.Name) != other.Raw(field.Name);

    /// <summary>Takes one field as it stands in another draft.</summary>
    public void Take(TermField field, SloDraft from)
    {
        switch (field.Name)
        {
            case "name": Name = from.Name; break;
            case "description": Description = from.Description; break;
            case "target": Target = from.Target; break;
            case "threshold": (HasThreshold, Op, Limit) = (from.HasThreshold, from.Op, from.Limit); break;
            case "budgetingMethod": Method = from.Method; break;
            case "timeSliceTarget": SliceTarget = from.SliceTarget; break;
            case "window": (WindowKind, WindowUnit, WindowCount) = (from.WindowKind, from.WindowUnit, from.WindowCount); break;
            case "minimumCoverage": Coverage = from.Coverage; break;
            case "minimumEvents": MinimumEvents = from.MinimumEvents; break;
            case "alertRules": Alerts = [.. from.Alerts.Select(alert => alert.Copy())]; break;
            case "maintenance":
                (ForgivesMaintenance, MaintenanceMode, CapHours, NoticeHours) = (from.ForgivesMaintenance, from.MaintenanceMode, from.CapHours, from.NoticeHours);
                break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field.Name, "Unknown field.");
        }
    }

    internal static bool TryNumber(string text, out decimal number) => decimal.TryParse(
        text.Trim().Replace(',', '.'),
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
        CultureInfo.InvariantCulture,
        out number) && Math.Abs(number) < 1_000_000_000_000m;

    internal static decimal Number(string text, string pointer, string expected, List<Fault> faults)
    {
        if (!TryNumber(text, out var number))
        {
            faults.Add(new(pointer, "number", expected));
        }

        return number;
    }

    internal static int Whole(string text, string pointer, List<Fault> faults)
    {
        if (!int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            faults.Add(new(pointer, "number", "A whole number."));
        }

        return number;
    }

    internal static string Plain(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);

    private static string Percent(decimal fraction) => Plain(fraction * 100m);

    private long? Cap(List<Fault> faults) =>
        string.IsNullOrWhiteSpace(CapHours) ? null : Seconds(CapHours, "/maintenance/capPerMonthSeconds", faults);

    private static long Seconds(string hours, string pointer, List<Fault> faults) =>
        (long)decimal.Round(Math.Min(Number(hours, pointer, "Hours, as 4 or 1.5.", faults), 1_000_000m) * 3600m);

    private string Raw(string field) => field switch
    {
        "name" => Name.Trim(),
        "description" => Description.Trim(),
        "target" => Target.Trim(),
        "threshold" => $"{Op} {Limit.Trim()}",
        "budgetingMethod" => Method.ToString(),
        "timeSliceTarget" => SliceTarget.Trim(),
        "window" => $"{WindowKind} {WindowCount.Trim()} {WindowUnit}",
        "minimumCoverage" => Coverage.Trim(),
        "minimumEvents" => MinimumEvents.Trim(),
        "alertRules" => Alerts.Aggregate(new StringBuilder(), (text, alert) => text.Append(alert.Raw).Append('\n')).ToString(),
        "maintenance" => ForgivesMaintenance ? $"{MaintenanceMode} {CapHours.Trim()} {NoticeHours.Trim()}" : "",
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "Unknown field."),
    };
}

/// <summary>A burn alert rule as it is typed: windows in minutes.</summary>
public sealed class AlertDraft
{
    public AlertSeverity Severity { get; set; }

    public string Long { get; set; } = "";

    public string Short { get; set; } = "";

    public string Threshold { get; set; } = "";

    public string Raw => $"{Severity} {Long.Trim()} {Short.Trim()} {Threshold.Trim()}";

    public static AlertDraft Of(BurnAlertRule rule) => new()
    {
        Severity = rule.Severity,
        Long = SloDraft.Plain(rule.LongWindowMinutes),
        Short = SloDraft.Plain(rule.ShortWindowMinutes),
        Threshold = SloDraft.Plain(rule.Threshold),
    };

    public AlertDraft Copy() => new() { Severity = Severity, Long = Long, Short = Short, Threshold = Threshold };

    public BurnAlertRule Read(string pointer, List<Fault> faults) => new(
        Severity,
        SloDraft.Whole(Long, $"{pointer}/longWindowMinutes", faults),
        SloDraft.Whole(Short, $"{pointer}/shortWindowMinutes", faults),
        SloDraft.Number(Threshold, $"{pointer}/threshold", "A burn rate, as 14.4.", faults));
}
