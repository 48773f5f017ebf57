using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Notifications.Pages;

/// <summary>Incidents somebody should have been paged for and was not: nobody there could be reached, or every try failed for good. Until somebody has the incident.</summary>
public sealed record UndeliverablePages : IQuery<IReadOnlyList<UndeliverablePage>>
{
    public const int Most = 50;

    public static Access Access => Access.View;
}

/// <param name="People">Who could not be reached.</param>
/// <param name="NobodyReached">No page of this incident has reached or may still reach anybody.</param>
public sealed record UndeliverablePage(long IncidentId, string Title, string Severity, IReadOnlyList<string> People, bool NobodyReached, DateTimeOffset Since);

internal sealed class UndeliverablePagesHandler(OpsDbContext db) : IRequestHandler<UndeliverablePages, Outcome<IReadOnlyList<UndeliverablePage>>>
{
    public async Task<Outcome<IReadOnlyList<UndeliverablePage>>> Handle(UndeliverablePages request, CancellationToken cancellationToken)
    {
        var dead = db.Set<OutboxRow>().Where(row => row.State == MessageState.Dead || row.State == MessageState.Discarded).Select(row => row.DedupeKey);
        var lost = await db.Set<PageRow>().AsNoTracking()
            .Where(page => page.WithdrawnAtMs == null && (page.MessageKey == null || dead.Contains(page.MessageKey)))
            .OrderByDescending(page => page.OwedAtMs)
            .Take(UndeliverablePages.Most)
            .ToListAsync(cancellationToken);
        if (lost.Count == 0)
        {
            return Array.Empty<UndeliverablePage>();
        }

        var incidents = lost.Select(page => page.IncidentId).Distinct().ToList();
        var reached = await db.Set<PageRow>().AsNoTracking()
            .Where(page => incidents.Contains(page.IncidentId) && page.MessageKey != null && !dead.Contains(page.MessageKey))
            .Select(page => new { page.IncidentId, page.PersonId })
            .Distinct()
            .ToListAsync(cancellationToken);
        var pages =
            from page in lost
            // Somebody with three contact methods of which one fails is reached all the same.
            where !reached.Exists(other => other.IncidentId == page.IncidentId && other.PersonId == page.PersonId)
            group page by page.IncidentId into one
            let first = one.MinBy(page => page.OwedAtMs)!
            select new UndeliverablePage(
                one.Key,
                first.Title,
                first.Severity,
                [.. one.Select(page => page.PersonName).Distinct(StringComparer.Ordinal)],
                !reached.Exists(other => other.IncidentId == one.Key),
                Instants.ToInstant(first.OwedAtMs));
        return pages.ToList();
    }
}
