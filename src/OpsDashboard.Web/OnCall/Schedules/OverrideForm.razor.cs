using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Application.OnCall.Schedules;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Domain.OnCall;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.OnCall.Schedules;

/// <summary>Puts someone on call for a while: at once, or as a swap that the other must accept.</summary>
public sealed partial class OverrideForm() : DraftForm("override")
{
    private string _position = "";
    private string _person = "";
    private string _start = "";
    private string _end = "";
    private string _reason = "";
    private bool _ask;

    [Inject] private TimeProvider Time { get; set; } = default!;

    [Parameter, EditorRequired] public ScheduleCalendar Calendar { get; set; } = default!;

    [Parameter, EditorRequired] public IReadOnlyList<PersonSummary> People { get; set; } = [];

    [Parameter, EditorRequired] public WallTime Clock { get; set; } = default!;

    /// <summary>Position the form begins with.</summary>
    [Parameter] public string? Position { get; set; }

    /// <summary>The stretch to take over; null: from the next hour on.</summary>
    [Parameter] public CalendarStretch? Stretch { get; set; }

    [Parameter] public EventCallback OnSaved { get; set; }

    /// <summary>Whose time it is: a swap can be asked of them in their name only where somebody has it.</summary>
    private PersonRef? Giver => Stretch?.Person;

    /// <summary>A swap names whom it goes to, an override who it is.</summary>
    private string PersonPointer => _ask ? "/to" : "/person";

    private IReadOnlyList<(string, string)> Positions => [.. Calendar.Positions.Select(position => (position.Id, position.Name))];

    private IReadOnlyList<(string, string)> PeopleOptions => [.. People.Where(person => person.Active && person.Id != Giver?.Id).Select(person => (person.Id, person.Name))];

    protected override void OnInitialized()
    {
        var now = Time.GetUtcNow();
        _position = Position ?? (Calendar.Positions is [{ } first, ..] ? first.Id : "");
        var from = Stretch is { } stretch && stretch.Start > now ? Clock.Field(stretch.Start) : Clock.NextHour(now);
        (_start, _end) = (from, Stretch is null ? Clock.NextHour(now.AddHours(8)) : Clock.Field(Stretch.End));
    }

    private async Task SaveAsync()
    {
        var faults = new List<Fault>();
        var (start, end) = (Clock.Read(_start, "/start", faults), Clock.Read(_end, "/end", faults));
        if (_person.Length == 0)
        {
            faults.Add(new Fault(PersonPointer, "person.required", "Choose who is on call instead."));
        }

        if (!IsReady(faults))
        {
            return;
        }

        var failure = _ask && Giver is { } giver
            ? (await SubmitAsync(new RequestSwap { Schedule = Calendar.Id, Position = _position, From = giver.Id, To = _person, Start = start!.Value, End = end!.Value, Reason = _reason })).Failure
            : (await SubmitAsync(new AddOverride { Schedule = Calendar.Id, Position = _position, Person = _person, Start = start!.Value, End = end!.Value, Reason = _reason })).Failure;
        if (failure is null)
        {
            await OnSaved.InvokeAsync();
        }
    }
}
