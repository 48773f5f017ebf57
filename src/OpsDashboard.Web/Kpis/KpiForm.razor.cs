using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Kpis.Definitions;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Kpis;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Kpis;

/// <summary>Defines a KPI of one's own.</summary>
public sealed partial class KpiForm() : DraftForm("define")
{
    private string _platform = "";
    private string _group = "";
    private string _name = "";
    private string _measures = "";
    private string _unit = nameof(KpiUnit.Count);
    private string _cadence = nameof(KpiCadence.Monthly);
    private string _block = "";
    private string _comparison = "greaterOrEqual";
    private string _limit = "";
    private string _owner = "";

    [Parameter] public EventCallback<string> OnSaved { get; set; }

    private KpiUnit Unit => Enum.Parse<KpiUnit>(_unit);

    private async Task SaveAsync()
    {
        var faults = new List<Fault>();
        var limit = KpiNumbers.Read(_limit, Unit, "/limit", faults);
        if (!IsReady(faults))
        {
            return;
        }

        var outcome = await SubmitAsync(
            new DefineKpi
            {
                Platform = _platform.Trim(),
                Name = _name,
                Group = _group,
                Measures = _measures,
                Unit = Unit,
                Cadence = Enum.Parse<KpiCadence>(_cadence),
                Owner = _owner,
                Comparison = KpiNumbers.Read(_comparison),
                Limit = limit,
                Block = Enum.TryParse<KpiBlock>(_block, out var block) ? block : null,
            });
        if (outcome.Succeeded)
        {
            await OnSaved.InvokeAsync(outcome.Value.Id);
        }
    }
}
