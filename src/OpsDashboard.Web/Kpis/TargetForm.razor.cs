using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Kpis;
using OpsDashboard.Application.Kpis.Definitions;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Kpis;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Kpis;

/// <summary>Sets a target from a day on.</summary>
public sealed partial class TargetForm() : DraftForm("target")
{
    private string _comparison = "";
    private string _limit = "";
    private string _upper = "";
    private string _baseline = "";
    private string _from = "";
    private string _due = "";
    private string _reason = "";

    [Parameter, EditorRequired] public KpiDefinition Kpi { get; set; } = null!;

    /// <summary>The target of today, which the form begins with.</summary>
    [Parameter, EditorRequired] public KpiAim Aim { get; set; } = null!;

    [Parameter, EditorRequired] public int Version { get; set; }

    [Parameter, EditorRequired] public DateOnly Today { get; set; }

    [Parameter] public EventCallback OnSaved { get; set; }

    protected override void OnInitialized()
    {
        (_comparison, _limit, _upper) = (KpiNumbers.Word(Aim.Comparison), KpiNumbers.Write(Aim.Limit, Kpi.Unit), KpiNumbers.Write(Aim.Upper, Kpi.Unit));
        (_baseline, _from, _due) = (KpiNumbers.Write(Aim.Baseline, Kpi.MeasuredIn), Written(Today), Aim.DueOn is { } due ? Written(due) : "");
    }

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private async Task SaveAsync()
    {
        var faults = new List<Fault>();
        var target = new SetKpiTarget
        {
            KpiId = Kpi.Id,
            ExpectedVersion = Version,
            EffectiveFrom = _from,
            Comparison = KpiNumbers.Read(_comparison),
            Limit = KpiNumbers.Read(_limit, Kpi.Unit, "/limit", faults),
            Upper = KpiNumbers.Read(_upper, Kpi.Unit, "/upper", faults),
            Baseline = KpiNumbers.Read(_baseline, Kpi.MeasuredIn, "/baseline", faults),
            DueOn = _due,
            Reason = _reason,
        };
        if (!IsReady(faults))
        {
            return;
        }

        var outcome = await SubmitAsync(target);
        if (outcome.Succeeded)
        {
            await OnSaved.InvokeAsync();
        }
    }
}
