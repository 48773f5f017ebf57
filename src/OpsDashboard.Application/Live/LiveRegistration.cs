using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OpsDashboard.Application.Live;

internal static class LiveRegistration
{
    public static void AddLive(this IServiceCollection services)
    {
        services.AddSingleton<FeedSignal>();
        services.AddSingleton<LiveBus>();
        services.AddTransient<FeedTail>();
        services.AddHostedService<FeedPump>();
        services.AddHostedService<FeedPruner>();
    }

    public static Lease CreateLease(this IServiceProvider provider, string name) => new(
        name,
        provider.GetRequiredService<IServiceScopeFactory>(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<Lease>>());
}
