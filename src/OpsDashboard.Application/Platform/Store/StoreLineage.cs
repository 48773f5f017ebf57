using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace OpsDashboard.Application.Platform.Store;

/// <summary>The store was made by a version of the program that this one does not descend from. The operator can mend it; the program cannot.</summary>
public sealed class ForeignStoreException(string migration)
    : Exception($"The store holds the change \"{migration}\", which this version of OpsDashboard does not know: a newer version, or a build from before the first release, made it. Start that version, or name another store.");

public static class StoreLineage
{
    /// <summary>Looked at before anything is started: migrating such a store would fail half-way, at the first table that is there already.</summary>
    /// <exception cref="ForeignStoreException">The store holds a change that is not among the program's own.</exception>
    public static async Task EnsureOwnAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        if (await db.Database.CanConnectAsync(cancellationToken)
            && (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(db.Database.GetMigrations(), StringComparer.Ordinal).FirstOrDefault() is { } foreign)
        {
            throw new ForeignStoreException(foreign);
        }
    }
}
