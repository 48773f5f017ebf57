using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Kpis.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Domain.Kpis;

namespace OpsDashboard.Application.Kpis.Computation;

/// <summary>
/// Computes the months of all computed KPIs. While a month runs, and until no late sample can change it, its figure is one row that
/// moves; then it becomes an entry, and what comes to light later is a correction beside it.
/// </summary>
internal sealed class KpiComputer(IServiceScopeFactory scopes, SloMonths months, FeedSignal signal, TimeProvider time)
{
    /// <summary>Months looked at where history may have changed.</summary>
    public const int AllMonths = 13;

    /// <summary>As months of objectives close.</summary>
    private const long GraceMs = 48 * Instants.HourMs;

    private const string Author = "computed";

    /// <returns>How many figures were new or moved.</returns>
    public async Task<int> ComputeAsync(int monthsBack, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var current = YearMonth.Of(now);
        var first = current.Plus(1 - monthsBack);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = Caller.System;
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var kpis = (await db.Set<KpiRow>().AsNoTracking().ToListAsync(cancellationToken)).ConvertAll(KpiBook.Read).FindAll(kpi => kpi.Computed is not null);
        var results = (await months.ReadAsync(first, current, cancellationToken)).ToLookup(result => result.Month);
        var computed = new List<(string KpiId, YearMonth Month, decimal Value)>();
        for (var month = first; month <= current; month = month.Plus(1))
        {
            var facts = new MonthFacts(scope.ServiceProvider.GetRequiredService<IDispatcher>(), month, [.. results[month]], now);
            foreach (var kpi in kpis)
            {
                if (await KpiCalculator.ComputeAsync(kpi, facts, cancellationToken) is { } value)
                {
                    computed.Add((kpi.Id, month, decimal.Round(value, 12)));
                }
            }
        }

        return await StoreAsync(db, computed, first, now.ToUnixTimeMilliseconds(), cancellationToken);
    }

    private async Task<int> StoreAsync(OpsDbContext db, List<(string KpiId, YearMonth Month, decimal Value)> computed, YearMonth first, long nowMs, CancellationToken cancellationToken)
    {
        var moved = 0;
        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var from = StartOf(first);
            var known = (await db.Set<KpiEntryRow>().Where(row => row.IsCurrent && row.Start >= from).ToListAsync(cancellationToken)).ToDictionary(row => (row.KpiId, row.Start));
            moved = computed.Count(one => Put(db, one, known.GetValueOrDefault((one.KpiId, StartOf(one.Month))), nowMs));
            if (moved > 0)
            {
                db.Announce(nowMs, [("kpis", "all"), ("dashboard", "executive"), .. computed.Select(one => ("kpi", one.KpiId)).Distinct()]);
                await db.SaveChangesAsync(cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        });
        if (moved > 0)
        {
            signal.Nudge();
        }

        return moved;
    }

    private static bool Put(OpsDbContext db, (string KpiId, YearMonth Month, decimal Value) one, KpiEntryRow? before, long nowMs)
    {
        var settled = nowMs >= one.Month.End.ToUnixTimeMilliseconds() + GraceMs;
        if (before is { Number: 0 } && !settled)
        {
            if (before.Value == one.Value)
            {
                return false;
            }

            (before.Value, before.AtMs) = (one.Value, nowMs);
            return true;
        }

        if (before is { Number: 0 })
        {
            db.Remove(before);
        }
        else if (before?.Value == one.Value)
        {
            return false;
        }
        else if (before is not null)
        {
            before.IsCurrent = false;
        }

        db.Add(new KpiEntryRow
        {
            KpiId = one.KpiId,
            Start = StartOf(one.Month),
            Number = settled || before is not null ? (before?.Number ?? 0) + 1 : 0,
            Value = one.Value,
            IsCurrent = true,
            Source = KpiSource.Computed,
            Note = before is { Number: > 0 } ? "Computed again from what came to light later" : null,
            Author = Author,
            AtMs = nowMs,
        });
        return true;
    }

    private static int StartOf(YearMonth month) => (month.Number * 100) + 1;
}
