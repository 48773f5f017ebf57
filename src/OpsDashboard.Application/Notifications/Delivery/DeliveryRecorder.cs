using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Notifications.Pages;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Notifications;

namespace OpsDashboard.Application.Notifications.Delivery;

/// <summary>A try that has ended and is not recorded yet.</summary>
internal sealed record EndedAttempt(ClaimedMessage Message, SendResult Result, long EndedAtMs);

/// <summary>
/// Writes down how tries ended, many in one transaction. A row is settled only by the claim that sent it: whoever was taken for
/// dead meanwhile leaves it to the one who took over.
/// </summary>
internal sealed class DeliveryRecorder(
    IServiceScopeFactory scopes,
    FeedSignal signal,
    IOptions<PagingOptions> options,
    TimeProvider time,
    ILogger<DeliveryRecorder> log)
{
    /// <summary>A clock set forward may not end a message that was hardly tried.</summary>
    private const int LeastAttempts = 8;

    public async Task RecordAsync(IReadOnlyList<EndedAttempt> ended, CancellationToken cancellationToken)
    {
        try
        {
            await RecordAsync(ended, tellIncidents: true, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested && !IsTransient(fault))
        {
            // What was sent must not be sent again because its entry in a timeline failed.
            NotificationsLog.TimelineFailed(log, fault);
            await RecordAsync(ended, tellIncidents: false, cancellationToken);
        }

        await PassUnreachedAsync(ended, cancellationToken);
        signal.Nudge();
    }

    /// <summary>After the record stands: a level that no page reached need not be waited for. Its timer does it later should this fail.</summary>
    private async Task PassUnreachedAsync(IReadOnlyList<EndedAttempt> ended, CancellationToken cancellationToken)
    {
        var failed = ended.Where(one => one.Message.Kind == MessageKind.Page && one.Result.Outcome != AttemptOutcome.Sent).Select(one => one.Message.DedupeKey).ToList();
        if (failed.Count == 0)
        {
            return;
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<LevelsWithoutAnswer>().PassAsync(failed, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotificationsLog.TimelineFailed(log, fault);
        }
    }

    private bool IsTransient(Exception fault)
    {
        using var scope = scopes.CreateScope();
        return scope.ServiceProvider.GetRequiredService<IStoreProvider>().IsTransient(fault);
    }

    private async Task RecordAsync(IReadOnlyList<EndedAttempt> ended, bool tellIncidents, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var ledger = scope.ServiceProvider.GetRequiredService<PageLedger>();
        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await SettleAsync(db, ended, cancellationToken);
            if (tellIncidents)
            {
                var pages = ended.Where(one => one.Message.Kind == MessageKind.Page).ToDictionary(one => one.Message.DedupeKey, one => one.Message.Id, StringComparer.Ordinal);
                await ledger.RecordAsync(pages, cancellationToken);
            }

            db.Announce(time.NowMs(), ("paging", "all"));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        });
    }

    private async Task SettleAsync(OpsDbContext db, IReadOnlyList<EndedAttempt> ended, CancellationToken cancellationToken)
    {
        var sent = ended.Where(one => one.Result.Outcome == AttemptOutcome.Sent).ToList();
        foreach (var alike in sent.GroupBy(one => (one.Message.ClaimId, Note: Cut(one.Result.Answer))))
        {
            var ids = alike.Select(one => one.Message.Id).ToList();
            var at = alike.Max(one => one.EndedAtMs);
            await db.Set<OutboxRow>()
                .Where(row => ids.Contains(row.Id) && row.ClaimId == alike.Key.ClaimId && row.State == MessageState.Sending)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.State, MessageState.Sent)
                        .SetProperty(row => row.SettledAtMs, at)
                        .SetProperty(row => row.ClaimId, 0)
                        .SetProperty(row => row.Note, alike.Key.Note),
                    cancellationToken);
            await EndAttemptsAsync(db, alike.ToList(), cancellationToken);
        }

        foreach (var one in ended.Where(one => one.Result.Outcome != AttemptOutcome.Sent))
        {
            await SettleFailedAsync(db, one, cancellationToken);
            await EndAttemptsAsync(db, [one], cancellationToken);
        }
    }

    private async Task SettleFailedAsync(OpsDbContext db, EndedAttempt one, CancellationToken cancellationToken)
    {
        var now = one.EndedAtMs;
        var wait = (long)RetryPlan.WaitAfter(one.Message.Attempt, Random.Shared.NextDouble(), one.Result.RetryAfter).TotalMilliseconds;
        var over = one.Result.Outcome == AttemptOutcome.Refused
            || (one.Message.Attempt >= LeastAttempts && now + wait > one.Message.FirstDueMs + (options.Value.GiveUpAfterMinutes * Instants.MinuteMs));
        var next = over ? MessageState.Dead : MessageState.Queued;
        var note = Cut(one.Result.Answer);
        await db.Set<OutboxRow>()
            .Where(row => row.Id == one.Message.Id && row.ClaimId == one.Message.ClaimId && row.State == MessageState.Sending)
            .ExecuteUpdateAsync(
                // Taken back while it was under way: decided by the same statement, so that no withdrawal slips between.
                set => set
                    .SetProperty(row => row.State, row => row.StopRequested ? MessageState.Withdrawn : next)
                    .SetProperty(row => row.SettledAtMs, row => row.StopRequested || over ? now : null)
                    .SetProperty(row => row.ClaimId, 0)
                    .SetProperty(row => row.QueuedAtMs, now)
                    .SetProperty(row => row.DueMs, now + wait)
                    .SetProperty(row => row.Note, note),
                cancellationToken);
    }

    private static async Task EndAttemptsAsync(OpsDbContext db, IReadOnlyList<EndedAttempt> alike, CancellationToken cancellationToken)
    {
        var ids = alike.Select(one => one.Message.Id).ToList();
        var (outcome, at, answer) = (alike[0].Result.Outcome, alike.Max(one => one.EndedAtMs), Cut(alike[0].Result.Answer));
        foreach (var number in alike.Select(one => one.Message.Attempt).Distinct())
        {
            await db.Set<DeliveryAttemptRow>()
                .Where(attempt => ids.Contains(attempt.MessageId) && attempt.Number == number)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(attempt => attempt.Outcome, outcome)
                        .SetProperty(attempt => attempt.EndedAtMs, at)
                        .SetProperty(attempt => attempt.Answer, answer),
                    cancellationToken);
        }
    }

    private static string Cut(string text) => text.Length <= OutboxRowMapping.MaxNoteLength ? text : text[..OutboxRowMapping.MaxNoteLength];
}
