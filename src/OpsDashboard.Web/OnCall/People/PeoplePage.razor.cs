using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.OnCall.People;

/// <summary>Everyone who can be on call or is told by an escalation.</summary>
public sealed partial class PeoplePage : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private IReadOnlyList<PersonSummary>? _people;
    private PersonSummary? _person;
    private PersonSummary? _feedOf;
    private LiveSubscription? _live;
    private bool _editing;
    private bool _failed;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    [Inject] private CallerContext Caller { get; set; } = default!;

    [Inject] private LiveBus Bus { get; set; } = default!;

    private string Answer => _people is { } people ? $"{people.Count(person => person.Active)} can be paged, {people.Count(person => !person.Active)} not there now." : "Reading the people.";

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_live is not null)
        {
            await _live.DisposeAsync();
        }

        _closing.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive)
        {
            _live = Bus.Subscribe([("oncall", "all")], TimeSpan.FromSeconds(1), (_, _) => InvokeAsync(LoadAsync));
        }

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
        var people = await Dispatcher.Send(new ListPeople(), _closing.Token);
        _failed = !people.Succeeded;
        _people = people.Succeeded ? people.Value : _people;
        StateHasChanged();
    }
}
