using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Agreements.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Minutes;
using OpsDashboard.Application.Slos.Months;

namespace OpsDashboard.Application.Agreements.Statements;

/// <summary>
/// Draws up the statements of months that no late sample can reach any more, 48 h after their end, and a correction where stored
/// minutes say something else later. Two nodes may do it at once: the key of a statement lets one of them write it.
/// </summary>
internal sealed class StatementClose(
    IServiceScopeFactory scopes,
    StatementDrafter drafter,
    SloMinutes minutes,
    IStoreProvider provider,
    FeedSignal signal,
    TimeProvider time,
    ILogger<StatementClose> log)
{
    /// <summary>Setting: number of the newest month whose statements were drawn up.</summary>
    public const string ClosedThrough = "agreements.closedThrough";

    /// <summary>Older months are neither drawn up nor corrected.</summary>
    public const int MonthsBack = 13;

    private const long GraceMs = 48 * Instants.HourMs;

    private const int Group = 200;

    /// <returns>How many statements were written.</returns>
    public async Task<int> CloseAsync(CancellationToken cancellationToken)
    {
        var nowMs = time.NowMs();
        if (await minutes.IsHistoryUnderWayAsync(nowMs, cancellationToken))
        {
            return 0;
        }

        var agreements = await ReadAsync(cancellationToken);
        var newest = Newest(nowMs);
        var written = 0;
        for (var month = newest.Plus(1 - MonthsBack); month <= newest; month = month.Plus(1))
        {
            var done = (await LatestAsync(month, cancellationToken)).Keys.ToHashSet(StringComparer.Ordinal);
            var drafts = await drafter.DraftAsync(agreements.Where(agreement => !done.Contains(agreement.Id)), month, nowMs, cancellationToken);
            // A month of which nothing was measured waits: an import may still bring its history.
            var statements = drafts.Where(draft => draft.Uptime is not null).Select(draft => draft with { Kind = StatementKind.Original, Number = 1 });
            written += await WriteAsync([.. statements], month, cancellationToken);
        }

        await RememberAsync(newest, cancellationToken);
        return written;
    }

    /// <summary>Compares what was stated with what the minutes say now. Minutes that are gone change nothing.</summary>
    /// <param name="months">How many closed months to look at, newest first.</param>
    public async Task<int> CorrectAsync(int months, CancellationToken cancellationToken)
    {
        var nowMs = time.NowMs();
        if (await minutes.IsHistoryUnderWayAsync(nowMs, cancellationToken))
        {
            return 0;
        }

        var agreements = await ReadAsync(cancellationToken);
        var newest = Newest(nowMs);
        var written = 0;
        for (var month = newest; month > newest.Plus(-Math.Min(months, MonthsBack)); month = month.Plus(-1))
        {
            var latest = await LatestAsync(month, cancellationToken);
            var drafts = await drafter.DraftAsync(agreements.Where(agreement => latest.ContainsKey(agreement.Id)), month, nowMs, cancellationToken);
            var corrections = new List<Statement>();
            foreach (var draft in drafts.Where(draft => draft.EstimatedHours == 0 && draft.MinutesHash.Length > 0))
            {
                var before = JsonSerializer.Deserialize<Statement>(latest[draft.AgreementId].Body, StoreJson.Options)!;
                if (StatementChanges.Between(before, draft) is { Count: > 0 } changes)
                {
                    corrections.Add(draft with { Kind = StatementKind.Correction, Number = before.Number + 1, Changes = changes });
                }
            }

            written += await WriteAsync(corrections, month, cancellationToken);
        }

        return written;
    }

    private static YearMonth Newest(long nowMs) => YearMonth.Of(Instants.ToInstant(nowMs - GraceMs)).Plus(-1);

    private async Task<List<StoredAgreement>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<OpsDbContext>().ReadAgreementsAsync(null, cancellationToken);
    }

    private async Task<Dictionary<string, StatementRow>> LatestAsync(YearMonth month, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var number = month.Number;
        var rows = await scope.ServiceProvider.GetRequiredService<OpsDbContext>().Set<StatementRow>().AsNoTracking().Where(row => row.Month == number).ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.AgreementId, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.MaxBy(row => row.Number)!, StringComparer.Ordinal);
    }

    private async Task<int> WriteAsync(IReadOnlyList<Statement> statements, YearMonth month, CancellationToken cancellationToken)
    {
        var written = 0;
        foreach (var group in statements.Chunk(Group))
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
            db.AddRange(group.Select(statement => ToRow(statement, month.Number)));
            db.Announce(time.NowMs(), ("agreements", "all"), ("dashboard", "executive"));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                written += group.Length;
            }
            catch (DbUpdateException fault) when (provider.IsDuplicateKey(fault))
            {
                // Another node drew them up in the same moment, from the same minutes. What it left out is found at the next look.
                AgreementsLog.DrawnUpElsewhere(log, month.ToString());
            }
        }

        if (written > 0)
        {
            AgreementsLog.DrawnUp(log, written, month.ToString());
            signal.Nudge();
        }

        return written;
    }

    private static StatementRow ToRow(Statement statement, int month) => new()
    {
        AgreementId = statement.AgreementId,
        Month = month,
        Number = statement.Number,
        DrawnUpAtMs = statement.DrawnUpAt.ToUnixTimeMilliseconds(),
        Uptime = statement.Uptime,
        DownSeconds = statement.Seconds.Down,
        CreditPercent = statement.CreditPercent,
        CreditAmount = statement.CreditAmount,
        Currency = statement.Terms.Currency,
        Body = JsonSerializer.Serialize(statement, StoreJson.Options),
    };

    private async Task RememberAsync(YearMonth newest, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var number = newest.Number.ToString(CultureInfo.InvariantCulture);
        var row = await db.Set<SettingRow>().SingleOrDefaultAsync(setting => setting.Name == ClosedThrough, cancellationToken);
        if (row is null)
        {
            db.Add(new SettingRow { Name = ClosedThrough, Value = number });
        }
        else
        {
            row.Value = number;
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (provider.IsDuplicateKey(fault))
        {
            AgreementsLog.DrawnUpElsewhere(log, newest.ToString());
        }
    }
}
