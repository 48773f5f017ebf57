using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Kpis;
using OpsDashboard.Application.Kpis.Entry;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Kpis;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Kpis;

/// <summary>Tells a value by hand, or corrects one.</summary>
public sealed partial class MeasurementForm() : DraftForm("measure")
{
    private const string PeriodAt = "/measurements/0/period";
    private const string ValueAt = "/measurements/0/value";
    private const string NoteAt = "/measurements/0/note";

    private string _period = "";
    private string _value = "";
    private string _note = "";

    [Parameter, EditorRequired] public KpiDefinition Kpi { get; set; } = null!;

    /// <summary>What was told so far, by which a correction is recognised.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<KpiEntry> Entries { get; set; } = [];

    /// <summary>The period that is suggested, and an example of how it is written.</summary>
    [Parameter, EditorRequired] public string Example { get; set; } = "";

    [Parameter] public EventCallback OnSaved { get; set; }

    private KpiEntry? Before => KpiPeriod.TryParse(Kpi.Cadence, _period, out var period)
        ? Entries.FirstOrDefault(entry => entry.IsCurrent && entry.Value is not null && entry.Period == period.ToString())
        : null;

    private bool Withdraws => Before is not null && _value.Length == 0;

    protected override void OnInitialized() => _period = Example;

    private async Task SaveAsync()
    {
        var faults = new List<Fault>();
        var value = KpiNumbers.Read(_value, Kpi.MeasuredIn, ValueAt, faults);
        if (_value.Length == 0 && Before is null)
        {
            faults.Add(new Fault(ValueAt, "value.required", "A value is required."));
        }

        if (!IsReady(faults))
        {
            return;
        }

        var outcome = await SubmitAsync(new RecordMeasurements { KpiId = Kpi.Id, Measurements = [new Measurement(_period, value, _note)], ByHand = true });
        if (outcome.Succeeded)
        {
            await OnSaved.InvokeAsync();
        }
    }
}
