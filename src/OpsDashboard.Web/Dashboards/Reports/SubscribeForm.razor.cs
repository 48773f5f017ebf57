using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Dashboards.Reports;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Dashboards.Reports;

/// <summary>Subscribes somebody to the board reports.</summary>
public sealed partial class SubscribeForm() : DraftForm("subscribe")
{
    private string _name = "";
    private string _email = "";

    [Parameter] public EventCallback OnSaved { get; set; }

    private async Task SaveAsync()
    {
        if (!IsReady([]))
        {
            return;
        }

        var outcome = await SubmitAsync(new SubscribeToReports(_name, _email));
        if (outcome.Succeeded)
        {
            await OnSaved.InvokeAsync();
        }
    }
}
