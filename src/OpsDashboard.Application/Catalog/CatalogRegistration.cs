using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Catalog;

internal static class CatalogRegistration
{
    public static void AddCatalog(this IServiceCollection services)
    {
        services.AddSingleton<SeriesDirectory>();
        services.AddSingleton<ShippedCatalogShelf>();
        services.AddScoped(provider => new CatalogStore(provider.GetRequiredService<OpsDbContext>()));
        services.AddSingleton<IFeedListener, SeriesDirectoryRefresh>();
    }
}
