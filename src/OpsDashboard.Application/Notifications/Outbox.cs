using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Notifications.Delivery;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Protection;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Notifications;

/// <summary>
/// Writes what is to be sent into the transaction of its cause: it commits with the cause or not at all. Sending happens
/// afterwards, by the delivery worker.
/// </summary>
public sealed class Outbox
{
    private readonly OpsDbContext db;
    private readonly OutboxSignal signal;
    private readonly IFieldSeal seal;
    private readonly TimeProvider time;

    internal Outbox(OpsDbContext db, OutboxSignal signal, IFieldSeal seal, TimeProvider time)
    {
        (this.db, this.signal, this.seal, this.time) = (db, signal, seal, time);
        db.Saving += DropRepetitions;
    }

    /// <summary>Takes effect with the next SaveChanges of the scope. A dedupe key that is already known is passed over in silence.</summary>
    public void Enqueue(OutgoingMessage message) => Add(message, MessageKind.Notice, contact: null);

    internal OutboxRow Add(OutgoingMessage message, MessageKind kind, ContactOfMessage? contact)
    {
        var now = time.NowMs();
        var row = new OutboxRow
        {
            DedupeKey = Whole(message.DedupeKey, OutgoingMessage.MaxDedupeKeyLength, nameof(message.DedupeKey)),
            IdempotencyKey = Guid.NewGuid().ToString("N"),
            Channel = message.Channel,
            Kind = kind,
            Address = seal.Close(Whole(message.Address, OutgoingMessage.MaxAddressLength, nameof(message.Address))),
            Target = DeliveryTarget.Of(message.Channel, message.Address),
            Subject = Cut(message.Subject, OutgoingMessage.MaxSubjectLength),
            Text = Cut(message.Text, OutgoingMessage.MaxTextLength),
            Html = message.Html is null ? null : Whole(message.Html, OutgoingMessage.MaxHtmlLength, nameof(message.Html)),
            SigningSecret = seal.CloseAny(message.SigningSecret),
            Headers = message.Headers is { Count: > 0 } headers ? JsonSerializer.Serialize(headers, StoreJson.Options) : null,
            PersonId = contact?.PersonId,
            ContactId = contact?.ContactId,
            Urgent = kind != MessageKind.Notice,
            CreatedAtMs = now,
            FirstDueMs = Math.Max(now, message.NotBeforeMs),
            QueuedAtMs = now,
            DueMs = Math.Max(now, message.NotBeforeMs),
        };
        db.Add(row);
        db.Announce(now, ("paging", "all"));
        signal.Expect();
        return row;
    }

    /// <summary>
    /// Checked where the rows are written, in one look for all of them. Two transactions at once may both pass; the unique key
    /// of the table then fails the later one as a whole.
    /// </summary>
    private void DropRepetitions()
    {
        var added = db.ChangeTracker.Entries<OutboxRow>().Where(entry => entry.State == EntityState.Added).ToList();
        if (added.Count == 0)
        {
            return;
        }

        var keys = added.Select(entry => entry.Entity.DedupeKey).Distinct(StringComparer.Ordinal).ToList();
        var known = db.Set<OutboxRow>().AsNoTracking().Where(row => keys.Contains(row.DedupeKey)).Select(row => row.DedupeKey).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in added.Where(entry => !known.Add(entry.Entity.DedupeKey)))
        {
            entry.State = EntityState.Detached;
        }

    }

    private static string Whole(string text, int most, string name) =>
        text.Length <= most ? text : throw new ArgumentException($"{name} has more than {most} characters.", nameof(text));

    private static string Cut(string text, int most) => text.Length <= most ? text : string.Concat(text.AsSpan(0, most - 1), "…");
}

/// <summary>Whose contact method a message goes to.</summary>
internal sealed record ContactOfMessage(string PersonId, int ContactId);
