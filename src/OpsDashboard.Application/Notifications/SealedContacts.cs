using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Notifications;

/// <summary>How much contact data there is; nothing of what it says.</summary>
public sealed class SealedContacts
{
    private readonly OpsDbContext db;

    internal SealedContacts(OpsDbContext db) => this.db = db;

    public Task<int> CountAsync(CancellationToken cancellationToken) => db.Set<ContactMethodRow>().CountAsync(cancellationToken);
}
