using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Notifications.Contacts;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Notifications;

/// <summary>Writes down a way to reach a person.</summary>
public sealed partial class ContactForm() : DraftForm("contact")
{
    private Channel _channel = Channel.Email;
    private string _address = "";
    private string _label = "";
    private string _delay = "0";

    [Parameter, EditorRequired] public string PersonId { get; set; } = "";

    /// <summary>Why a channel cannot be used here.</summary>
    [Parameter] public IReadOnlyDictionary<Channel, string> Lacks { get; set; } = new Dictionary<Channel, string>();

    [Parameter] public EventCallback<AddedContactMethod> OnAdded { get; set; }

    private static IReadOnlyList<(string Value, string Word)> Channels { get; } =
        [.. Enum.GetValues<Channel>().Where(channel => channel != Channel.Push).Select(channel => (channel.ToString(), PagingWords.Title(channel)))];

    private string AddressLabel => _channel switch
    {
        Channel.Email => "Mailbox",
        Channel.Sms or Channel.Voice => "Number",
        Channel.Slack => "Address of the incoming webhook",
        Channel.Webhook or Channel.Push => "Address",
    };

    private string AddressHint => _channel switch
    {
        Channel.Email => "As name@example.org.",
        Channel.Sms or Channel.Voice => "With country code, as +14155550100.",
        Channel.Slack => "Slack shows it where the webhook was made.",
        Channel.Webhook or Channel.Push => "Takes JSON by POST, signed as docs/webhooks.md says.",
    };

    private string AddressType => _channel switch
    {
        Channel.Email => "email",
        Channel.Sms or Channel.Voice => "tel",
        Channel.Slack or Channel.Webhook or Channel.Push => "url",
    };

    private void Choose(string channel)
    {
        _channel = Enum.Parse<Channel>(channel);
        IsDirty = true;
        Faults = FieldFaults.None;
    }

    private async Task SaveAsync()
    {
        var faults = new List<Fault>();
        var delay = NumberField.Read(_delay, "/delayMinutes", faults);
        if (!IsReady(faults))
        {
            return;
        }

        var outcome = await SubmitAsync(
            new AddContactMethod { PersonId = PersonId, Channel = _channel, Address = _address, Label = _label, DelayMinutes = delay!.Value });
        if (outcome.Succeeded)
        {
            await OnAdded.InvokeAsync(outcome.Value);
        }
    }
}
