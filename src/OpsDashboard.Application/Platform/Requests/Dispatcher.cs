using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace OpsDashboard.Application.Platform.Requests;

/// <summary>
/// Gives each send its own scope: a circuit lives as long as its tab, and a DbContext must not.
/// </summary>
internal sealed class Dispatcher(IServiceScopeFactory scopes, CallerContext caller) : IDispatcher
{
    public async Task<Outcome<TValue>> Send<TValue>(IRequest<Outcome<TValue>> request, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var inner = scope.ServiceProvider.GetRequiredService<CallerContext>();
        inner.Current = caller.Current;
        inner.Address = caller.Address;
        inner.IdempotencyKey = caller.IdempotencyKey;
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancellationToken);
    }
}
