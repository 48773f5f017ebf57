using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Slos.Import;

/// <summary>
/// Brings the shipped catalogs into the store at every start; what is there already is left alone, so it costs little. A catalog
/// whose version the store already has is not even compared.
/// </summary>
internal sealed class LoadShippedCatalogs(IServiceScopeFactory scopes, FeedSignal signal, SeriesDirectory directory, TimeProvider time) : IStartupStep
{
    public int Order => 20;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        var import = scope.ServiceProvider.GetRequiredService<CatalogImport>();
        var catalogs = ShippedCatalogs.Load();
        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            foreach (var catalog in catalogs)
            {
                await LoadAsync(db, import, catalog, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        });
        signal.Nudge();
        await directory.LoadAsync(cancellationToken);
    }

    private async Task LoadAsync(OpsDbContext db, CatalogImport import, ShippedCatalog catalog, CancellationToken cancellationToken)
    {
        var name = $"catalog.{catalog.Name}.version";
        var version = catalog.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var known = await db.Set<SettingRow>().SingleOrDefaultAsync(row => row.Name == name, cancellationToken);
        if (known?.Value == version)
        {
            return;
        }

        await import.ApplyAsync(ContentOf(catalog), time.NowMs(), cancellationToken);
        if (known is null)
        {
            db.Add(new SettingRow { Name = name, Value = version });
        }
        else
        {
            known.Value = version;
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    internal static ImportContent ContentOf(ShippedCatalog catalog) => new()
    {
        Catalog = new CatalogContent
        {
            Origin = catalog.Name,
            ByUser = false,
            Services = catalog.Services,
            Slis = catalog.Slis,
            DataSources = catalog.DataSources,
            Documents = [.. catalog.Documents.Select(CatalogDocument.Of)],
        },
        Slos = catalog.Slos,
        Reason = $"Shipped catalog {catalog.Name}, version {catalog.Version}",
        Author = "catalog",
    };
}
