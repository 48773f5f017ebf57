using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Revisions;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Slos.Detail;

/// <summary>What stands around the figures of one objective: its clauses, alerts, maintenance.</summary>
public sealed record GetSloDetail(string Id) : IQuery<SloDetail>, IScoped
{
    public static Access Access => Access.View;

    Touches IScoped.Touches => Touches.One(Touched.Of(Id));
}

public sealed record SloDetail
{
    /// <summary>Most alerts and most maintenance windows told.</summary>
    public const int MaxEntries = 100;

    public required string Id { get; init; }

    /// <summary>The version judged by now.</summary>
    public required SloDefinition Definition { get; init; }

    public required IReadOnlyList<OtherClause> Disagreements { get; init; }

    /// <summary>Of the last 90 days, newest first.</summary>
    public required IReadOnlyList<BurnAlertEntry> BurnAlerts { get; init; }

    /// <summary>Planned windows since the objective's window began and those to come, oldest first.</summary>
    public required IReadOnlyList<MaintenanceEntry> Maintenance { get; init; }
}

/// <summary>A clause that says something else.</summary>
/// <param name="SloId">The objective that implements it; null where none does.</param>
/// <param name="Said">The other clause in words, where no objective implements it.</param>
public sealed record OtherClause(string? SloId, string? SloName, decimal? Target, Clause? Clause, string? Said, string Why);

/// <param name="Rule">Long and short window, as 1h/5m.</param>
/// <param name="Until">Null while it fires.</param>
public sealed record BurnAlertEntry(string Rule, AlertSeverity Severity, decimal Threshold, DateTimeOffset Since, DateTimeOffset? Until);

/// <param name="ForWholePlatform">Not only for the objective's service.</param>
public sealed record MaintenanceEntry(DateTimeOffset Start, DateTimeOffset End, DateTimeOffset AnnouncedAt, string Reason, bool ForWholePlatform);

internal sealed class GetSloDetailHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<GetSloDetail, Outcome<SloDetail>>
{
    private const int AlertDays = 90;

    public async Task<Outcome<SloDetail>> Handle(GetSloDetail request, CancellationToken cancellationToken)
    {
        var nowMs = time.NowMs();
        if (await db.FindSloAsync(request.Id, cancellationToken) is not { } row)
        {
            return Failure.NotFound($"Objective {request.Id}");
        }

        var slo = row.InForceAt(nowMs).Read();
        return new SloDetail
        {
            Id = request.Id,
            Definition = slo,
            Disagreements = await DisagreementsAsync(slo, nowMs, cancellationToken),
            BurnAlerts = await AlertsAsync(row.Id, nowMs, cancellationToken),
            Maintenance = await MaintenanceAsync(slo, nowMs, cancellationToken),
        };
    }

    private async Task<List<OtherClause>> DisagreementsAsync(SloDefinition slo, long nowMs, CancellationToken cancellationToken)
    {
        var found = new List<OtherClause>();
        foreach (var disagreement in slo.Disagreements)
        {
            var other = await db.FindSloAsync(disagreement.With, cancellationToken);
            var definition = other?.InForceAt(nowMs).Read();
            found.Add(definition is null
                ? new(null, null, null, null, disagreement.With, disagreement.Why)
                : new(definition.Id, definition.Name, definition.Target, definition.Clauses.Count > 0 ? definition.Clauses[0] : null, null, disagreement.Why));
        }

        return found;
    }

    private async Task<List<BurnAlertEntry>> AlertsAsync(int sloId, long nowMs, CancellationToken cancellationToken)
    {
        var since = nowMs - (AlertDays * Instants.DayMs);
        var rows = await db.Set<BurnAlertRow>().AsNoTracking()
            .Where(alert => alert.SloId == sloId && (alert.SinceMs >= since || alert.UntilMs == null))
            .OrderByDescending(alert => alert.SinceMs)
            .Take(SloDetail.MaxEntries)
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(alert => new BurnAlertEntry(
            alert.Rule,
            alert.Severity,
            alert.Threshold,
            Instants.ToInstant(alert.SinceMs),
            alert.UntilMs is { } until ? Instants.ToInstant(until) : null));
    }

    private async Task<List<MaintenanceEntry>> MaintenanceAsync(SloDefinition slo, long nowMs, CancellationToken cancellationToken)
    {
        var from = TimeIndex.StartOfMinute(WindowSpan.At(slo.Window, TimeIndex.MinuteOf(nowMs)).Start);
        var rows = await db.Set<MaintenanceRow>().AsNoTracking()
            .Where(window => window.Platform == slo.Platform && (window.Service == null || window.Service == slo.Service) && window.EndMs > from)
            .OrderBy(window => window.StartMs)
            .Take(SloDetail.MaxEntries)
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(window => new MaintenanceEntry(
            Instants.ToInstant(window.StartMs),
            Instants.ToInstant(window.EndMs),
            Instants.ToInstant(window.AnnouncedAtMs),
            window.Reason,
            window.Service is null));
    }
}
