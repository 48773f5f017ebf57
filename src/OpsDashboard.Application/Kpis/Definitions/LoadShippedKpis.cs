using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Kpis.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Kpis;

namespace OpsDashboard.Application.Kpis.Definitions;

/// <summary>
/// Brings the contracts' KPIs into the store at every start. The same again changes nothing; a newer text replaces what nobody
/// edited. A target somebody set is never touched: a newer catalog's is the one from its first day only where none was set.
/// </summary>
internal sealed class LoadShippedKpis(IServiceScopeFactory scopes, TimeProvider time) : IStartupStep
{
    private const string Author = "catalog";

    public int Order => 32;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var kpis = ShippedCatalogs.LoadKpis();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await LoadAsync(db, kpis, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        });
    }

    private async Task LoadAsync(OpsDbContext db, IReadOnlyList<KpiDefinition> kpis, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var known = await db.Set<KpiRow>().ToDictionaryAsync(row => row.Id, StringComparer.Ordinal, cancellationToken);
        var order = 0;
        foreach (var kpi in kpis)
        {
            var definition = KpiJson.Write(kpi);
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(definition)));
            if (!known.TryGetValue(kpi.Id, out var row))
            {
                // A millisecond apart, so that lists keep the order of the contract.
                db.Add(new KpiRow { Id = kpi.Id, Platform = kpi.Platform, Definition = definition, Version = 1, CatalogHash = hash, Author = Author, CreatedAtMs = now + order++ });
                db.Add(FirstAim(kpi, now));
            }
            else if (row.CatalogHash != hash)
            {
                row.CatalogHash = hash;
                if (!row.EditedByUser)
                {
                    (row.Definition, row.Version) = (definition, row.Version + 1);
                }
            }
        }

        if (db.ChangeTracker.HasChanges())
        {
            db.Announce(now, ("kpis", "all"));
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>It judges what lies before it too. "Within 6 months" counts from today.</summary>
    private KpiAimRow FirstAim(KpiDefinition kpi, long now) => new()
    {
        KpiId = kpi.Id,
        Number = 1,
        FromDay = Day.Number(DateOnly.MinValue),
        Aim = KpiJson.Write(kpi.WithinMonths is { } months ? kpi.Aim with { DueOn = time.Today().AddMonths(months) } : kpi.Aim),
        Reason = kpi.WithinMonths is { } within ? $"The contract's figure, within {within} months of the day its catalog was loaded" : "The contract's figure",
        Author = Author,
        CreatedAtMs = now,
    };
}
