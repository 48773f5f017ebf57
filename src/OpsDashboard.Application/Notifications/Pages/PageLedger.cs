using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Notifications.Contacts;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Notifications.Pages;

/// <summary>Tells the timelines of incidents what became of their pages, in the transaction that records it.</summary>
internal sealed class PageLedger(OpsDbContext db, IncidentTimeline timeline, TimeProvider time)
{
    /// <param name="messages">Messages just recorded, by dedupe key.</param>
    public async Task RecordAsync(IReadOnlyDictionary<string, long> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
        {
            return;
        }

        var keys = messages.Keys.ToList();
        var ended = await (
            from page in db.Set<PageRow>()
            join message in db.Set<OutboxRow>() on page.MessageKey equals message.DedupeKey
            where keys.Contains(message.DedupeKey)
            orderby message.Id
            select new { page.IncidentId, page.PersonName, message.Channel, message.State, message.Attempts, message.Note, message.SettledAtMs })
            .ToListAsync(cancellationToken);
        var now = time.NowMs();
        foreach (var one in ended)
        {
            var way = $"{one.PersonName} by {one.Channel.Word()}";
            var text = one.State switch
            {
                MessageState.Sent => $"Paged {way}{(one.Attempts > 1 ? $" at try {one.Attempts}" : "")}",
                MessageState.Dead => $"The page to {way} could not be delivered: {one.Note}",
                // An hour without a mail server would else fill the timeline.
                MessageState.Queued when one.Attempts == 1 => $"The page to {way} failed and is tried again: {one.Note}",
                _ => null,
            };
            if (text is not null)
            {
                timeline.Append(one.IncidentId, TimelineKind.Page, text, null, one.SettledAtMs ?? now);
            }
        }
    }
}
