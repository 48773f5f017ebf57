using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Web.OnCall.Schedules;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.OnCall.People;

/// <summary>Adds or changes someone.</summary>
public sealed partial class PersonForm() : DraftForm("person")
{
    /// <summary>Addressees of the contracts' escalation paths.</summary>
    private static readonly string[] Roles =
    [
        "l1-support", "l2-engineering", "l3-architecture", "management", "executive", "operations-manager", "business-stakeholders", "finance", "customer-success",
        "customer-support", "compliance", "legal", "compliance-officer", "audit-committee", "board",
    ];

    private static readonly WallTime Utc = WallTime.In("UTC");

    private string _name = "";
    private string _roles = "";
    private string _zone = "Europe/Berlin";
    private string _leaves = "";

    /// <summary>Null: someone new.</summary>
    [Parameter] public PersonSummary? Person { get; set; }

    [Parameter] public EventCallback OnSaved { get; set; }

    protected override void OnInitialized()
    {
        if (Person is { } person)
        {
            (_name, _roles, _zone) = (person.Name, string.Join(", ", person.Roles), person.Zone);
            _leaves = person.ActiveTo is { } to ? Utc.Field(to) : "";
        }
    }

    private async Task SaveAsync()
    {
        var faults = new List<Fault>();
        var leaves = _leaves.Length == 0 ? null : Utc.Read(_leaves, "/activeTo", faults);
        if (!IsReady(faults))
        {
            return;
        }

        var saved = await SubmitAsync(
            new SavePerson
            {
                Id = Person?.Id,
                Name = _name,
                Roles = [.. _roles.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)],
                Zone = _zone.Trim(),
                ActiveFrom = Person?.ActiveFrom,
                // The field tells minutes: what was not touched keeps its seconds.
                ActiveTo = Person?.ActiveTo is { } was && leaves is { } same && Utc.Field(was) == Utc.Field(same) ? was : leaves,
            });
        if (saved.Succeeded)
        {
            await OnSaved.InvokeAsync();
        }
    }
}
