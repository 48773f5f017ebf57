using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Protection;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Notifications.Delivery;

/// <summary>
/// Takes due messages for this process, so that no other sends them. The claim and the row of the try it begins commit before
/// anything is sent; what a process that died had claimed is found by <see cref="TakeOverAsync"/>.
/// </summary>
internal sealed class OutboxClaims(IServiceScopeFactory scopes, IFieldSeal seal, TimeProvider time, IOptions<PagingOptions> options)
{
    /// <summary>A claim that stands still for this long, on one's own monotonic clock, is abandoned: longer than any try may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private const int MostTakenOver = 500;

    private readonly string me = $"{ProcessIdentity.Mine}/{Guid.NewGuid():N}";
    private readonly Dictionary<(long Id, long Claim), long> observed = [];

    /// <param name="room">How many messages may be claimed.</param>
    /// <param name="busy">Tries under way, by target.</param>
    public async Task<IReadOnlyList<ClaimedMessage>> ClaimAsync(int room, IReadOnlyDictionary<string, int> busy, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var due = await DueAsync(db, room, busy, cancellationToken);
        return due.Count == 0 ? [] : await db.Database.CreateExecutionStrategy().ExecuteAsync(() => ClaimAsync(db, due, cancellationToken));
    }

    /// <summary>Gives back what nobody is sending any more. It may have been sent: the receiver knows it by its key.</summary>
    /// <param name="mine">Messages this process is sending.</param>
    /// <returns>How many are queued again.</returns>
    public async Task<int> TakeOverAsync(IReadOnlySet<long> mine, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var sending = await db.Set<OutboxRow>().AsNoTracking()
            .Where(row => row.State == MessageState.Sending)
            .OrderBy(row => row.Id)
            .Take(MostTakenOver)
            .Select(row => new { row.Id, row.ClaimId, row.ClaimedBy })
            .ToListAsync(cancellationToken);
        var claims = sending.Where(row => !mine.Contains(row.Id)).ToList();
        foreach (var forgotten in observed.Keys.Except(claims.Select(row => (row.Id, row.ClaimId))).ToList())
        {
            observed.Remove(forgotten);
        }

        var taken = 0;
        foreach (var row in claims.Where(row => ProcessIdentity.IsGone(row.ClaimedBy!) || StoodStill((row.Id, row.ClaimId))))
        {
            taken += await db.Database.CreateExecutionStrategy().ExecuteAsync(() => FreeAsync(db, row.Id, row.ClaimId, cancellationToken));
        }

        return taken;
    }

    /// <summary>After the calendar clock was set back, what was due at once would wait for the clock to catch up: reckoned anew.</summary>
    public async Task FollowClockAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var now = time.NowMs();
        // Another node's clock may run a moment ahead.
        var ahead = db.Set<OutboxRow>().Where(row => row.State == MessageState.Queued && row.QueuedAtMs > now + 2_000);
        if (await ahead.AnyAsync(cancellationToken))
        {
            await ahead.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.DueMs, row => now + row.DueMs - row.QueuedAtMs).SetProperty(row => row.QueuedAtMs, now),
                cancellationToken);
        }
    }

    /// <summary>How many are due or under way, and how many were given up.</summary>
    public async Task<(int Due, int Dead)> CountAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = scope.ServiceProvider.GetRequiredService<OpsDbContext>().Set<OutboxRow>();
        var now = time.NowMs();
        return (
            await rows.CountAsync(row => (row.State == MessageState.Queued && row.DueMs <= now) || row.State == MessageState.Sending, cancellationToken),
            await rows.CountAsync(row => row.State == MessageState.Dead, cancellationToken));
    }

    private async Task<List<Due>> DueAsync(OpsDbContext db, int room, IReadOnlyDictionary<string, int> busy, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var full = busy.Where(target => target.Value >= options.Value.AtOncePerTarget).Select(target => target.Key).ToList();
        var due = new List<Due>();
        foreach (var urgent in (bool[])[true, false])
        {
            if (due.Count < room)
            {
                due.AddRange(await db.Set<OutboxRow>().AsNoTracking()
                    .Where(row => row.State == MessageState.Queued && row.Urgent == urgent && row.DueMs <= now && !full.Contains(row.Target))
                    .OrderBy(row => row.DueMs)
                    .Take(room - due.Count)
                    .Select(row => new Due(row.Id, row.Target, row.Channel, row.ContactId))
                    .ToListAsync(cancellationToken));
            }
        }

        var left = due.Select(one => one.Target).Distinct(StringComparer.Ordinal)
            .ToDictionary(target => target, target => options.Value.AtOncePerTarget - busy.GetValueOrDefault(target), StringComparer.Ordinal);
        return [.. due.Where(one => left[one.Target]-- > 0)];
    }

    private async Task<IReadOnlyList<ClaimedMessage>> ClaimAsync(OpsDbContext db, IReadOnlyList<Due> due, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var now = time.NowMs();
        var claim = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) | 1;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var ids = await WithinLimitsAsync(db, due, now, cancellationToken);
        // The state is asked again by the statement that changes it: of two nodes that read the same rows one gets each.
        await db.Set<OutboxRow>()
            .Where(row => ids.Contains(row.Id) && row.State == MessageState.Queued && row.DueMs <= now)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.State, MessageState.Sending)
                    .SetProperty(row => row.ClaimId, claim)
                    .SetProperty(row => row.ClaimedBy, me)
                    .SetProperty(row => row.Attempts, row => row.Attempts + 1),
                cancellationToken);
        var rows = await db.Set<OutboxRow>().AsNoTracking()
            .Where(row => ids.Contains(row.Id) && row.ClaimId == claim)
            .OrderBy(row => row.DueMs)
            .ToListAsync(cancellationToken);
        var claimed = rows.ConvertAll(row => new ClaimedMessage
        {
            Id = row.Id,
            ClaimId = row.ClaimId,
            DedupeKey = row.DedupeKey,
            IdempotencyKey = row.IdempotencyKey,
            Channel = row.Channel,
            Kind = row.Kind,
            Address = seal.Open(row.Address),
            Target = row.Target,
            Subject = row.Subject,
            Text = row.Text,
            Html = row.Html,
            SigningSecret = seal.OpenAny(row.SigningSecret),
            Headers = row.Headers,
            CreatedAtMs = row.CreatedAtMs,
            FirstDueMs = row.FirstDueMs,
            Attempt = row.Attempts,
        });
        db.AddRange(claimed.Select(message => new DeliveryAttemptRow
        {
            MessageId = message.Id,
            Number = message.Attempt,
            StartedAtMs = now,
            Outcome = AttemptOutcome.Running,
        }));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return claimed;
    }

    /// <summary>Holds back what a contact method gets too much of in a minute; the rest may be claimed.</summary>
    private async Task<List<long>> WithinLimitsAsync(OpsDbContext db, IReadOnlyList<Due> due, long now, CancellationToken cancellationToken)
    {
        var contacts = due.Select(one => one.ContactId).OfType<int>().Distinct().ToList();
        if (contacts.Count == 0)
        {
            return [.. due.Select(one => one.Id)];
        }

        var since = now - Instants.MinuteMs;
        var recent = await db.Set<OutboxRow>().AsNoTracking()
            .Where(row => row.ContactId != null && contacts.Contains(row.ContactId.Value)
                && ((row.State == MessageState.Sent && row.SettledAtMs > since && row.SettledAtMs <= now) || row.State == MessageState.Sending))
            .GroupBy(row => row.ContactId!.Value)
            .Select(group => new { Contact = group.Key, Count = group.Count(), Oldest = group.Min(row => row.SettledAtMs) })
            .ToDictionaryAsync(group => group.Contact, cancellationToken);
        var used = recent.ToDictionary(group => group.Key, group => group.Value.Count);
        var free = new List<long>();
        var held = new List<(Due Message, long UntilMs)>();
        foreach (var one in due)
        {
            var count = one.ContactId is { } contact ? used[contact] = used.GetValueOrDefault(contact) + 1 : 0;
            if (count <= options.Value.PerMinute(one.Channel))
            {
                free.Add(one.Id);
            }
            else
            {
                held.Add((one, (recent.GetValueOrDefault(one.ContactId!.Value)?.Oldest ?? now) + Instants.MinuteMs));
            }
        }

        await HoldAsync(db, held, now, cancellationToken);
        return free;
    }

    private async Task HoldAsync(OpsDbContext db, List<(Due Message, long UntilMs)> held, long now, CancellationToken cancellationToken)
    {
        foreach (var group in held.GroupBy(one => (one.UntilMs, one.Message.Channel)))
        {
            var ids = group.Select(one => one.Message.Id).ToList();
            var note = $"Held back: at most {options.Value.PerMinute(group.Key.Channel)} a minute go to one contact method.";
            await db.Set<OutboxRow>()
                .Where(row => ids.Contains(row.Id) && row.State == MessageState.Queued)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.DueMs, group.Key.UntilMs).SetProperty(row => row.QueuedAtMs, now).SetProperty(row => row.Note, note),
                    cancellationToken);
        }
    }

    private async Task<int> FreeAsync(OpsDbContext db, long id, long claim, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var freed = await db.Set<OutboxRow>()
            .Where(row => row.Id == id && row.ClaimId == claim && row.State == MessageState.Sending)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.State, row => row.StopRequested ? MessageState.Withdrawn : MessageState.Queued)
                    .SetProperty(row => row.SettledAtMs, row => row.StopRequested ? now : null)
                    .SetProperty(row => row.ClaimId, 0)
                    .SetProperty(row => row.DueMs, now)
                    .SetProperty(row => row.QueuedAtMs, now),
                cancellationToken);
        if (freed > 0)
        {
            await db.Set<DeliveryAttemptRow>()
                .Where(attempt => attempt.MessageId == id && attempt.Outcome == AttemptOutcome.Running)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(attempt => attempt.Outcome, AttemptOutcome.Unknown)
                        .SetProperty(attempt => attempt.EndedAtMs, now)
                        .SetProperty(attempt => attempt.Answer, "The process ended before the answer was recorded."),
                    cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return freed;
    }

    private bool StoodStill((long Id, long Claim) claim)
    {
        if (observed.TryGetValue(claim, out var seen))
        {
            return time.GetElapsedTime(seen) > Patience;
        }

        observed[claim] = time.GetTimestamp();
        return false;
    }

    private sealed record Due(long Id, string Target, Channel Channel, int? ContactId);
}
