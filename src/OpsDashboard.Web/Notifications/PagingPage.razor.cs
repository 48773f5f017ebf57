using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Notifications.Deliveries;
using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Notifications;

/// <summary>What goes out, what waits and what was given up.</summary>
public sealed partial class PagingPage : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private IReadOnlyDictionary<string, string> _people = new Dictionary<string, string>(StringComparer.Ordinal);
    private PagingBoard? _board;
    private LiveSubscription? _live;
    private string? _fault;
    private bool _failed;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    [Inject] private LiveBus Bus { get; set; } = default!;

    /// <summary>Name of a <see cref="MessageKind"/>, in lower case; null: all.</summary>
    [SupplyParameterFromQuery] private string? Kind { get; set; }

    private MessageKind? Chosen => Enum.TryParse<MessageKind>(Kind, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null;

    private IReadOnlyList<LinkOption> Kinds =>
    [
        new LinkOption("All", "/paging", Chosen is null),
        .. Enum.GetValues<MessageKind>().Select(kind => new LinkOption($"{PagingWords.Of(kind)}s", $"/paging?kind={kind.ToString().ToLowerInvariant()}", Chosen == kind)),
    ];

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_live is not null)
        {
            await _live.DisposeAsync();
        }

        _closing.Dispose();
    }

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
        {
            _live = Bus.Subscribe([("paging", "all"), ("oncall", "all")], TimeSpan.FromSeconds(1), (_, _) => InvokeAsync(LoadAsync));
        }
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private string Say()
    {
        if (_board is null)
        {
            return "Reading the outbox.";
        }

        var waiting = _board.QueueCount == 0 ? "Nothing waits" : $"{Numbers.Count(_board.QueueCount)} waiting";
        var dead = _board.DeadCount == 0 ? "nothing was given up" : $"{Numbers.Count(_board.DeadCount)} given up";
        var sent = _board.MedianMs is { } median
            ? $"{Numbers.Count(_board.SentToday)} sent in 24 h, half of them within {(median < 1000 ? $"{median} ms" : Numbers.Duration(median / 1000))}."
            : "Nothing was sent in 24 h.";
        return $"{waiting}, {dead}. {sent}";
    }

    private async Task LoadAsync()
    {
        var board = await Dispatcher.Send(new GetPagingBoard { Kind = Chosen }, _closing.Token);
        var people = await Dispatcher.Send(new ListPeople(), _closing.Token);
        _failed = !board.Succeeded || !people.Succeeded;
        if (!_failed)
        {
            _board = board.Value;
            _people = people.Value.ToDictionary(person => person.Id, person => person.Name, StringComparer.Ordinal);
        }

        StateHasChanged();
    }

    private async Task SettleAsync(long? id, bool retry)
    {
        var outcome = await Dispatcher.Send(new SettleDeadLetter(id, retry), _closing.Token);
        _fault = outcome.Failure?.Message;
        await LoadAsync();
    }
}
