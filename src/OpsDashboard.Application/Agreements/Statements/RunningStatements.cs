using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Agreements.Store;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Months;

namespace OpsDashboard.Application.Agreements.Statements;

/// <summary>
/// What the month under way comes to so far, for every agreement. A reader gets what is at hand and, when that is older than a minute,
/// has it renewed behind its back; only where nothing is at hand it waits.
/// </summary>
internal sealed class RunningStatements(IServiceScopeFactory scopes, StatementDrafter drafter, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Usable = TimeSpan.FromMinutes(15);

    private readonly SemaphoreSlim gate = new(1, 1);
    private volatile Count? kept;
    private int generation;
    private int asked;

    private sealed record Count(long At, YearMonth Month, int Generation, IReadOnlyDictionary<string, Statement> Statements);

    public async Task<IReadOnlyDictionary<string, Statement>> ReadAsync(CancellationToken cancellationToken)
    {
        var month = YearMonth.Of(time.GetUtcNow());
        if (kept is { } count && count.Month == month && count.Generation == Volatile.Read(ref generation) && time.GetElapsedTime(count.At) < Usable)
        {
            if (time.GetElapsedTime(count.At) >= Fresh)
            {
                Interlocked.Exchange(ref asked, 1);
            }

            return count.Statements;
        }

        return await CountAsync(Usable, cancellationToken);
    }

    /// <summary>Agreements or history changed: what was counted before is wrong.</summary>
    public void Forget() => Interlocked.Increment(ref generation);

    public async Task RenewAskedAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref asked, 0) == 1)
        {
            await CountAsync(Fresh, cancellationToken);
        }
    }

    private async Task<IReadOnlyDictionary<string, Statement>> CountAsync(TimeSpan youngerThan, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            var month = YearMonth.Of(time.GetUtcNow());
            var current = Volatile.Read(ref generation);
            if (kept is { } count && count.Month == month && count.Generation == current && time.GetElapsedTime(count.At) < youngerThan)
            {
                return count.Statements;
            }

            await using var scope = scopes.CreateAsyncScope();
            var agreements = await scope.ServiceProvider.GetRequiredService<OpsDbContext>().ReadAgreementsAsync(null, cancellationToken);
            var drafts = await drafter.DraftAsync(agreements, month, time.NowMs(), cancellationToken);
            kept = new Count(time.GetTimestamp(), month, current, drafts.ToDictionary(draft => draft.AgreementId, StringComparer.Ordinal));
            return kept.Statements;
        }
        finally
        {
            gate.Release();
        }
    }
}
