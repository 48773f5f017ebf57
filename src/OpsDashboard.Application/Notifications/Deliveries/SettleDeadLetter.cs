using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Notifications.Delivery;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Notifications.Deliveries;

/// <summary>Queues a dead letter again, or takes it off the list.</summary>
/// <param name="Id">Null: all of them.</param>
public sealed record SettleDeadLetter(long? Id, bool Retry) : ICommand<int>
{
    public static Access Access => Access.Respond;
}

internal sealed class SettleDeadLetterHandler(OpsDbContext db, OutboxSignal signal, CallerContext caller, TimeProvider time)
    : IRequestHandler<SettleDeadLetter, Outcome<int>>
{
    public async Task<Outcome<int>> Handle(SettleDeadLetter request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var dead = db.Set<OutboxRow>().Where(row => row.State == MessageState.Dead && (request.Id == null || row.Id == request.Id));
        var note = $"Discarded by {caller.Current.Name}.";
        var settled = request.Retry
            ? await dead.ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.State, MessageState.Queued)
                    .SetProperty(row => row.SettledAtMs, (long?)null)
                    .SetProperty(row => row.FirstDueMs, now)
                    .SetProperty(row => row.QueuedAtMs, now)
                    .SetProperty(row => row.DueMs, now),
                cancellationToken)
            : await dead.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, MessageState.Discarded).SetProperty(row => row.SettledAtMs, now).SetProperty(row => row.Note, note),
                cancellationToken);
        if (settled == 0 && request.Id is not null)
        {
            return Failure.Conflict("This message is no dead letter any more.");
        }

        db.Announce(now, ("paging", "all"));
        await db.SaveChangesAsync(cancellationToken);
        signal.Expect();
        return settled;
    }
}
