using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Slos.Status;

namespace OpsDashboard.Application.Slos;

internal static class SlosRegistration
{
    public static void AddSlos(this IServiceCollection services)
    {
        services.AddSingleton<StatusBoard>();
        services.AddSingleton<IFeedListener>(provider => provider.GetRequiredService<StatusBoard>());
    }
}
