using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Notifications.Delivery;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Testing;

/// <summary>Fills the outbox of a store that no program uses yet.</summary>
public static class OutboxPlanting
{
    public static async Task PlantMessageAsync(string dataDirectory, OutgoingMessage message, CancellationToken cancellationToken)
    {
        // Nobody sends it before the program under test does.
        await using var app = await InProcessApp.StartAsync(cancellationToken, new ManualClock(TimeProvider.System.GetUtcNow()), dataDirectory, configure: services =>
        {
            foreach (var worker in services.Where(service => service.ImplementationType == typeof(DeliveryWorker)).ToList())
            {
                services.Remove(worker);
            }
        });
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Outbox>().Enqueue(message);
        await scope.ServiceProvider.GetRequiredService<OpsDbContext>().SaveChangesAsync(cancellationToken);
    }
}
