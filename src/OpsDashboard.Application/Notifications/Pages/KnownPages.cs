using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Notifications.Pages;

/// <summary>Which pages a transaction finds already owed, those included that it owed itself a moment ago.</summary>
internal sealed class KnownPages(OpsDbContext db)
{
    private const int PageSize = 400;

    private readonly Dictionary<long, HashSet<(int Level, int Cycle, string Person, int Contact)>> byIncident = [];
    private Guid? transaction;

    public async Task ReadAsync(IEnumerable<long> incidents, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction?.TransactionId is var current && (current is null || current != transaction))
        {
            // What an earlier one owed is in the store, or was taken back with it.
            byIncident.Clear();
            transaction = current;
        }

        foreach (var page in incidents.Where(id => !byIncident.ContainsKey(id)).Distinct().Chunk(PageSize))
        {
            foreach (var id in page)
            {
                byIncident[id] = [];
            }

            var stored = await db.Set<PageRow>().AsNoTracking()
                .Where(row => page.Contains(row.IncidentId))
                .Select(row => new { row.IncidentId, row.Level, row.Cycle, row.PersonId, row.ContactId })
                .ToListAsync(cancellationToken);
            foreach (var row in stored)
            {
                byIncident[row.IncidentId].Add((row.Level, row.Cycle, row.PersonId, row.ContactId));
            }
        }
    }

    /// <returns>Whether the page is new; from now on it is not.</returns>
    public bool Add(PageOwed owed, string person, int contact) => byIncident[owed.IncidentId].Add((owed.Level, owed.Cycle, person, contact));
}

internal sealed class ReadPagesAhead(KnownPages known) : INotificationHandler<PagesAhead>
{
    public Task Handle(PagesAhead notification, CancellationToken cancellationToken) => known.ReadAsync(notification.IncidentIds, cancellationToken);
}
