using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Application.OnCall.Policies;
using OpsDashboard.Application.OnCall.Schedules;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain;
using OpsDashboard.Domain.OnCall;
using OpsDashboard.Web.OnCall.Schedules;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.OnCall.Policies;

/// <summary>Writes a policy, with the pages that would come of it beside.</summary>
public sealed partial class PolicyPage : IDisposable
{
    public const string Form = "policy";
    private const string New = "new";

    private static readonly WallTime Utc = WallTime.In("UTC");

    private readonly CancellationTokenSource _closing = new();
    private IReadOnlyList<PersonSummary> _people = [];
    private IReadOnlyList<ScheduleSummary> _schedules = [];
    private IReadOnlyList<string> _roles = [];
    private PolicySummary? _policy;
    private PolicyDraft? _draft;
    private PolicySimulation? _simulation;
    private FieldFaults _faults = FieldFaults.None;
    private string _at = "";
    private string? _atFault;
    private string? _why;
    private bool _dirty;
    private bool _busy;
    private bool _failed;
    private bool _missing;

    [Parameter] public string Id { get; set; } = "";

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    private string Title => _policy?.Name ?? (Id == New ? "New policy" : "Policy");

    private int? LastLevel => _draft?.Read([])?.Levels.Sum(level => level.DelaySeconds);

    private bool TooSlow => _policy?.WithinSeconds is { } within && LastLevel > within;

    private string Answer => (_policy?.WithinSeconds, LastLevel) switch
    {
        (_, null) => "Reading the policy.",
        ({ } within, { } last) when last > within => $"The last level is told after {PolicyWords.Span(last)}; the clause allows {(within == 0 ? "no delay" : PolicyWords.Span(within))}.",
        ({ } within, { } last) => $"The last level is told {PolicyWords.After(last)}{(within == 0 ? null : $", within the {PolicyWords.Span(within)} of its clause")}.",
        (null, { } last) => $"The last level is told {PolicyWords.After(last)}.",
    };

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    protected override Task OnInitializedAsync()
    {
        _at = Utc.Field(Time.GetUtcNow());
        return LoadAsync();
    }

    private async Task<string?> RemoveAsync()
    {
        var outcome = await Dispatcher.Send(new RemovePolicy(Id), CancellationToken.None);
        if (outcome.Succeeded)
        {
            Navigation.NavigateTo("/oncall/policies");
        }

        return outcome.Failure?.Message;
    }

    private static string FieldId(string pointer) => FieldFaults.IdOf(Form, pointer);

    private static string Text(ChangeEventArgs change) => change.Value?.ToString() ?? "";

    private async Task LoadAsync()
    {
        var policies = await Dispatcher.Send(new ListPolicies(), _closing.Token);
        var people = await Dispatcher.Send(new ListPeople(), _closing.Token);
        var schedules = await Dispatcher.Send(new ListSchedules(), _closing.Token);
        _failed = !policies.Succeeded || !people.Succeeded || !schedules.Succeeded;
        if (_failed)
        {
            return;
        }

        (_people, _schedules) = (people.Value, schedules.Value);
        _roles =
        [
            .. people.Value.SelectMany(person => person.Roles)
                .Concat(policies.Value.SelectMany(policy => policy.Levels).SelectMany(level => level.Targets).Where(target => target.Kind == TargetKind.Role).Select(target => target.Id!))
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        _policy = policies.Value.FirstOrDefault(policy => policy.Id == Id);
        _missing = _policy is null && Id != New;
        _draft = _policy is null ? PolicyDraft.New() : PolicyDraft.Of(_policy);
        await SimulateAsync();
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
        await SimulateAsync();
    }

    private Task AskAsync(string at)
    {
        _at = at;
        return SimulateAsync();
    }

    private async Task SimulateAsync()
    {
        var faults = new List<Fault>();
        var at = Utc.Read(_at, "/at", faults);
        _atFault = faults.Count > 0 ? faults[0].Message : null;
        if (at is null || _draft?.Read(faults) is not { } read)
        {
            _simulation = null;
            return;
        }

        var outcome = await Dispatcher.Send(new SimulatePolicy { At = at, Repeats = read.Repeats, Levels = read.Levels }, _closing.Token);
        _why = outcome.Failure?.Message;
        _simulation = outcome.Succeeded ? outcome.Value : null;
    }

    private async Task SaveAsync()
    {
        var faults = new List<Fault>();
        if (_busy || _draft?.Read(faults) is not { } save)
        {
            _faults = FieldFaults.Of(faults);
            return;
        }

        _busy = true;
        var saved = await Dispatcher.Send(save, _closing.Token);
        _busy = false;
        _faults = FieldFaults.Of(saved.Failure);
        if (saved.Succeeded)
        {
            _dirty = false;
            Navigation.NavigateTo("/oncall/policies");
        }
    }
}
