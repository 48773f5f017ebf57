using Microsoft.AspNetCore.Components;
using NodaTime.Text;
using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Application.OnCall.Schedules;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.OnCall.Schedules;

/// <summary>Writes a schedule, with what comes of it beside.</summary>
public sealed partial class ScheduleEditPage : IDisposable
{
    public const string Form = "schedule";

    private const int PreviewDays = 14;

    private readonly CancellationTokenSource _closing = new();
    private ScheduleDraft? _draft;
    private IReadOnlyList<PersonSummary> _people = [];
    private IReadOnlyList<PositionCalendar>? _preview;
    private TimelineScale? _scale;
    private FieldFaults _faults = FieldFaults.None;
    private string _position = "";
    private string? _why;
    private bool _dirty;
    private bool _busy;
    private bool _failed;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    /// <summary>Null: a new one.</summary>
    [SupplyParameterFromQuery(Name = "schedule")] private string? Schedule { get; set; }

    private string Title => _draft is { Id: not null } draft ? $"Edit {draft.Name}" : "New schedule";

    private string Today => LocalDatePattern.Iso.Format(WallTime.In("UTC").DateOf(Time.GetUtcNow()));

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task<string?> RemoveAsync()
    {
        var outcome = await Dispatcher.Send(new RemoveSchedule(_draft!.Id!), CancellationToken.None);
        if (outcome.Succeeded)
        {
            Navigation.NavigateTo("/oncall/schedules");
        }

        return outcome.Failure?.Message;
    }

    private static string Id(string pointer) => FieldFaults.IdOf(Form, pointer);

    private async Task LoadAsync()
    {
        var people = await Dispatcher.Send(new ListPeople(), _closing.Token);
        var schedules = await Dispatcher.Send(new ListSchedules(), _closing.Token);
        _failed = !people.Succeeded || !schedules.Succeeded;
        if (_failed)
        {
            return;
        }

        _people = people.Value;
        _draft = schedules.Value.FirstOrDefault(schedule => schedule.Id == Schedule) is { } known ? ScheduleDraft.Of(known) : ScheduleDraft.New(Today);
        await PreviewAsync();
    }

    private LayerDraft NewLayer() => new() { Anchor = Today };

    private Task AddPosition()
    {
        var name = _position.Trim();
        var id = new string([.. name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')]).Trim('-');
        if (id.Length == 0 || _draft!.Positions.Exists(position => position.Id == id))
        {
            return Task.CompletedTask;
        }

        _position = "";
        return SetAsync(() => _draft.Positions.Add(new PositionDraft { Id = id, Name = name, Layers = { NewLayer() } }));
    }

    private Task SetAsync(Action change)
    {
        change();
        return ChangedAsync();
    }

    private async Task ChangedAsync()
    {
        _dirty = true;
        _faults = FieldFaults.None;
        await PreviewAsync();
    }

    private async Task PreviewAsync()
    {
        var clock = WallTime.In(_draft!.Zone);
        var from = Effective(clock, []) is { } later && later > Time.GetUtcNow() ? later : Time.GetUtcNow();
        var scale = new TimelineScale(clock, clock.DateOf(from), PreviewDays);
        var preview = await Dispatcher.Send(new PreviewSchedule { Zone = _draft.Zone, Positions = _draft.Terms(), From = scale.From, To = scale.To }, _closing.Token);
        _why = preview.Failure?.Message;
        (_preview, _scale) = preview.Succeeded ? (preview.Value, scale) : (null, null);
    }

    private DateTimeOffset? Effective(WallTime clock, List<Fault> faults) =>
        _draft!.EffectiveFrom.Length == 0 ? null : clock.Read(_draft.EffectiveFrom, "/effectiveFrom", faults);

    private async Task SaveAsync()
    {
        if (_busy || _draft is not { } draft)
        {
            return;
        }

        var faults = new List<Fault>();
        var effective = Effective(WallTime.In(draft.Zone), faults);
        if (faults.Count > 0)
        {
            _faults = FieldFaults.Of(faults);
            return;
        }

        _busy = true;
        var saved = await Dispatcher.Send(
            new SaveSchedule { Id = draft.Id, Name = draft.Name, Zone = draft.Zone, Positions = draft.Terms(), EffectiveFrom = effective, Reason = draft.Reason },
            _closing.Token);
        _busy = false;
        _faults = FieldFaults.Of(saved.Failure);
        if (saved.Succeeded)
        {
            _dirty = false;
            Navigation.NavigateTo($"/oncall/schedules?schedule={Uri.EscapeDataString(saved.Value.Id)}");
        }
    }
}
