using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Platform.Outbound;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.StatusPages.Store;

namespace OpsDashboard.Application.StatusPages.Subscriptions;

/// <summary>Hands notices to the outbox, a bounded number of subscribers a step, so that a long list never holds the store.</summary>
internal sealed class NoticeFanOut(OpsDbContext db, Outbox outbox, ISubscriberSeal seal, PublicAddress site)
{
    private const int PerStep = 200;

    /// <summary>A notice that could not be told for so long, since nothing ran, is not told late.</summary>
    private const long TooLateMs = Instants.DayMs;

    /// <returns>Whether there is more to hand over.</returns>
    public async Task<bool> StepAsync(long now, CancellationToken cancellationToken)
    {
        var notice = await db.Set<StatusNoticeRow>().Where(row => !row.Done).OrderBy(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        if (notice is null)
        {
            return false;
        }

        if (notice.CreatedAtMs < now - TooLateMs)
        {
            notice.Done = true;
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }

        string[] pages = [StatusSite.All, .. notice.Platforms.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var subscribers = await db.Set<SubscriberRow>().AsNoTracking()
            .Where(row => row.State == SubscriberState.Confirmed && row.Id > notice.ToldThrough && pages.Contains(row.Page) && row.ConfirmedAtMs <= notice.CreatedAtMs)
            .OrderBy(row => row.Id)
            .Take(PerStep)
            .ToListAsync(cancellationToken);
        foreach (var subscriber in subscribers)
        {
            Send(notice, subscriber);
            notice.ToldThrough = subscriber.Id;
        }

        notice.Done = subscribers.Count < PerStep;
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    private void Send(StatusNoticeRow notice, SubscriberRow subscriber)
    {
        if (seal.Open(subscriber.LeaveSealed) is not { } token)
        {
            // The keys it was sealed with are gone: without a way to leave, nothing is sent.
            return;
        }

        var leave = $"{site.Url}/status/subscriptions/leave?token={token}";
        outbox.Enqueue(subscriber.Kind == SubscriberKind.Email ? Mail(notice, subscriber, leave) : Hook(notice, subscriber, leave));
    }

    private OutgoingMessage Mail(StatusNoticeRow notice, SubscriberRow subscriber, string leave) => new()
    {
        DedupeKey = $"status:{notice.Id}:{subscriber.Id}",
        Channel = Channel.Email,
        Address = subscriber.Address,
        Subject = notice.Subject,
        Text = $"{notice.Text}\n\nDetails: {site.Url}{notice.Path}\n\n--\nYou asked to be told. To end this: {leave}",
        // RFC 8058: mail programs end the subscription by one POST to the link.
        Headers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["List-Unsubscribe"] = $"<{leave}>",
            ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
        },
    };

    private OutgoingMessage Hook(StatusNoticeRow notice, SubscriberRow subscriber, string leave)
    {
        var body = JsonNode.Parse(notice.Payload)!.AsObject();
        body["meta"] = new JsonObject { ["unsubscribe"] = leave, ["documentation"] = $"{site.Url}/status", ["generated_at"] = Instants.ToInstant(notice.CreatedAtMs).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture) };
        return new OutgoingMessage
        {
            DedupeKey = $"status:{notice.Id}:{subscriber.Id}",
            Channel = Channel.Webhook,
            Address = subscriber.Address,
            Subject = notice.Subject,
            Text = body.ToJsonString(JsonSerializerOptions.Web),
            SigningSecret = subscriber.SecretSealed is { } secret ? seal.Open(secret) : null,
        };
    }
}
