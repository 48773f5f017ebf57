using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Notifications.Contacts;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Protection;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Notifications.Deliveries;

/// <summary>A message and what became of it, as the delivery log shows it.</summary>
public sealed record LoggedMessage
{
    public required long Id { get; init; }

    public required MessageKind Kind { get; init; }

    public required Channel Channel { get; init; }

    /// <summary>Enough to recognise it by.</summary>
    public required string Address { get; init; }

    public required string Subject { get; init; }

    public string? PersonId { get; init; }

    public long? IncidentId { get; init; }

    public required MessageState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is tried next; only of one that waits.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>From when it was due first until its channel took it, in ms; only of one that was sent.</summary>
    public long? TookMs { get; init; }

    /// <summary>The last answer, or why it is held back.</summary>
    public string? Note { get; init; }

    /// <summary>What the demonstration mailbox received; of other messages the log keeps no text.</summary>
    public string? Received { get; init; }

    /// <summary>Oldest first; of many the last 20.</summary>
    public required IReadOnlyList<LoggedAttempt> Attempts { get; init; }

    /// <summary>Tries made in all.</summary>
    public required int AttemptCount { get; init; }
}

public sealed record LoggedAttempt(int Number, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, AttemptOutcome Outcome, string? Answer);

internal static class DeliveryReading
{
    private const int MostAttempts = 20;

    public static async Task<IReadOnlyList<LoggedMessage>> DescribeAsync(this OpsDbContext db, IFieldSeal seal, IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(row => row.Id).ToList();
        var keys = rows.Where(row => row.Kind == MessageKind.Page).Select(row => row.DedupeKey).ToList();
        var attempts = (await db.Set<DeliveryAttemptRow>().AsNoTracking().Where(attempt => ids.Contains(attempt.MessageId)).ToListAsync(cancellationToken))
            .ToLookup(attempt => attempt.MessageId);
        var incidents = await db.Set<PageRow>().AsNoTracking().Where(page => keys.Contains(page.MessageKey!))
            .ToDictionaryAsync(page => page.MessageKey!, page => page.IncidentId, StringComparer.Ordinal, cancellationToken);
        return [.. rows.Select(row => Describe(row, seal.Open(row.Address), incidents.TryGetValue(row.DedupeKey, out var incident) ? incident : null, attempts[row.Id]))];
    }

    private static LoggedMessage Describe(OutboxRow row, string address, long? incident, IEnumerable<DeliveryAttemptRow> attempts) => new()
    {
        Id = row.Id,
        Kind = row.Kind,
        Channel = row.Channel,
        Address = ContactAddress.Shown(row.Channel, address),
        Subject = row.Subject,
        PersonId = row.PersonId,
        IncidentId = incident,
        State = row.State,
        CreatedAt = Instants.ToInstant(row.CreatedAtMs),
        DueAt = row.State == MessageState.Queued ? Instants.ToInstant(row.DueMs) : null,
        SettledAt = row.SettledAtMs is { } settled ? Instants.ToInstant(settled) : null,
        TookMs = row.State == MessageState.Sent ? Math.Max(0, row.SettledAtMs!.Value - row.FirstDueMs) : null,
        Note = row.Note,
        Received = row is { State: MessageState.Sent, Channel: Channel.Email } && address.EndsWith(DemoMailboxOptions.Domain, StringComparison.OrdinalIgnoreCase) ? row.Text : null,
        Attempts =
        [
            .. attempts.OrderBy(attempt => attempt.Number).TakeLast(MostAttempts).Select(attempt => new LoggedAttempt(
                attempt.Number,
                Instants.ToInstant(attempt.StartedAtMs),
                attempt.EndedAtMs is { } ended ? Instants.ToInstant(ended) : null,
                attempt.Outcome,
                attempt.Answer)),
        ],
        AttemptCount = row.Attempts,
    };
}
