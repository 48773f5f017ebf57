using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Alerts.Desk;

/// <summary>What decides about alerts at an instant: routing, silences, planned maintenance and the services there are.</summary>
internal sealed class AlertTerms
{
    private readonly IReadOnlyList<RoutingRule> rules;
    private readonly IReadOnlyList<(int Id, Silence Silence)> silences;
    private readonly IReadOnlyList<MaintenanceOfDay> maintenance;
    private readonly IReadOnlySet<string> services;
    private readonly long nowMs;

    private AlertTerms(
        IReadOnlyList<RoutingRule> rules,
        IReadOnlyList<(int Id, Silence Silence)> silences,
        IReadOnlyList<MaintenanceOfDay> maintenance,
        IReadOnlySet<string> services,
        long nowMs) => (this.rules, this.silences, this.maintenance, this.services, this.nowMs) = (rules, silences, maintenance, services, nowMs);

    public static async Task<AlertTerms> ReadAsync(OpsDbContext db, MaintenanceToday maintenance, long nowMs, CancellationToken cancellationToken)
    {
        var rules = await db.Set<RoutingRuleRow>().AsNoTracking().OrderBy(row => row.Position).ThenBy(row => row.Id).Select(row => row.Definition).ToListAsync(cancellationToken);
        var silences = await db.Set<SilenceRow>().AsNoTracking().Where(row => row.StartsAtMs <= nowMs && row.EndsAtMs > nowMs).ToListAsync(cancellationToken);
        return new AlertTerms(
            [.. rules.Select(rule => JsonSerializer.Deserialize<RoutingRule>(rule, StoreJson.Options)!)],
            [.. silences.Select(row => (row.Id, AsSilence(row)))],
            await maintenance.ListAsync(DateTimeOffset.FromUnixTimeMilliseconds(nowMs), cancellationToken),
            (await db.ListServicePathsAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal),
            nowMs);
    }

    public static Silence AsSilence(SilenceRow row) =>
        new(JsonSerializer.Deserialize<IReadOnlyList<LabelMatcher>>(row.Matchers, StoreJson.Options)!, row.StartsAtMs, row.EndsAtMs);

    /// <param name="labels">Of the signal, with what is known beside them.</param>
    public AlertRoute Route(AlertSignal signal, IReadOnlyDictionary<string, string> labels, string? integrationPlatform)
    {
        var (platform, service) = Place(signal.Platform ?? labels.GetValueOrDefault("platform"), signal.Service ?? labels.GetValueOrDefault("service"));
        var word = signal.Severity ?? labels.GetValueOrDefault("severity");
        var claim = new AlertClaim(labels, platform, service, signal.Level ?? AlertRouting.LevelOf(word), word, signal.PolicyId);
        var route = AlertRouting.Decide(rules, claim, integrationPlatform);
        return route with { Platform = Named(route.Platform) ?? AlertRouting.DefaultPlatform, Service = Named(route.Service) };
    }

    /// <summary>The name on the platform's scale: the one that was stated where the scale has it, else the one of the level.</summary>
    public static string SeverityOf(AlertRoute route)
    {
        var scale = ShippedScales.For(route.Platform);
        return (scale.Find(route.Severity) ?? scale.Levels[Math.Min((int)route.Level, scale.Levels.Count - 1)]).Name;
    }

    /// <summary>Whether there is anything now that keeps an alert from paging.</summary>
    public bool MuteAnything => silences.Count > 0 || maintenance.Any(window => window.Active);

    /// <summary>Why an alert may not page now.</summary>
    public (AlertMute Mute, int? SilenceId) MuteOf(IReadOnlyDictionary<string, string> labels, string platform, string? service)
    {
        foreach (var (id, silence) in silences)
        {
            if (silence.Mutes(labels, nowMs))
            {
                return (AlertMute.Silence, id);
            }
        }

        return maintenance.Any(window => window.Active && window.Platform == platform && (window.Service is null || window.Service == service))
            ? (AlertMute.Maintenance, null)
            : (AlertMute.None, null);
    }

    /// <summary>A service may be named by its path, or by its name where only one platform has it.</summary>
    private (string? Platform, string? Service) Place(string? platform, string? service)
    {
        if (string.IsNullOrWhiteSpace(service))
        {
            return (platform, null);
        }

        if (services.Contains(service) && service.Split('/') is [var first, var second])
        {
            return (first, second);
        }

        if (platform is not null)
        {
            return (platform, service);
        }

        var homes = services.Where(path => path.EndsWith($"/{service}", StringComparison.Ordinal)).Take(2).ToList();
        return homes is [var home] ? (home[..home.IndexOf('/', StringComparison.Ordinal)], service) : (null, service);
    }

    private static string? Named(string? text) => StoredSlis.IsName(text) ? text : null;
}
