using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Alerts.Desk;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Alerts.Listing;

/// <summary>Open alerts, the worst and newest first; or those that resolved last.</summary>
public sealed record ListAlerts : IQuery<AlertList>
{
    /// <summary>Most alerts in one answer.</summary>
    public const int Most = 500;

    public static Access Access => Access.View;

    public bool Resolved { get; init; }

    public string? Platform { get; init; }

    public AlertLevel? Level { get; init; }

    public AlertSource? Source { get; init; }

    /// <summary>Only alerts that are muted, or only alerts that are not.</summary>
    public bool? Muted { get; init; }

    /// <summary>Part of a title, a service or a label's value.</summary>
    public string? Text { get; init; }
}

/// <param name="Items">At most <see cref="ListAlerts.Most"/>.</param>
/// <param name="Total">How many the filters leave.</param>
/// <param name="Open">Of all open alerts, by level.</param>
/// <param name="Muted">Of all open alerts.</param>
/// <param name="Stale">Of all open alerts.</param>
public sealed record AlertList(IReadOnlyList<AlertSummary> Items, int Total, IReadOnlyDictionary<AlertLevel, int> Open, int Muted, int Stale, IReadOnlyList<string> Platforms);

/// <param name="Stale">Its sender has not told of it for longer than it should.</param>
/// <param name="Repeats">Messages that told nothing new.</param>
/// <param name="Occurrences">Firings since it opened.</param>
public sealed record AlertSummary(
    long Id,
    string Title,
    string? Description,
    string? Link,
    AlertSource Source,
    string Platform,
    string? Service,
    AlertLevel Level,
    string Severity,
    AlertAction Action,
    AlertMute Mute,
    int? SilenceId,
    long? IncidentId,
    DateTimeOffset StartsAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset? ResolvedAt,
    bool Stale,
    int Repeats,
    int Occurrences,
    IReadOnlyDictionary<string, string> Labels);

internal sealed class ListAlertsHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<ListAlerts, Outcome<AlertList>>
{
    public async Task<Outcome<AlertList>> Handle(ListAlerts request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var all = db.Set<AlertRow>().AsNoTracking();
        var open = all.Where(row => row.OpenKey != null);
        var chosen = Choose(request.Resolved ? all.Where(row => row.OpenKey == null) : open, request);
        var total = await chosen.CountAsync(cancellationToken);
        // Levels are stored as words, whose order says nothing.
        var ordered = request.Resolved
            ? chosen.OrderByDescending(row => row.ResolvedAtMs).ThenByDescending(row => row.Id)
            : chosen.OrderBy(row => row.Level == AlertLevel.Critical ? 0 : row.Level == AlertLevel.High ? 1 : row.Level == AlertLevel.Warning ? 2 : 3)
                .ThenByDescending(row => row.OpenedAtMs).ThenByDescending(row => row.Id);
        var rows = await ordered.Take(ListAlerts.Most).ToListAsync(cancellationToken);
        var counts = await open.GroupBy(row => row.Level).Select(group => new { Level = group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        return new AlertList(
            rows.ConvertAll(row => Describe(row, now)),
            total,
            counts.ToDictionary(count => count.Level, count => count.Count),
            await open.CountAsync(row => row.Mute != AlertMute.None, cancellationToken),
            await open.CountAsync(row => row.StaleAfterSeconds != null && row.LastSeenAtMs + (row.StaleAfterSeconds * 1000L) < now, cancellationToken),
            await all.Select(row => row.Platform).Distinct().OrderBy(platform => platform).ToListAsync(cancellationToken));
    }

    internal static AlertSummary Describe(AlertRow row, long nowMs) => new(
        row.Id,
        row.Title,
        row.Description,
        row.Link,
        row.Source,
        row.Platform,
        row.Service,
        row.Level,
        row.Severity,
        row.Action,
        row.Mute,
        row.SilenceId,
        row.IncidentId,
        Instants.ToInstant(row.StartsAtMs),
        Instants.ToInstant(row.LastSeenAtMs),
        row.ResolvedAtMs is { } resolved ? Instants.ToInstant(resolved) : null,
        row.IsOpen && row.StaleAfterSeconds is { } patience && row.LastSeenAtMs + (patience * 1000L) < nowMs,
        row.Repeats,
        row.Occurrences,
        AlertText.Read(row.Labels));

    private static IQueryable<AlertRow> Choose(IQueryable<AlertRow> rows, ListAlerts request)
    {
        if (request.Platform is { } platform)
        {
            rows = rows.Where(row => row.Platform == platform);
        }

        if (request.Level is { } level)
        {
            rows = rows.Where(row => row.Level == level);
        }

        if (request.Source is { } source)
        {
            rows = rows.Where(row => row.Source == source);
        }

        if (request.Muted is { } muted)
        {
            rows = rows.Where(row => row.Mute != AlertMute.None == muted);
        }

        if (!string.IsNullOrWhiteSpace(request.Text))
        {
            var pattern = $"%{Like.Escape(request.Text.Trim())}%";
            rows = rows.Where(row => EF.Functions.Like(row.Title, pattern, Like.EscapeSign) || EF.Functions.Like(row.Labels, pattern, Like.EscapeSign));
        }

        return rows;
    }
}

/// <summary>Text that LIKE takes as it stands.</summary>
internal static class Like
{
    public const string EscapeSign = "!";

    public static string Escape(string text) => text
        .Replace("!", "!!", StringComparison.Ordinal)
        .Replace("%", "!%", StringComparison.Ordinal)
        .Replace("_", "!_", StringComparison.Ordinal)
        .Replace("[", "![", StringComparison.Ordinal);
}

internal sealed class TrimAlerts : ITrim<ListAlerts, Outcome<AlertList>>
{
    /// <summary>What is counted is then counted of what is shown.</summary>
    public Outcome<AlertList> Trim(Outcome<AlertList> response, Scope scope)
    {
        var items = response.Value.Items.Where(alert => scope.Covers(alert.Platform, alert.Service)).ToList();
        return new AlertList(
            items,
            items.Count,
            items.Where(alert => alert.ResolvedAt is null).GroupBy(alert => alert.Level).ToDictionary(group => group.Key, group => group.Count()),
            items.Count(alert => alert.Mute != AlertMute.None),
            items.Count(alert => alert.Stale),
            [.. response.Value.Platforms.Where(scope.Meets)]);
    }
}
