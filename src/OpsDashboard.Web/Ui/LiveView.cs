using MediatR;
using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Ui;

/// <summary>
/// A page or card that reads through requests and reads again when the live bus tells it. What it asks for ends with it, and
/// nothing told after that reaches it.
/// </summary>
public abstract class LiveView : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private LiveSubscription? _live;

    // Kept apart from its source, which is gone once the view is: who asks late gets a cancelled token, not a fault.
    protected LiveView() => Closing = _closing.Token;

    /// <summary>Cancelled when the view goes.</summary>
    protected CancellationToken Closing { get; }

    [Inject] protected IDispatcher Dispatcher { get; set; } = default!;

    [Inject] private LiveBus Bus { get; set; } = default!;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await CloseAsync();
        if (_live is not null)
        {
            await _live.DisposeAsync();
        }

        _closing.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what the view holds besides.</summary>
    protected virtual ValueTask CloseAsync() => ValueTask.CompletedTask;

    protected Task<Outcome<TValue>> Send<TValue>(IRequest<Outcome<TValue>> request) => Dispatcher.Send(request, Closing);

    /// <summary>
    /// Reads again and shows it whenever one of the subjects changed, at most four times in four intervals; takes the place of what
    /// was listened to before. Nobody listens while a page is prerendered.
    /// </summary>
    protected async Task ListenAsync(IReadOnlyCollection<(string Topic, string Key)> subjects, TimeSpan interval, Func<Task> readAgain)
    {
        if (_live is { } before)
        {
            _live = null;
            await before.DisposeAsync();
        }

        if (RendererInfo.IsInteractive && !Closing.IsCancellationRequested)
        {
            _live = Bus.Subscribe(subjects, interval, (_, _) => ReadAgainAsync(readAgain));
        }
    }

    /// <summary>For <see cref="PageVisibility"/>: a hidden tab reads nothing, and catches up when it is seen again.</summary>
    protected void Show(bool visible) => _live?.Pause(!visible);

    /// <summary>Of anything that happens beside the rendering: a change told, a timer.</summary>
    protected Task ReadAgainAsync(Func<Task> readAgain) => InvokeAsync(async () =>
    {
        if (Closing.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await readAgain();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (Closing.IsCancellationRequested)
        {
            // The view went while it was reading.
        }
    });
}
