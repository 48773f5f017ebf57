using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Notifications.Pages;

/// <summary>
/// Takes back what of an incident's pages has not left yet. One that is on its way at this moment arrives, but is not tried again.
/// </summary>
internal sealed class WithdrawPagesHandler(OpsDbContext db) : INotificationHandler<PagesWithdrawn>
{
    public async Task Handle(PagesWithdrawn notification, CancellationToken cancellationToken)
    {
        var (incident, at) = (notification.IncidentId, notification.AtMs);
        var note = notification.Reason.Length <= OutboxRowMapping.MaxNoteLength ? notification.Reason : notification.Reason[..OutboxRowMapping.MaxNoteLength];
        var keys = db.Set<PageRow>().Where(page => page.IncidentId == incident && page.WithdrawnAtMs == null && page.MessageKey != null).Select(page => page.MessageKey!);
        await db.Set<OutboxRow>()
            .Where(row => keys.Contains(row.DedupeKey) && row.State == MessageState.Queued)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, MessageState.Withdrawn).SetProperty(row => row.SettledAtMs, at).SetProperty(row => row.Note, note),
                cancellationToken);
        await db.Set<OutboxRow>()
            .Where(row => keys.Contains(row.DedupeKey) && row.State == MessageState.Sending)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.StopRequested, true), cancellationToken);
        await db.Set<PageRow>()
            .Where(page => page.IncidentId == incident && page.WithdrawnAtMs == null)
            .ExecuteUpdateAsync(set => set.SetProperty(page => page.WithdrawnAtMs, at).SetProperty(page => page.WithdrawnReason, note), cancellationToken);
        WithdrawUnsaved(incident, at, note);
        db.Announce(at, ("paging", "all"));
    }

    /// <summary>What the same transaction owed a moment ago is known to no statement yet.</summary>
    private void WithdrawUnsaved(long incident, long at, string note)
    {
        var owed = db.Set<PageRow>().Local.Where(page => page.IncidentId == incident && db.Entry(page).State == EntityState.Added).ToList();
        foreach (var page in owed)
        {
            (page.WithdrawnAtMs, page.WithdrawnReason) = (at, note);
        }

        var keys = owed.Select(page => page.MessageKey).ToHashSet(StringComparer.Ordinal);
        foreach (var row in db.Set<OutboxRow>().Local.Where(row => keys.Contains(row.DedupeKey) && db.Entry(row).State == EntityState.Added))
        {
            (row.State, row.SettledAtMs, row.Note) = (MessageState.Withdrawn, at, note);
        }
    }
}
