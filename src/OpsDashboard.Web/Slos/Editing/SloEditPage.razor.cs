using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Editing;
using OpsDashboard.Domain;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Slos.Editing;

/// <summary>
/// Changes an objective's terms, with what they would have meant beside them. When someone else saves meanwhile, both
/// versions are shown field by field.
/// </summary>
public sealed partial class SloEditPage
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> _left = new(StringComparer.Ordinal);
    private CancellationTokenSource? _preview;
    private SloForEdit? _base;
    private SloForEdit? _theirs;
    private SloDraft? _draft;
    private SloWhatIf? _whatIf;
    private IReadOnlyList<Fault> _refused = [];
    private string _reason = "";
    private string _from = "";
    private string? _fault;
    private bool _isUnknown;
    private string? _refusal;
    private bool _tried;
    private bool _saving;
    private bool _comparing;

    [Parameter] public string Platform { get; set; } = "";

    [Parameter] public string Service { get; set; } = "";

    [Parameter] public string Slo { get; set; } = "";

    /// <summary>Begin with the terms of an older version, to go back to it.</summary>
    [SupplyParameterFromQuery(Name = "from")] public int? FromVersion { get; set; }

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Inject] private NavigationManager Location { get; set; } = default!;

    private string Id => $"{Platform}/{Service}/{Slo}";

    private IReadOnlyList<Crumb> Crumbs => [new("Objectives", "/slos"), new(_base?.Terms.Name ?? Slo, $"/slos/{Id}"), new("Edit")];

    private string FromHint => $"Empty: at once. Not before {Times.Utc(_base!.CreatedAt, TimeShape.Minute)}.";

    private bool IsDirty => !_saving && (_reason.Length > 0 || _from.Length > 0 || TermField.All.Any(one => _draft!.Differs(one, SloDraft.Of(_base!.Terms))));

    private IReadOnlyList<Fault> TermFaults
    {
        get
        {
            var (terms, faults) = _draft!.Read();
            var known = faults.Select(fault => fault.Pointer).ToHashSet(StringComparer.Ordinal);
            return [.. faults, .. EditSloRules.Check(terms, _base!.Definition).Where(fault => !known.Contains(fault.Pointer))];
        }
    }

    private IReadOnlyList<Fault> Faults
    {
        get
        {
            var faults = TermFaults.ToList();
            if (string.IsNullOrWhiteSpace(_reason))
            {
                faults.Add(new("/reason", "required", "Say why: the reason stands in the history."));
            }

            if (!TryFrom(out _))
            {
                faults.Add(new("/effectiveFrom", "instant", "A date and time, or nothing."));
            }

            return [.. faults, .. _refused];
        }
    }

    protected override ValueTask CloseAsync()
    {
        _preview?.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override async Task OnInitializedAsync()
    {
        await ListenAsync([("slo", Id)], FlushEvery, OnChangedElsewhereAsync);
        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await CompareAsync();
        }
    }

    private async Task LoadAsync()
    {
        var found = await Send(new GetSloForEdit(Id));
        if (found.Failure is { } failure)
        {
            (_fault, _isUnknown) = (failure.Message, failure.Kind == FailureKind.NotFound);
            return;
        }

        (_base, _fault) = (found.Value, null);
        var older = _base.Versions.FirstOrDefault(version => version.Version == FromVersion && version.Version != _base.Version);
        _draft = SloDraft.Of((older ?? _base.Versions[0]).Terms);
        _reason = older is null ? "" : string.Create(CultureInfo.InvariantCulture, $"Back to version {older.Version}");
    }

    private string? FaultAt(string pointer) =>
        _tried || _left.Contains(pointer) ? Faults.FirstOrDefault(fault => fault.Pointer == pointer)?.Message : null;

    private void LeftField(string pointer) => _left.Add(pointer);

    private void Set(Action change)
    {
        change();
        (_refused, _refusal) = ([], null);
    }

    private async Task ChangedAsync()
    {
        (_refused, _refusal) = ([], null);
        await CompareAsync();
    }

    /// <summary>Judges what is typed once typing pauses; a newer keystroke overtakes an older comparison.</summary>
    private async Task CompareAsync()
    {
        if (_base is null || _draft is null || TermFaults.Count > 0)
        {
            return;
        }

        if (_preview is not null)
        {
            await _preview.CancelAsync();
            _preview.Dispose();
        }

        var mine = _preview = CancellationTokenSource.CreateLinkedTokenSource(Closing);
        _comparing = true;
        StateHasChanged();
        try
        {
            await Task.Delay(_whatIf is null ? TimeSpan.Zero : TypingPause, Clock, mine.Token);
            var preview = await Dispatcher.Send(new PreviewSloChange(Id, _draft.Read().Terms), mine.Token);
            if (mine == _preview)
            {
                (_whatIf, _comparing) = (preview.Failure is null ? preview.Value : _whatIf, false);
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            // Something newer is typed, or the page is gone.
        }
        catch (ObjectDisposedException)
        {
            // As above, between two steps.
        }
    }

    private async Task OnChangedElsewhereAsync()
    {
        if (_saving || _base is null)
        {
            return;
        }

        var newest = await Send(new GetSloForEdit(Id));
        if (newest.Failure is null && newest.Value.Version > (_theirs ?? _base).Version)
        {
            _theirs = newest.Value;
        }
    }

    /// <summary>From then on the draft stands on their version.</summary>
    private async Task MergeAsync(IReadOnlyList<TermField> fromTheirs)
    {
        var theirs = SloDraft.Of(_theirs!.Terms);
        foreach (var field in fromTheirs)
        {
            _draft!.Take(field, theirs);
        }

        (_base, _theirs, _refusal) = (_theirs, null, null);
        await CompareAsync();
    }

    private async Task SaveAsync()
    {
        _tried = true;
        if (_saving || _theirs is not null || Faults.Count > 0)
        {
            _refusal = _theirs is null ? null : "Decide first what holds of the other editor's changes, above.";
            return;
        }

        _saving = true;
        TryFrom(out var from);
        var saved = await Send(new EditSlo(Id, _base!.Version, _draft!.Read().Terms, from, _reason));
        if (saved.Failure is not { } failure)
        {
            // The guard looks at the form: it must be rendered clean before the page is left.
            StateHasChanged();
            Location.NavigateTo($"/slos/{Id}");
            return;
        }

        _saving = false;
        _refused = failure.Kind == FailureKind.Invalid ? failure.Faults : [];
        _refusal = failure.Kind == FailureKind.Invalid ? null : failure.Message;
        if (failure.Kind == FailureKind.Outdated)
        {
            await OnChangedElsewhereAsync();
        }
    }

    private bool TryFrom(out DateTimeOffset? from)
    {
        from = null;
        if (_from.Length == 0)
        {
            return true;
        }

        var isInstant = DateTimeOffset.TryParse(_from, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var typed);
        from = isInstant ? typed : null;
        return isInstant;
    }
}
