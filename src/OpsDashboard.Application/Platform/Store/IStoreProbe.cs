using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace OpsDashboard.Application.Platform.Store;

/// <summary>Lets the host ask whether the store answers, without seeing the DbContext.</summary>
public interface IStoreProbe
{
    Task<bool> IsReachableAsync(CancellationToken cancellationToken);
}

internal sealed class StoreProbe(IServiceScopeFactory scopes) : IStoreProbe
{
    public async Task<bool> IsReachableAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<OpsDbContext>().Database.CanConnectAsync(cancellationToken);
    }
}
