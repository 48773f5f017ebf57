using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Platform.Protection;

/// <summary>One key of the instance as it is stored.</summary>
public sealed record StoredKey(string Name, string Xml);

/// <summary>
/// The keys in the store, so that every node reads what another has sealed. Synchronous, since that is how the framework asks for
/// them: at the start and when a key is made.
/// </summary>
public sealed class StoredKeys(IServiceScopeFactory scopes, TimeProvider time)
{
    public IReadOnlyList<StoredKey> Read()
    {
        using var scope = scopes.CreateScope();
        return [.. scope.ServiceProvider.GetRequiredService<OpsDbContext>().Set<DataKeyRow>().AsNoTracking().OrderBy(row => row.Id).Select(row => new StoredKey(row.Name, row.Xml))];
    }

    /// <summary>Writes a key, or what became of it. One that another node wrote in the same moment is the same.</summary>
    public void Write(StoredKey key)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        if (db.Set<DataKeyRow>().SingleOrDefault(row => row.Name == key.Name) is { } known)
        {
            known.Xml = key.Xml;
        }
        else
        {
            db.Add(new DataKeyRow { Name = key.Name, Xml = key.Xml, CreatedAtMs = time.NowMs() });
        }

        try
        {
            db.SaveChanges();
        }
        catch (DbUpdateException fault) when (scope.ServiceProvider.GetRequiredService<IStoreProvider>().IsDuplicateKey(fault))
        {
            // Two nodes that took the keys over from one directory at once.
        }
    }
}
