using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Notifications.Contacts;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Notifications;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Notifications;

/// <summary>Sets the hours in which what can wait, waits.</summary>
public sealed partial class QuietHoursForm() : DraftForm("quiet")
{
    private string _from = "22:00";
    private string _to = "07:00";
    private string _zone = "UTC";

    [Parameter, EditorRequired] public string PersonId { get; set; } = "";

    [Parameter] public QuietHours? Hours { get; set; }

    /// <summary>The person's own.</summary>
    [Parameter] public string Zone { get; set; } = "UTC";

    [Parameter] public EventCallback OnDone { get; set; }

    protected override void OnInitialized()
    {
        _zone = Zone;
        if (Hours is { } hours)
        {
            (_from, _to, _zone) = (PagingWords.Clock(hours.FromMinute), PagingWords.Clock(hours.ToMinute), hours.Zone);
        }
    }

    private static int? Read(string text, string pointer, List<Fault> faults)
    {
        if (TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return (time.Hour * 60) + time.Minute;
        }

        faults.Add(new Fault(pointer, "time.form", "A time such as 22:00."));
        return null;
    }

    private Task SaveAsync()
    {
        var faults = new List<Fault>();
        var from = Read(_from, "/from", faults);
        var to = Read(_to, "/to", faults);
        return IsReady(faults) ? SetAsync(new QuietHours(_zone.Trim(), from!.Value, to!.Value)) : Task.CompletedTask;
    }

    private async Task SetAsync(QuietHours? hours)
    {
        if (IsBusy)
        {
            return;
        }

        var outcome = await SubmitAsync(new SetQuietHours(PersonId, hours));
        if (outcome.Succeeded)
        {
            await OnDone.InvokeAsync();
        }
    }
}
