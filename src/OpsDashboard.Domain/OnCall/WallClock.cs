using NodaTime;
using NodaTime.TimeZones;

namespace OpsDashboard.Domain.OnCall;

/// <summary>
/// Local times as instants: one that happens twice is meant the first time, one that never happens is the first valid instant after
/// it. Later local times never become earlier instants.
/// </summary>
public static class WallClock
{
    private static readonly ZoneLocalMappingResolver Resolve = Resolvers.CreateMappingResolver(
        (earlier, _) => earlier,
        (_, zone, _, after) => after.Start.InZone(zone));

    public static Instant At(DateTimeZone zone, LocalDateTime local) => zone.ResolveLocal(local, Resolve).ToInstant();
}
