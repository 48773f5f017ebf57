using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Maintenance;

/// <summary>Work that recurs and goes on.</summary>
public sealed record MaintenanceSeries
{
    public required int Id { get; init; }

    public required string Platform { get; init; }

    /// <summary>Null: the whole platform.</summary>
    public string? Service { get; init; }

    public required MaintenanceRecurrence Rule { get; init; }

    public required string Reason { get; init; }

    public required string Author { get; init; }

    /// <summary>Null: no further occurrence.</summary>
    public MaintenanceOccurrence? Next { get; init; }
}

/// <summary>Series that go on, by platform and reason; at most <see cref="Most"/>.</summary>
public sealed record ListMaintenanceSeries : IQuery<IReadOnlyList<MaintenanceSeries>>
{
    public const int Most = 500;

    public static Access Access => Access.View;
}

internal sealed class ListMaintenanceSeriesHandler(OpsDbContext db, TimeProvider time)
    : IRequestHandler<ListMaintenanceSeries, Outcome<IReadOnlyList<MaintenanceSeries>>>
{
    public async Task<Outcome<IReadOnlyList<MaintenanceSeries>>> Handle(ListMaintenanceSeries request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var rows = await db.Set<MaintenanceSeriesRow>().AsNoTracking()
            .Where(row => row.EndedAtMs == null)
            .OrderBy(row => row.Platform).ThenBy(row => row.Reason).ThenBy(row => row.Id)
            .Take(ListMaintenanceSeries.Most)
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => Describe(row, now));
    }

    internal static MaintenanceSeries Describe(MaintenanceSeriesRow row, long now)
    {
        var rule = row.ReadRule();
        var from = Instants.ToInstant(now);
        return new MaintenanceSeries
        {
            Id = row.Id,
            Platform = row.Platform,
            Service = row.Service,
            Rule = rule,
            Reason = row.Reason,
            Author = row.Author,
            // Twelve months are the longest pause a rule may make, and a day that months lack may double it.
            Next = rule.Between(from, from.AddDays(800)).Cast<MaintenanceOccurrence?>().FirstOrDefault(),
        };
    }
}
