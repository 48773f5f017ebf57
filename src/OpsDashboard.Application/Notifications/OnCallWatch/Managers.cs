using Microsoft.Extensions.Options;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.OnCall;
using OpsDashboard.Application.OnCall.Roster;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.Notifications.OnCallWatch;

/// <summary>Who is told of what is nobody else's: the operations manager, else whoever catches all.</summary>
internal sealed class Managers(OnCallRoster roster, IOptions<IncidentsOptions> options)
{
    public async Task<IReadOnlyList<PersonRef>> WhoAsync(long nowMs, CancellationToken cancellationToken)
    {
        var level = (await roster.FindPolicyAsync(options.Value.ManagerPolicy, cancellationToken))?.Levels[0];
        return level is not null && await roster.WhoAsync(level.Targets, nowMs, cancellationToken) is { Count: > 0 } managers
            ? managers
            : await roster.CatchAllAsync(nowMs, cancellationToken);
    }
}
