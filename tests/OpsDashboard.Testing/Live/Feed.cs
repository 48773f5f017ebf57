using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Testing.Live;

/// <summary>Writes to the change feed of a running application as a command does: one row, committed, then a nudge.</summary>
public static class Feed
{
    public static async Task AnnounceAsync(IServiceProvider services, CancellationToken cancellationToken, params (string Topic, string Key)[] subjects)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        db.Announce(services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds(), subjects);
        await db.SaveChangesAsync(cancellationToken);
        services.GetRequiredService<FeedSignal>().Nudge();
    }
}
