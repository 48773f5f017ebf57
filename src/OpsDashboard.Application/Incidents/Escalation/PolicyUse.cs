using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.OnCall.Policies;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Escalation;

/// <summary>Says what of incidents and alerts goes by an escalation policy that is about to be removed.</summary>
internal sealed class PolicyUse(OpsDbContext db, IOptions<IncidentsOptions> options) : INotificationHandler<PolicyRemoval>
{
    private const int MostNamed = 5;

    public async Task Handle(PolicyRemoval notification, CancellationToken cancellationToken)
    {
        if (notification.PolicyId == options.Value.ManagerPolicy)
        {
            notification.Object("missed clocks go to it");
        }

        foreach (var name in await db.Set<IncidentRow>().Where(row => row.ResolvedAtMs == null && row.PolicyId == notification.PolicyId).OrderBy(row => row.Id).Take(MostNamed).Select(row => row.Name).ToListAsync(cancellationToken))
        {
            notification.Object($"the open incident {name}");
        }

        var rules = await db.Set<RoutingRuleRow>().AsNoTracking().ToListAsync(cancellationToken);
        foreach (var rule in rules.Where(rule => JsonSerializer.Deserialize<RoutingRule>(rule.Definition, StoreJson.Options)?.PolicyId == notification.PolicyId).Take(MostNamed))
        {
            notification.Object($"the routing rule {rule.Name}");
        }
    }
}
