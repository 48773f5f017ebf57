using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.OnCall.Policies;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.OnCall.Policies;

/// <summary>Whom each kind of trouble reaches, in which order, and which clause wants it so.</summary>
public sealed partial class PoliciesPage : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private IReadOnlyList<PolicySummary>? _policies;
    private LiveSubscription? _live;
    private bool _failed;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    [Inject] private LiveBus Bus { get; set; } = default!;

    private string Answer => _policies is not { } policies
        ? "Reading the policies."
        : policies.Count(policy => policy.IsTooSlow) switch
        {
            0 => "Every policy reaches its last level within the time its clause allows.",
            1 => "One policy reaches its last level later than its clause allows.",
            var late => $"{late} policies reach their last level later than their clauses allow.",
        };

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

    private static string Levels(PolicySummary policy)
    {
        var since = 0;
        return string.Join(" → ", policy.Levels.Select(level => $"{level.Name} {(since += level.DelaySeconds) switch { 0 => "at once", var at => PolicyWords.Span(at) }}"));
    }

    private async Task LoadAsync()
    {
        var policies = await Dispatcher.Send(new ListPolicies(), _closing.Token);
        _failed = !policies.Succeeded;
        _policies = policies.Succeeded ? policies.Value : _policies;
        StateHasChanged();
    }
}
