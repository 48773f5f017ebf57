using System.Globalization;
using System.Text.Json;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Editing;

/// <summary>One field of an objective's terms: how it is named, said, compared and taken over from another version.</summary>
public sealed class TermField
{
    private readonly Func<SloTerms, object?> read;
    private readonly Func<SloTerms, SloTerms, SloTerms> take;
    private readonly Func<SloTerms, string> words;

    private TermField(string name, string label, Func<SloTerms, object?> read, Func<SloTerms, SloTerms, SloTerms> take, Func<SloTerms, string> words) =>
        (Name, Label, this.read, this.take, this.words) = (name, label, read, take, words);

    /// <summary>All fields, in the order a form shows them.</summary>
    public static IReadOnlyList<TermField> All { get; } =
    [
        new("name", "Name", t => t.Name, (into, from) => into with { Name = from.Name }, t => t.Name),
        new("description", "Description", t => t.Description, (into, from) => into with { Description = from.Description }, t => t.Description ?? "none"),
        new("target", "Target", t => t.Target, (into, from) => into with { Target = from.Target }, t => Percent(t.Target)),
        new("threshold", "Threshold", t => t.Threshold, (into, from) => into with { Threshold = from.Threshold }, t => Said(t.Threshold)),
        new("budgetingMethod", "Budgeting", t => t.BudgetingMethod, (into, from) => into with { BudgetingMethod = from.BudgetingMethod }, t => Said(t.BudgetingMethod)),
        new("timeSliceTarget", "Slice target", t => t.TimeSliceTarget, (into, from) => into with { TimeSliceTarget = from.TimeSliceTarget }, t => t.TimeSliceTarget is { } share ? Percent(share) : "none"),
        new("window", "Window", t => t.Window, (into, from) => into with { Window = from.Window }, t => Said(t.Window)),
        new("minimumCoverage", "Minimum coverage", t => t.MinimumCoverage, (into, from) => into with { MinimumCoverage = from.MinimumCoverage }, t => Percent(t.MinimumCoverage)),
        new("minimumEvents", "Minimum events", t => t.MinimumEvents, (into, from) => into with { MinimumEvents = from.MinimumEvents }, t => t.MinimumEvents.ToString("#,0", CultureInfo.InvariantCulture)),
        new("alertRules", "Burn alerts", t => t.AlertRules, (into, from) => into with { AlertRules = from.AlertRules }, t => Said(t.AlertRules)),
        new("maintenance", "Maintenance", t => t.Maintenance, (into, from) => into with { Maintenance = from.Maintenance }, t => Said(t.Maintenance)),
    ];

    /// <summary>As in JSON.</summary>
    public string Name { get; }

    public string Pointer => "/" + Name;

    public string Label { get; }

    public string Say(SloTerms terms) => words(terms);

    public SloTerms Take(SloTerms into, SloTerms from) => take(into, from);

    public bool Differs(SloTerms left, SloTerms right) =>
        JsonSerializer.Serialize(read(left), StoreJson.Options) != JsonSerializer.Serialize(read(right), StoreJson.Options);

    /// <summary>The fields in which two versions differ.</summary>
    public static IReadOnlyList<TermField> Changed(SloTerms from, SloTerms to) => [.. All.Where(field => field.Differs(from, to))];

    /// <summary>A fraction in percent with the digits it has.</summary>
    public static string Percent(decimal fraction) => string.Create(CultureInfo.InvariantCulture, $"{fraction * 100m:0.##########} %");

    public static string Said(Threshold? threshold) => threshold is null
        ? "none"
        : string.Create(CultureInfo.InvariantCulture, $"{Sign(threshold.Op)} {threshold.Limit:0.######}");

    public static string Sign(Comparison op) => op switch
    {
        Comparison.LessThan => "<",
        Comparison.LessOrEqual => "≤",
        Comparison.GreaterThan => ">",
        Comparison.GreaterOrEqual => "≥",
    };

    public static string Said(BudgetingMethod method) => method switch
    {
        BudgetingMethod.Occurrences => "Occurrences",
        BudgetingMethod.Timeslices => "Timeslices",
        BudgetingMethod.RatioTimeslices => "Ratio timeslices",
    };

    public static string Said(SloWindow window)
    {
        var unit = window.Unit.ToString().ToLowerInvariant();
        return window.Kind == WindowKind.Calendar
            ? $"Calendar {unit}"
            : string.Create(CultureInfo.InvariantCulture, $"Rolling {window.Count} {unit}{(window.Count == 1 ? "" : "s")}");
    }

    public static string Said(IReadOnlyList<BurnAlertRule> rules) => rules.Count == 0
        ? "none"
        : string.Join(", ", rules.Select(rule => string.Create(
            CultureInfo.InvariantCulture,
            $"{SpanName(rule.LongWindowMinutes)}/{SpanName(rule.ShortWindowMinutes)} {rule.Threshold:0.####}× {rule.Severity.ToString().ToLowerInvariant()}")));

    public static string Said(MaintenanceTerms? terms)
    {
        if (terms is null)
        {
            return "counts like any other time";
        }

        var mode = terms.Mode == ExclusionMode.Removed ? "left out" : "counted as up";
        var cap = terms.CapPerMonthSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600m:0.##} h a month") : "no cap";
        var notice = terms.NoticeSeconds == 0 ? "no notice rule" : string.Create(CultureInfo.InvariantCulture, $"{terms.NoticeSeconds / 3600m:0.##} h notice");
        return $"{mode}, {cap}, {notice}";
    }

    private static string SpanName(int minutes) => minutes % 60 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{minutes / 60}h")
        : string.Create(CultureInfo.InvariantCulture, $"{minutes}m");
}
