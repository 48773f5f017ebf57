using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Maintenance;

/// <summary>Maintenance windows that end after <see cref="From"/>: what comes first in order of start, then what was, newest first.</summary>
public sealed record ListMaintenance : IQuery<IReadOnlyList<MaintenanceWindow>>
{
    /// <summary>Most windows in one answer.</summary>
    public const int Most = 2_000;

    public static Access Access => Access.View;

    public string? Platform { get; init; }

    /// <summary>Null: 400 days back.</summary>
    public DateTimeOffset? From { get; init; }
}

internal sealed class ListMaintenanceHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<ListMaintenance, Outcome<IReadOnlyList<MaintenanceWindow>>>
{
    private const long LookBackMs = 400 * Instants.DayMs;

    public async Task<Outcome<IReadOnlyList<MaintenanceWindow>>> Handle(ListMaintenance request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var from = request.From?.ToUnixTimeMilliseconds() ?? now - LookBackMs;
        // A month's cap is used up in order of time, so the judgement of a window needs those before it in its month.
        var wider = from - (31 * Instants.DayMs);
        var rows = await db.Set<MaintenanceRow>().AsNoTracking()
            .Where(row => row.EndMs > wider && (request.Platform == null || row.Platform == request.Platform))
            .OrderByDescending(row => row.StartMs)
            .Take(ListMaintenance.Most)
            .ToListAsync(cancellationToken);
        var judgement = new MaintenanceJudgement(rows, await ObjectivesAsync(cancellationToken));
        return rows.Where(row => row.EndMs > from)
            .Select(row => Describe(row, now, judgement.Of(row)))
            .OrderBy(window => window.Phase == MaintenancePhase.Past)
            .ThenBy(window => window.Phase == MaintenancePhase.Past ? -window.Start.UtcTicks : window.Start.UtcTicks)
            .ToList();
    }

    internal static MaintenanceWindow Describe(MaintenanceRow row, long now, IReadOnlyList<MaintenanceVerdict> verdicts) => new()
    {
        Id = row.Id,
        Platform = row.Platform,
        Service = row.Service,
        Start = Instants.ToInstant(row.StartMs),
        End = Instants.ToInstant(row.EndMs),
        AnnouncedAt = Instants.ToInstant(row.AnnouncedAtMs),
        Reason = row.Reason,
        Author = row.Author,
        Phase = PhaseOf(row, now),
        SeriesId = row.SeriesId,
        VerifyingSince = row.VerifyingSinceMs is { } since ? Instants.ToInstant(since) : null,
        Verdicts = verdicts,
    };

    internal static MaintenancePhase PhaseOf(MaintenanceRow row, long now)
    {
        if (row.EndMs <= now)
        {
            return MaintenancePhase.Past;
        }

        return row.StartMs <= now ? MaintenancePhase.Running : MaintenancePhase.Planned;
    }

    private async Task<IReadOnlyList<MaintainedObjective>> ObjectivesAsync(CancellationToken cancellationToken)
    {
        var newest = await db.Set<SloRow>().AsNoTracking()
            .Select(slo => new
            {
                slo.Platform,
                slo.Service,
                Definition = slo.Revisions.Where(revision => revision.Version == slo.Version).Select(revision => revision.Definition).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        return
        [
            .. newest.Where(slo => slo.Definition is not null).Select(slo => new MaintainedObjective(
                slo.Platform,
                slo.Service,
                JsonSerializer.Deserialize<SloDefinition>(slo.Definition!, StoreJson.Options)!.Maintenance)),
        ];
    }
}

internal sealed class TrimMaintenance : ITrim<ListMaintenance, Outcome<IReadOnlyList<MaintenanceWindow>>>
{
    public Outcome<IReadOnlyList<MaintenanceWindow>> Trim(Outcome<IReadOnlyList<MaintenanceWindow>> response, Scope scope) =>
        response.Value.Where(window => scope.Covers(window.Platform, window.Service) || (window.Service is null && scope.Meets(window.Platform))).ToList();
}
