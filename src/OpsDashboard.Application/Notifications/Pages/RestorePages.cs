using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Notifications.Delivery;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Notifications.Pages;

/// <summary>What was withdrawn by a step that is taken back goes out after all; what had left before stays as it is.</summary>
internal sealed class RestorePagesHandler(OpsDbContext db, OutboxSignal signal) : INotificationHandler<PagesRestored>
{
    public async Task Handle(PagesRestored notification, CancellationToken cancellationToken)
    {
        var (incident, withdrawn) = (notification.IncidentId, notification.WithdrawnAtMs);
        var keys = db.Set<PageRow>().Where(page => page.IncidentId == incident && page.WithdrawnAtMs == withdrawn && page.MessageKey != null).Select(page => page.MessageKey!);
        await db.Set<OutboxRow>()
            .Where(row => keys.Contains(row.DedupeKey) && row.State == MessageState.Withdrawn)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, MessageState.Queued).SetProperty(row => row.SettledAtMs, (long?)null).SetProperty(row => row.Note, (string?)null).SetProperty(row => row.StopRequested, false),
                cancellationToken);
        await db.Set<OutboxRow>()
            .Where(row => keys.Contains(row.DedupeKey) && row.State == MessageState.Sending)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.StopRequested, false), cancellationToken);
        await db.Set<PageRow>()
            .Where(page => page.IncidentId == incident && page.WithdrawnAtMs == withdrawn)
            .ExecuteUpdateAsync(set => set.SetProperty(page => page.WithdrawnAtMs, (long?)null).SetProperty(page => page.WithdrawnReason, (string?)null), cancellationToken);
        signal.Expect();
        db.Announce(notification.AtMs, ("paging", "all"));
    }
}
