using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Platform.Requests;

/// <summary>State, feed rows and notifications of a command commit together or not at all.</summary>
internal sealed class TransactionBehaviour<TRequest, TResponse>(OpsDbContext db, FeedSignal signal) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>, ICommandMarker
    where TResponse : IOutcome<TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var strategy = db.Database.CreateExecutionStrategy();
        return strategy.ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var response = await next();
            if (response.Failure is not null)
            {
                await transaction.RollbackAsync(cancellationToken);
                return response;
            }

            await transaction.CommitAsync(cancellationToken);
            signal.Nudge();
            return response;
        });
    }
}
