using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Keys;

namespace OpsDashboard.Web.Keys;

/// <summary>Which programs may call, what each may do, and when its key ends.</summary>
public sealed partial class KeysPage
{
    private IReadOnlyList<KeySummary>? _keys;
    private CreatedKey? _created;
    private KeySummary? _revoking;
    private string? _fault;
    private bool _adding;
    private bool _failed;

    [Inject] private NavigationManager Location { get; set; } = default!;

    private string Base => Location.BaseUri.TrimEnd('/');

    private IReadOnlyList<KeySummary> Live => [.. (_keys ?? []).Where(key => key.State is KeyState.Live or KeyState.Expiring)];

    private IReadOnlyList<KeySummary> Past => [.. (_keys ?? []).Where(key => key.State is KeyState.Expired or KeyState.Revoked)];

    private string Answer
    {
        get
        {
            if (_keys is null)
            {
                return "Reading the keys.";
            }

            var soon = Live.Count(key => key.State == KeyState.Expiring);
            return soon == 0
                ? $"{KeyWords.Many(Live.Count, "live key")}, none expires within 14 days."
                : $"{KeyWords.Many(Live.Count, "live key")}, {soon} {(soon == 1 ? "expires" : "expire")} within 14 days.";
        }
    }

    protected override async Task OnInitializedAsync()
    {
        await ListenAsync([("keys", "all")], TimeSpan.FromSeconds(1), LoadAsync);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var keys = await Send(new ListKeys());
        _failed = !keys.Succeeded;
        _keys = keys.Succeeded ? keys.Value : _keys;
    }

    private async Task CreatedAsync(CreatedKey created)
    {
        _adding = false;
        _created = created;
        await LoadAsync();
    }

    private async Task RotateAsync(KeySummary key)
    {
        var outcome = await Send(new RotateKey(key.Id));
        (_fault, _created) = (outcome.Failure?.Message, outcome.Succeeded ? outcome.Value : null);
        await LoadAsync();
    }

    private async Task RevokeAsync()
    {
        if (_revoking is { } key)
        {
            _revoking = null;
            _fault = (await Send(new RevokeKey(key.Id))).Failure?.Message;
            await LoadAsync();
        }
    }
}
