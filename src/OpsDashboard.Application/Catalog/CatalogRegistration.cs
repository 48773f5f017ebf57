using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Live;

namespace OpsDashboard.Application.Catalog;

internal static class CatalogRegistration
{
    public static void AddCatalog(this IServiceCollection services)
    {
        services.AddSingleton<SeriesDirectory>();
        services.AddSingleton<IFeedListener, SeriesDirectoryRefresh>();
    }
}
