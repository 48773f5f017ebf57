using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Agreements;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Agreements;

/// <summary>One agreement: how the month stands, its statements, and its terms version by version.</summary>
public sealed partial class AgreementPage : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _gone = new();
    private AgreementDetail? _detail;
    private LiveSubscription? _live;
    private string? _fault;
    private bool _missing;

    [Parameter] public string Id { get; set; } = "";

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    [Inject] private LiveBus Bus { get; set; } = default!;

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        if (_live is not null)
        {
            await _live.DisposeAsync();
        }

        _gone.Dispose();
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _live = Bus.Subscribe([("agreements", "all"), ("dashboard", "operations")], Interval, (_, _) => InvokeAsync(LoadAsync));
        }
    }

    private static string Say(AgreementSummary one) => one.Running switch
    {
        { Met: true } => $"The promise of {Numbers.Target(one.Terms.Target)} is kept this month so far.",
        { Met: false } => $"The promise of {Numbers.Target(one.Terms.Target)} is missed this month.",
        _ => "Nothing was measured this month yet.",
    };

    private async Task LoadAsync()
    {
        var outcome = await Dispatcher.Send(new GetAgreement(Id), _gone.Token);
        _missing = outcome.Failure?.Kind == FailureKind.NotFound;
        _fault = outcome.Failure?.Message;
        _detail = outcome.Succeeded ? outcome.Value : _detail;
        StateHasChanged();
    }
}
