using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Web.Slos.Editing;

/// <summary>The fields of an objective's terms.</summary>
public sealed partial class TermsForm
{
    private static readonly (string Name, string Word, WindowKind Kind, WindowUnit Unit)[] Windows =
    [
        ("rolling-hour", "Rolling, in hours", WindowKind.Rolling, WindowUnit.Hour),
        ("rolling-day", "Rolling, in days", WindowKind.Rolling, WindowUnit.Day),
        ("rolling-week", "Rolling, in weeks", WindowKind.Rolling, WindowUnit.Week),
        ("calendar-day", "Calendar day (UTC)", WindowKind.Calendar, WindowUnit.Day),
        ("calendar-week", "Calendar week (UTC)", WindowKind.Calendar, WindowUnit.Week),
        ("calendar-month", "Calendar month (UTC)", WindowKind.Calendar, WindowUnit.Month),
        ("calendar-quarter", "Calendar quarter (UTC)", WindowKind.Calendar, WindowUnit.Quarter),
        ("calendar-year", "Calendar year (UTC)", WindowKind.Calendar, WindowUnit.Year),
    ];

    [Parameter, EditorRequired] public SloDraft Draft { get; set; } = default!;

    [Parameter, EditorRequired] public SliKind Kind { get; set; }

    /// <summary>Of the SLI's values.</summary>
    [Parameter] public string? Unit { get; set; }

    /// <summary>The fault to show at a pointer; null while there is none to show.</summary>
    [Parameter, EditorRequired] public Func<string, string?> Fault { get; set; } = default!;

    [Parameter] public EventCallback OnChanged { get; set; }

    /// <summary>A field was left: from then on its faults are shown as one types.</summary>
    [Parameter] public EventCallback<string> OnBlur { get; set; }

    private IReadOnlyList<Comparison> Ops => Kind is SliKind.Latency or SliKind.Freshness
        ? [Comparison.LessThan, Comparison.LessOrEqual]
        : Enum.GetValues<Comparison>();

    private string? LimitUnit => Kind switch
    {
        SliKind.Latency => "ms",
        SliKind.Freshness => "s",
        SliKind.Value or SliKind.Ratio or SliKind.Job => Unit == "percent" ? "%" : Unit,
    };

    private string WindowName => Array.Find(Windows, window => window.Kind == Draft.WindowKind && window.Unit == Draft.WindowUnit).Name;

    private string MethodHint => Draft.Method switch
    {
        BudgetingMethod.Occurrences => "Good over all; busy minutes weigh more.",
        BudgetingMethod.Timeslices => "Up minutes over all minutes.",
        BudgetingMethod.RatioTimeslices => "Mean of the minutes' ratios; each weighs the same.",
    };

    private static string Text(ChangeEventArgs change) => change.Value?.ToString() ?? "";

    private void SetWindow(string name)
    {
        var window = Array.Find(Windows, one => one.Name == name);
        (Draft.WindowKind, Draft.WindowUnit) = (window.Kind, window.Unit);
        if (window.Kind == WindowKind.Calendar || !int.TryParse(Draft.WindowCount, System.Globalization.CultureInfo.InvariantCulture, out _))
        {
            Draft.WindowCount = window.Kind == WindowKind.Calendar ? "1" : "30";
        }
    }

    private Task Set(Action change)
    {
        change();
        return OnChanged.InvokeAsync();
    }

    private EventCallback Left(string pointer) => EventCallback.Factory.Create(this, () => OnBlur.InvokeAsync(pointer));

    private Task StepAsync(KeyboardEventArgs key) => key.Key is "ArrowUp" or "ArrowDown" && key is { CtrlKey: false, MetaKey: false, AltKey: false }
        ? Set(() => Draft.Target = Draft.Rung(key.Key == "ArrowUp"))
        : Task.CompletedTask;
}
