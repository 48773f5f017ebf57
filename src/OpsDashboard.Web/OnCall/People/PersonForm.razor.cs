using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Web.OnCall.Schedules;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.OnCall.People;

/// <summary>Adds or changes someone.</summary>
public sealed partial class PersonForm
{
    private const string Form = "person";

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
    private FieldFaults _faults = FieldFaults.None;
    private bool _dirty;
    private bool _busy;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    /// <summary>Null: someone new.</summary>
    [Parameter] public PersonSummary? Person { get; set; }

    [Parameter] public EventCallback OnSaved { get; set; }

    [Parameter] public EventCallback OnLeave { get; set; }

    protected override void OnInitialized()
    {
        if (Person is { } person)
        {
            (_name, _roles, _zone) = (person.Name, string.Join(", ", person.Roles), person.Zone);
            _leaves = person.ActiveTo is { } to ? Utc.Field(to) : "";
        }
    }

    private static string Id(string pointer) => FieldFaults.IdOf(Form, pointer);

    private void Change(ref string field, string value, string pointer)
    {
        field = value;
        _dirty = true;
        _faults = _faults.Without(pointer);
    }

    private async Task SaveAsync()
    {
        var faults = new List<Fault>();
        var leaves = _leaves.Length == 0 ? null : Utc.Read(_leaves, "/activeTo", faults);
        if (_busy || faults.Count > 0)
        {
            _faults = FieldFaults.Of(faults);
            return;
        }

        _busy = true;
        var saved = await Dispatcher.Send(
            new SavePerson
            {
                Id = Person?.Id,
                Name = _name,
                Roles = [.. _roles.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)],
                Zone = _zone.Trim(),
                ActiveFrom = Person?.ActiveFrom,
                // The field tells minutes: what was not touched keeps its seconds.
                ActiveTo = Person?.ActiveTo is { } was && leaves is { } same && Utc.Field(was) == Utc.Field(same) ? was : leaves,
            },
            CancellationToken.None);
        _busy = false;
        _faults = FieldFaults.Of(saved.Failure);
        if (saved.Succeeded)
        {
            _dirty = false;
            await OnSaved.InvokeAsync();
        }
    }
}
