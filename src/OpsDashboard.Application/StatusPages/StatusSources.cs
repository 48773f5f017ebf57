using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Maintenance;
using OpsDashboard.Application.StatusPages.Store;
using OpsDashboard.Domain.StatusPages;

namespace OpsDashboard.Application.StatusPages;

/// <summary>What the states of components are derived from: published incidents, planned work, and what people set by hand.</summary>
internal sealed class StatusSources(OpsDbContext db, PublishedIncidents incidents, MaintenanceNow maintenance)
{
    public const long AheadMs = 60 * Instants.DayMs;

    public sealed record Read(
        IReadOnlyList<ComponentRow> Components,
        IReadOnlyList<ComponentOverrideRow> Overrides,
        IReadOnlyList<StatusIncident> Incidents,
        IReadOnlyList<ScheduledWork> Work)
    {
        public ComponentTimeline TimelineOf(ComponentRow component) => new(
            [.. from incident in Incidents
                from effect in incident.Effects
                where Concerns(component, effect)
                select new ComponentSpan(incident.StartedAt.ToUnixTimeMilliseconds(), incident.ResolvedAt?.ToUnixTimeMilliseconds() ?? long.MaxValue, effect.State)],
            [.. Work.Where(work => Concerns(component, work)).Select(work => new ComponentSpan(work.StartMs, work.EndMs, ComponentState.UnderMaintenance))],
            [.. Overrides.Where(one => one.ComponentId == component.Id).Select(one => new ComponentSpan(one.FromMs, one.ToMs ?? long.MaxValue, one.State))]);

        private static bool Concerns(ComponentRow component, StatusEffect effect) =>
            component.Service is not null && component.Platform == effect.Platform && (effect.Service is null || effect.Service == component.Service);

        private static bool Concerns(ComponentRow component, ScheduledWork work) =>
            component.Service is not null && component.Platform == work.Platform && (work.Service is null || component.Service == $"{work.Platform}/{work.Service}");
    }

    /// <param name="fromMs">Incidents and work that ended before are left out.</param>
    public async Task<Read> ReadAsync(long fromMs, long nowMs, CancellationToken cancellationToken)
    {
        var components = await db.Set<ComponentRow>().AsNoTracking().OrderBy(row => row.Position).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        var overrides = await db.Set<ComponentOverrideRow>().AsNoTracking()
            .Where(row => row.ToMs == null || row.ToMs > fromMs)
            .OrderBy(row => row.Id)
            .ToListAsync(cancellationToken);
        return new Read(
            components,
            overrides,
            await incidents.SinceAsync(fromMs, cancellationToken),
            await maintenance.BetweenAsync(fromMs, nowMs + AheadMs, cancellationToken));
    }
}
