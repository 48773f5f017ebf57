using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.OnCall.People;

/// <summary>Everyone who can be on call or is told by an escalation.</summary>
public sealed partial class PeoplePage
{
    private IReadOnlyList<PersonSummary>? _people;
    private PersonSummary? _person;
    private PersonSummary? _feedOf;
    private bool _editing;
    private bool _failed;

    [Inject] private CallerContext Caller { get; set; } = default!;

    private string Answer => _people is { } people ? $"{people.Count(person => person.Active)} can be paged, {people.Count(person => !person.Active)} not there now." : "Reading the people.";

    protected override async Task OnInitializedAsync()
    {
        await ListenAsync([("oncall", "all")], TimeSpan.FromSeconds(1), LoadAsync);
        await LoadAsync();
    }

    private static RenderFragment There(PersonSummary person) => builder =>
    {
        if (person is { Active: true, ActiveTo: null })
        {
            builder.AddContent(0, "yes");
            return;
        }

        builder.AddContent(1, person switch
        {
            { Active: true } => "until ",
            { ActiveFrom: { } from, ActiveTo: var to } when to is null || from > to => "from ",
            _ => "left ",
        });
        builder.OpenComponent<TimeStamp>(2);
        builder.AddComponentParameter(3, nameof(TimeStamp.At), person.ActiveTo ?? person.ActiveFrom!.Value);
        builder.CloseComponent();
    };

    private void Edit(PersonSummary? person) => (_person, _editing) = (person, true);

    private async Task SavedAsync()
    {
        _editing = false;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var people = await Send(new ListPeople());
        _failed = !people.Succeeded;
        _people = people.Succeeded ? people.Value : _people;
    }
}
