using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;

namespace OpsDashboard.Web.Live;

internal static class LiveSetup
{
    /// <summary>Bytes of the largest message a client has reason to send: a topic and a key.</summary>
    private const int MaxMessageBytes = 4 * 1024;

    public static void AddLiveHub(this IServiceCollection services)
    {
        services.AddSingleton<LiveAudience>();
        services.AddSingleton<LiveCallers>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveCallers>());
        services.AddHostedService<LiveRelay>();
        services.AddSingleton<LiveFaults>();
        services.AddLogging(logging => logging.AddFilter(LiveFaults.Replaced, LogLevel.None));
        services.AddSignalR().AddHubOptions<LiveHub>(hub =>
        {
            hub.AddFilter<LiveFaults>();
            hub.SupportedProtocols = ["json"];
            hub.MaximumReceiveMessageSize = MaxMessageBytes;
            hub.MaximumParallelInvocationsPerClient = 1;
        });
    }

    /// <summary>Open to everyone, since the public status page listens here too; what may be followed is asked at each subject.</summary>
    public static void MapLiveHub(this WebApplication app) => app.MapHub<LiveHub>("/hubs/live", connection =>
    {
        connection.Transports = HttpTransportType.WebSockets | HttpTransportType.LongPolling;
        connection.ApplicationMaxBufferSize = MaxMessageBytes * 2;
        connection.TransportMaxBufferSize = 32 * 1024;
    }).AllowAnonymous();
}
