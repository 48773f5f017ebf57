using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Alerts.Integrations;

/// <summary>Integrations that are not revoked with their heartbeats, by name.</summary>
public sealed record ListIntegrations : IQuery<IReadOnlyList<IntegrationSummary>>
{
    public static Access Access => Access.View;
}

/// <param name="KeyHint">The first characters of its key.</param>
/// <param name="LastReceived">What came last, in words.</param>
/// <param name="LastFault">What was wrong with the last body that was refused.</param>
/// <param name="OpenAlerts">Of its alerts.</param>
public sealed record IntegrationSummary(
    int Id,
    string Name,
    string? Platform,
    string KeyHint,
    int StaleAfterMinutes,
    DateTimeOffset CreatedAt,
    string Author,
    DateTimeOffset? LastReceivedAt,
    string? LastReceived,
    long Received,
    DateTimeOffset? LastFaultAt,
    string? LastFault,
    int OpenAlerts,
    IReadOnlyList<HeartbeatSummary> Heartbeats);

/// <param name="NextBy">When it is missed, or was.</param>
public sealed record HeartbeatSummary(
    int Id,
    string Name,
    string? Platform,
    string? Service,
    int IntervalSeconds,
    int GraceSeconds,
    AlertLevel Level,
    DateTimeOffset? LastPingAt,
    DateTimeOffset NextBy,
    bool Missed);

internal sealed class ListIntegrationsHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<ListIntegrations, Outcome<IReadOnlyList<IntegrationSummary>>>
{
    public async Task<Outcome<IReadOnlyList<IntegrationSummary>>> Handle(ListIntegrations request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var rows = await db.Set<IntegrationRow>().AsNoTracking().Where(row => row.RevokedAtMs == null).OrderBy(row => row.Name).ToListAsync(cancellationToken);
        var heartbeats = (await db.Set<HeartbeatRow>().AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellationToken)).ToLookup(row => row.IntegrationId);
        var open = await db.Set<AlertRow>().Where(row => row.OpenKey != null && row.IntegrationId != null)
            .GroupBy(row => row.IntegrationId!.Value)
            .Select(group => new { Id = group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Id, group => group.Count, cancellationToken);
        return rows.ConvertAll(row => new IntegrationSummary(
            row.Id,
            row.Name,
            row.Platform,
            row.KeyHint,
            row.StaleAfterSeconds / 60,
            Instants.ToInstant(row.CreatedAtMs),
            row.Author,
            At(row.LastReceivedAtMs),
            row.LastReceived,
            row.Received,
            At(row.LastFaultAtMs),
            row.LastFault,
            open.GetValueOrDefault(row.Id),
            [.. heartbeats[row.Id].Select(heartbeat => Describe(heartbeat, now))]));
    }

    internal static HeartbeatSummary Describe(HeartbeatRow row, long nowMs) => new(
        row.Id,
        row.Name,
        row.Platform,
        row.Service,
        row.IntervalSeconds,
        row.GraceSeconds,
        row.Level,
        At(row.LastPingAtMs),
        Instants.ToInstant(row.DueAtMs),
        row.DueAtMs <= nowMs);

    private static DateTimeOffset? At(long? unixMs) => unixMs is { } at ? Instants.ToInstant(at) : null;
}
