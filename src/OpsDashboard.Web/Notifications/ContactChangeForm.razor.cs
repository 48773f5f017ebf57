using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Notifications.Contacts;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Notifications;

/// <summary>Changes when a contact method is used.</summary>
public sealed partial class ContactChangeForm() : DraftForm("contact-change")
{
    private string _label = "";
    private string _delay = "0";

    [Parameter, EditorRequired] public ContactMethod? Method { get; set; }

    [Parameter] public EventCallback OnDone { get; set; }

    protected override void OnInitialized()
    {
        if (Method is { } method)
        {
            (_label, _delay) = (method.Label, (method.DelaySeconds / 60).ToString(CultureInfo.InvariantCulture));
        }
    }

    private async Task SaveAsync()
    {
        var faults = new List<Fault>();
        var delay = NumberField.Read(_delay, "/delayMinutes", faults);
        if (!IsReady(faults) || Method is null)
        {
            return;
        }

        var outcome = await SubmitAsync(new ChangeContactMethod(Method.Id) { Label = _label, DelayMinutes = delay });
        if (outcome.Succeeded)
        {
            await OnDone.InvokeAsync();
        }
    }
}
