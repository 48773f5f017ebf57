using System.Globalization;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Notifications.Contacts;
using OpsDashboard.Application.Notifications.Deliveries;
using OpsDashboard.Domain.Notifications;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Notifications;

/// <summary>How messages and contact methods are said on screens.</summary>
internal static class PagingWords
{
    public static (string Word, string Icon, Tone Tone) Of(LoggedMessage message) => message.State switch
    {
        MessageState.Queued when message.AttemptCount > 0 => ("Tried again", "refresh", Tone.Warn),
        MessageState.Queued => ("Waiting", "clock", Tone.None),
        MessageState.Sending => ("Under way", "arrow-right", Tone.Info),
        MessageState.Sent => ("Sent", "circle-check", Tone.Ok),
        MessageState.Dead => ("Given up", "octagon", Tone.Bad),
        MessageState.Withdrawn => ("Withdrawn", "undo", Tone.None),
        MessageState.Discarded => ("Discarded", "trash", Tone.None),
    };

    public static string Of(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Running => "under way",
        AttemptOutcome.Sent => "sent",
        AttemptOutcome.Failed => "failed",
        AttemptOutcome.Refused => "refused",
        AttemptOutcome.Unknown => "interrupted",
    };

    public static string Of(MessageKind kind) => kind switch
    {
        MessageKind.Page => "Page",
        MessageKind.Verification => "Code",
        MessageKind.Test => "Test page",
        MessageKind.Notice => "Notice",
    };

    public static string Title(Channel channel) => channel switch
    {
        Channel.Email => "E-mail",
        Channel.Slack => "Slack",
        Channel.Webhook => "Webhook",
        Channel.Sms => "SMS",
        Channel.Voice => "Call",
        Channel.Push => "Browser",
    };

    public static string After(int seconds) => seconds == 0 ? "at once" : $"after {Numbers.Duration(seconds)}";

    public static string Name(ContactMethod method) => method.Label.Length > 0 ? method.Label : Title(method.Channel);

    public static string Clock(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");

    public static string Say(QuietHours hours) =>
        $"From {Clock(hours.FromMinute)} to {Clock(hours.ToMinute)}{(hours.ToMinute <= hours.FromMinute ? " the next day" : "")}, {hours.Zone}. Pages of the upper two severities come all the same.";
}
