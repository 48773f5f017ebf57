using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Clocks;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents;

/// <summary>Which incidents a list shows.</summary>
public enum IncidentScope
{
    Open,
    Resolved,
    All,
}

/// <summary>Incidents, the open ones first, the worst of them first; then what was, newest first. Filters that are null do not filter.</summary>
public sealed record ListIncidents : IQuery<IReadOnlyList<IncidentSummary>>
{
    /// <summary>Most incidents in one answer.</summary>
    public const int Most = 2_000;

    public static Access Access => Access.View;

    public IncidentScope Scope { get; init; } = IncidentScope.All;

    public string? Platform { get; init; }

    /// <summary>Name within a platform, or platform/service.</summary>
    public string? Service { get; init; }

    public string? Severity { get; init; }

    public IncidentPhase? Phase { get; init; }

    /// <summary>Part of title or name.</summary>
    public string? Text { get; init; }

    /// <summary>Detected at or after; null: 400 days back. Open ones are always there.</summary>
    public DateTimeOffset? From { get; init; }

    public int Limit { get; init; } = 500;
}

internal sealed class ListIncidentsHandler(OpsDbContext db, IncidentClocks clocks, TimeProvider time) : IRequestHandler<ListIncidents, Outcome<IReadOnlyList<IncidentSummary>>>
{
    private const long LookBackMs = 400 * Instants.DayMs;

    public async Task<Outcome<IReadOnlyList<IncidentSummary>>> Handle(ListIncidents request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var rows = await Filtered(request, now)
            .OrderBy(row => row.ResolvedAtMs != null)
            .ThenBy(row => row.ResolvedAtMs != null ? 0 : row.SeverityRank)
            .ThenByDescending(row => row.DetectedAtMs)
            .ThenByDescending(row => row.Id)
            .Take(Math.Clamp(request.Limit, 1, ListIncidents.Most))
            .Include(row => row.Pauses)
            .Include(row => row.Services)
            .Include(row => row.Roles)
            .AsSplitQuery()
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => IncidentSummary.Of(row, clocks, now));
    }

    private IQueryable<IncidentRow> Filtered(ListIncidents request, long nowMs)
    {
        var from = request.From?.ToUnixTimeMilliseconds() ?? nowMs - LookBackMs;
        var rows = db.Set<IncidentRow>().AsNoTracking().Where(row => row.ResolvedAtMs == null || row.DetectedAtMs >= from);
        rows = request.Scope switch
        {
            IncidentScope.Open => rows.Where(row => row.ResolvedAtMs == null),
            IncidentScope.Resolved => rows.Where(row => row.ResolvedAtMs != null),
            IncidentScope.All => rows,
        };
        if (request.Platform is { } platform)
        {
            rows = rows.Where(row => row.Platform == platform);
        }

        if (request.Service is { } service)
        {
            rows = rows.Where(row => row.Services.Any(affected => affected.Path == service || affected.Path == row.Platform + "/" + service));
        }

        if (request.Severity is { } severity)
        {
            rows = rows.Where(row => row.Severity == severity);
        }

        if (request.Phase is { } phase)
        {
            rows = rows.Where(row => row.Phase == phase);
        }

        if (request.Text is { Length: > 0 } text)
        {
            var pattern = $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal)}%";
            rows = rows.Where(row => EF.Functions.Like(row.Title, pattern, "\\") || EF.Functions.Like(row.Name, pattern, "\\"));
        }

        return rows;
    }
}

internal sealed class TrimIncidents : ITrim<ListIncidents, Outcome<IReadOnlyList<IncidentSummary>>>
{
    public Outcome<IReadOnlyList<IncidentSummary>> Trim(Outcome<IReadOnlyList<IncidentSummary>> response, Scope scope) => response.Value
        .Where(incident => incident.Services.Count == 0 ? scope.Covers(incident.Platform) : incident.Services.Any(service => scope.Covers(new Touched(service.Path))))
        .ToList();
}
