using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Protection;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Notifications.Deliveries;

/// <summary>What waits, what was given up and what went out.</summary>
public sealed record GetPagingBoard : IQuery<PagingBoard>
{
    /// <summary>Most rows of each list.</summary>
    public const int Most = 100;

    public static Access Access => Access.View;

    /// <summary>Null: every kind.</summary>
    public MessageKind? Kind { get; init; }

    /// <summary>Null: every channel.</summary>
    public Channel? Channel { get; init; }
}

public sealed record PagingBoard
{
    /// <summary>Waiting and under way, the first due first.</summary>
    public required IReadOnlyList<LoggedMessage> Queue { get; init; }

    public required int QueueCount { get; init; }

    /// <summary>Given up, newest first.</summary>
    public required IReadOnlyList<LoggedMessage> Dead { get; init; }

    public required int DeadCount { get; init; }

    /// <summary>Sent, withdrawn and discarded, newest first.</summary>
    public required IReadOnlyList<LoggedMessage> Log { get; init; }

    /// <summary>In the last 24 hours.</summary>
    public required int SentToday { get; init; }

    /// <summary>How long half of them took from being due to being taken, in ms; null where nothing was sent.</summary>
    public long? MedianMs { get; init; }

    /// <summary>Mails to the demo's made-up people are received here and nowhere else.</summary>
    public required bool HasDemoMailboxes { get; init; }

    /// <summary>Why a channel cannot be used here, for those that cannot.</summary>
    public required IReadOnlyList<string> Lacks { get; init; }
}

internal sealed class GetPagingBoardHandler(OpsDbContext db, ChannelSetup channels, IFieldSeal seal, TimeProvider time) : IRequestHandler<GetPagingBoard, Outcome<PagingBoard>>
{
    /// <summary>The median is read from at most so many.</summary>
    private const int MostTimed = 1_001;

    public async Task<Outcome<PagingBoard>> Handle(GetPagingBoard request, CancellationToken cancellationToken)
    {
        var rows = db.Set<OutboxRow>().AsNoTracking()
            .Where(row => (request.Kind == null || row.Kind == request.Kind) && (request.Channel == null || row.Channel == request.Channel));
        var waiting = rows.Where(row => row.State == MessageState.Queued || row.State == MessageState.Sending);
        var dead = rows.Where(row => row.State == MessageState.Dead);
        var over = rows.Where(row => row.State == MessageState.Sent || row.State == MessageState.Withdrawn || row.State == MessageState.Discarded);
        var since = time.NowMs() - Instants.DayMs;
        var sent = rows.Where(row => row.State == MessageState.Sent && row.CreatedAtMs > since);
        var times = await sent.OrderByDescending(row => row.CreatedAtMs).Take(MostTimed).Select(row => row.SettledAtMs!.Value - row.FirstDueMs).ToListAsync(cancellationToken);
        return new PagingBoard
        {
            Queue = await ReadAsync(waiting.OrderBy(row => row.DueMs).ThenBy(row => row.Id), cancellationToken),
            QueueCount = await waiting.CountAsync(cancellationToken),
            Dead = await ReadAsync(dead.OrderByDescending(row => row.SettledAtMs).ThenByDescending(row => row.Id), cancellationToken),
            DeadCount = await dead.CountAsync(cancellationToken),
            Log = await ReadAsync(over.OrderByDescending(row => row.CreatedAtMs).ThenByDescending(row => row.Id), cancellationToken),
            SentToday = await sent.CountAsync(cancellationToken),
            MedianMs = times.Count == 0 ? null : Math.Max(0, times.Order().ElementAt(times.Count / 2)),
            HasDemoMailboxes = channels.HasDemoMailboxes,
            Lacks = [.. Enum.GetValues<Channel>().Where(channel => channel != Notifications.Channel.Push).Select(channels.Lack).OfType<string>()],
        };
    }

    private async Task<IReadOnlyList<LoggedMessage>> ReadAsync(IQueryable<OutboxRow> rows, CancellationToken cancellationToken) =>
        await db.DescribeAsync(seal, await rows.Take(GetPagingBoard.Most).ToListAsync(cancellationToken), cancellationToken);
}
