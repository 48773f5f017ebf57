using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Notifications.Deliveries;
using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Notifications;

/// <summary>What goes out, what waits and what was given up.</summary>
public sealed partial class PagingPage
{
    private IReadOnlyDictionary<string, string> _people = new Dictionary<string, string>(StringComparer.Ordinal);
    private PagingBoard? _board;
    private string? _fault;
    private bool _failed;

    /// <summary>Name of a <see cref="MessageKind"/>, in lower case; null: all.</summary>
    [SupplyParameterFromQuery] private string? Kind { get; set; }

    private MessageKind? Chosen => Enum.TryParse<MessageKind>(Kind, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null;

    private IReadOnlyList<LinkOption> Kinds =>
    [
        new LinkOption("All", "/paging", Chosen is null),
        .. Enum.GetValues<MessageKind>().Select(kind => new LinkOption($"{PagingWords.Of(kind)}s", $"/paging?kind={kind.ToString().ToLowerInvariant()}", Chosen == kind)),
    ];

    protected override Task OnInitializedAsync() => ListenAsync([("paging", "all"), ("oncall", "all")], TimeSpan.FromSeconds(1), LoadAsync);

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
        var board = await Send(new GetPagingBoard { Kind = Chosen });
        var people = await Send(new ListPeople());
        _failed = !board.Succeeded || !people.Succeeded;
        if (!_failed)
        {
            _board = board.Value;
            _people = people.Value.ToDictionary(person => person.Id, person => person.Name, StringComparer.Ordinal);
        }
    }

    private async Task SettleAsync(long? id, bool retry)
    {
        var outcome = await Send(new SettleDeadLetter(id, retry));
        _fault = outcome.Failure?.Message;
        await LoadAsync();
    }
}
