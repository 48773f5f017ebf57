using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Notifications;

/// <summary>Tells who could be paged: whoever has a verified contact method on a channel that is set up.</summary>
public sealed class Reachability
{
    private readonly OpsDbContext db;
    private readonly ChannelSetup channels;

    internal Reachability(OpsDbContext db, ChannelSetup channels) => (this.db, this.channels) = (db, channels);

    /// <returns>Those of the people whom no page could reach, in the order given.</returns>
    public async Task<IReadOnlyList<string>> UnreachableAsync(IReadOnlyList<string> personIds, CancellationToken cancellationToken)
    {
        var (usable, demo) = (channels.Usable, channels.HasDemoMailboxes);
        var reachable = await db.Set<ContactMethodRow>().AsNoTracking()
            .Where(contact => personIds.Contains(contact.PersonId) && contact.VerifiedAtMs != null && (usable.Contains(contact.Channel) || (demo && contact.IsDemo)))
            .Select(contact => contact.PersonId)
            .Distinct()
            .ToListAsync(cancellationToken);
        return [.. personIds.Except(reachable, StringComparer.Ordinal)];
    }
}
