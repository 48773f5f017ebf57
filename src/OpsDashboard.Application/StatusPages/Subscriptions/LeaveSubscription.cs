using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.StatusPages.Store;

namespace OpsDashboard.Application.StatusPages.Subscriptions;

/// <summary>Ends a subscription by the link in any of its notices. Doing it twice is doing it once.</summary>
public sealed record LeaveSubscription(string Token) : ICommand<Done>
{
    public static Access Access => Access.Public;
}

internal sealed class LeaveSubscriptionHandler(OpsDbContext db) : IRequestHandler<LeaveSubscription, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(LeaveSubscription request, CancellationToken cancellationToken)
    {
        var hash = SubscriptionTokens.Hash(request.Token);
        var row = await db.Set<SubscriberRow>().SingleOrDefaultAsync(row => row.LeaveHash == hash, cancellationToken);
        if (row is null)
        {
            return Failure.NotFound("This subscription");
        }

        row.Leave();
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}
