using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.OnCall.People;

/// <summary>Tells who a screen says it belongs to, at every request: whom it knows it remembers until people change.</summary>
public sealed class PeopleDirectory : IFeedListener
{
    private const int MaxIdLength = 63;

    private readonly IServiceScopeFactory scopes;
    private readonly IStoreProvider store;
    private readonly ILogger<PeopleDirectory> log;
    private readonly ConcurrentDictionary<string, PersonRef> known = new(StringComparer.Ordinal);

    internal PeopleDirectory(IServiceScopeFactory scopes, IStoreProvider store, ILogger<PeopleDirectory> log) =>
        (this.scopes, this.store, this.log) = (scopes, store, log);

    /// <returns>Null for an id that nobody has, and while the store refuses to tell.</returns>
    public async Task<PersonRef?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (id.Length is 0 or > MaxIdLength)
        {
            return null;
        }

        if (known.TryGetValue(id, out var person))
        {
            return person;
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            person = await scope.ServiceProvider.GetRequiredService<OpsDbContext>().Set<PersonRow>().AsNoTracking()
                .Where(row => row.Id == id).Select(row => new PersonRef(row.Id, row.Name)).SingleOrDefaultAsync(cancellationToken);
        }
        catch (Exception fault) when (store.IsTransient(fault))
        {
            // A screen goes on unnamed: it must show that the store is away, not fail with it.
            OnCallLog.PersonNotRead(log, fault);
            return null;
        }

        if (person is not null)
        {
            known[id] = person;
        }

        return person;
    }

    Task IFeedListener.OnNoticesAsync(IReadOnlyList<Notice> notices, CancellationToken cancellationToken)
    {
        if (notices.Any(notice => notice.Topic == OnCallTopic.Name))
        {
            known.Clear();
        }

        return Task.CompletedTask;
    }

    Task IFeedListener.RefreshAsync(CancellationToken cancellationToken)
    {
        known.Clear();
        return Task.CompletedTask;
    }
}
