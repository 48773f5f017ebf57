using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Evaluation;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Months;

/// <summary>
/// Counts of months that are not closed, made from the stored hours. A reader gets what is at hand and, when that is older than
/// a minute, has it renewed behind its back; only where nothing is at hand it waits.
/// </summary>
internal sealed class OpenMonths(IServiceScopeFactory scopes, MonthJudge judge, SeriesDirectory directory, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>Nobody renewed it for so long (no reader came): better wait than show it.</summary>
    private static readonly TimeSpan Usable = TimeSpan.FromMinutes(15);

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly ConcurrentDictionary<YearMonth, Count> counts = new();
    private readonly ConcurrentDictionary<YearMonth, byte> asked = new();
    private int generation;

    private sealed record Count(long At, IReadOnlyList<MonthResult> Results);

    public async Task<IReadOnlyList<MonthResult>> ReadAsync(YearMonth month, CancellationToken cancellationToken)
    {
        if (counts.TryGetValue(month, out var kept) && time.GetElapsedTime(kept.At) is var age && age < Usable)
        {
            if (age >= Fresh)
            {
                asked.TryAdd(month, 0);
            }

            return kept.Results;
        }

        return await CountAsync(month, Usable, cancellationToken);
    }

    /// <summary>History was rewritten: what was counted before is wrong.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref generation);
        counts.Clear();
    }

    /// <summary>Counts the month under way, and the one before while late samples still keep it open.</summary>
    public async Task WarmAsync(CancellationToken cancellationToken)
    {
        var current = YearMonth.Of(time.GetUtcNow());
        await CountAsync(current, Fresh, cancellationToken);
        if (!await IsClosedAsync(current.Plus(-1), cancellationToken))
        {
            await CountAsync(current.Plus(-1), Fresh, cancellationToken);
        }
    }

    public async Task RenewAskedAsync(CancellationToken cancellationToken)
    {
        foreach (var month in asked.Keys)
        {
            asked.TryRemove(month, out _);
            await CountAsync(month, Fresh, cancellationToken);
        }
    }

    private async Task<bool> IsClosedAsync(YearMonth month, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var number = month.Number;
        return await scope.ServiceProvider.GetRequiredService<OpsDbContext>().Set<SloMonthRow>().AnyAsync(row => row.Month == number, cancellationToken);
    }

    /// <summary>One count at a time: two readers of a cold month ask for the same, and the store has better to do.</summary>
    private async Task<IReadOnlyList<MonthResult>> CountAsync(YearMonth month, TimeSpan youngerThan, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (counts.TryGetValue(month, out var kept) && time.GetElapsedTime(kept.At) < youngerThan)
            {
                return kept.Results;
            }

            var before = Volatile.Read(ref generation);
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
            var objectives = await db.LoadObjectivesAsync(directory, null, cancellationToken);
            await SloMonths.MaintenanceTerms(db, objectives, cancellationToken);
            var judged = await judge.JudgeAsync(objectives, month, time.NowMs(), cancellationToken);
            var results = judged.Where(one => one.Evaluation.Total > 0).Select(one => SloMonths.ToResult(one, month)).ToList();
            if (before == Volatile.Read(ref generation))
            {
                counts[month] = new Count(time.GetTimestamp(), results);
            }

            return results;
        }
        finally
        {
            gate.Release();
        }
    }
}
