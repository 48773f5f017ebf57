using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Alerts.Desk;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Incidents.Alerts.Intake;

/// <summary>Keeps what an integration last sent, and what was last wrong with it, beside it.</summary>
internal static class ReceivedLine
{
    public static async Task WriteAsync(OpsDbContext db, IReadOnlyList<AlertDelivery> group, long nowMs, CancellationToken cancellationToken)
    {
        foreach (var byIntegration in group.GroupBy(delivery => delivery.Integration.Id))
        {
            var rows = db.Set<IntegrationRow>().Where(row => row.Id == byIntegration.Key);
            if (byIntegration.LastOrDefault(delivery => delivery.Fault is null) is { } taken)
            {
                var count = byIntegration.Count(delivery => delivery.Fault is null);
                await rows.ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.LastReceivedAtMs, nowMs)
                        .SetProperty(row => row.LastReceived, taken.What)
                        .SetProperty(row => row.Received, row => row.Received + count),
                    cancellationToken);
            }

            if (byIntegration.LastOrDefault(delivery => delivery.Fault is not null) is { } refused)
            {
                var fault = AlertText.Cut(refused.Fault!, IntegrationMapping.MaxFaultLength);
                await rows.ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.LastFaultAtMs, nowMs).SetProperty(row => row.LastFault, fault),
                    cancellationToken);
            }
        }
    }
}
