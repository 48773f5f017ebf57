using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Notifications.Contacts;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Notifications;

/// <summary>Changes when a contact method is used.</summary>
public sealed partial class ContactChangeForm
{
    private const string Name = "contact-change";

    private string _label = "";
    private string _delay = "0";
    private FieldFaults _faults = FieldFaults.None;
    private bool _busy;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    [Parameter, EditorRequired] public ContactMethod? Method { get; set; }

    [Parameter] public EventCallback OnDone { get; set; }

    [Parameter] public EventCallback OnLeave { get; set; }

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
        _faults = FieldFaults.Of(faults);
        if (_busy || delay is null || Method is null)
        {
            return;
        }

        _busy = true;
        var outcome = await Dispatcher.Send(new ChangeContactMethod(Method.Id) { Label = _label, DelayMinutes = delay }, CancellationToken.None);
        _busy = false;
        _faults = FieldFaults.Of(outcome.Failure);
        if (outcome.Succeeded)
        {
            await OnDone.InvokeAsync();
        }
    }
}
