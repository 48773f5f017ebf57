using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.StatusPages.Store;

namespace OpsDashboard.Application.StatusPages.Subscriptions;

/// <summary>The second half of the double opt-in: whoever reads the mailbox wants it.</summary>
public sealed record ConfirmSubscription(string Token) : ICommand<Done>
{
    public static Access Access => Access.Public;
}

internal sealed class ConfirmSubscriptionHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<ConfirmSubscription, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(ConfirmSubscription request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var hash = SubscriptionTokens.Hash(request.Token);
        var row = await db.Set<SubscriberRow>().SingleOrDefaultAsync(row => row.ConfirmHash == hash, cancellationToken);
        if (row is null || row.ConfirmUntilMs <= now || row.State != SubscriberState.Pending)
        {
            return Failure.Conflict("This link was used already, or is older than a day. Subscribe again to get another.");
        }

        (row.State, row.ConfirmedAtMs, row.ConfirmHash) = (SubscriberState.Confirmed, now, null);
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}
