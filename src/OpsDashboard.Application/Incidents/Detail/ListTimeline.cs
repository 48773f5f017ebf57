using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Incidents.Detail;

/// <summary>Timeline entries, newest first, of one incident or of all.</summary>
/// <param name="IncidentId">Null: of all incidents.</param>
/// <param name="BeforeId">Entries with smaller numbers only: the next page.</param>
public sealed record ListTimeline(long? IncidentId = null, long? BeforeId = null, int Limit = 50) : IQuery<IReadOnlyList<TickerEntry>>
{
    public const int MaxLimit = 500;

    public static Access Access => Access.View;
}

/// <summary>An entry with the incident it belongs to.</summary>
public sealed record TickerEntry(long IncidentId, string IncidentName, string IncidentTitle, string Severity, TimelineEntry Entry);

internal sealed class ListTimelineValidator : AbstractValidator<ListTimeline>
{
    public ListTimelineValidator() => RuleFor(list => list.Limit).InclusiveBetween(1, ListTimeline.MaxLimit).WithErrorCode("limit.range").WithMessage($"limit must be between 1 and {ListTimeline.MaxLimit}.");
}

internal sealed class ListTimelineHandler(OpsDbContext db) : IRequestHandler<ListTimeline, Outcome<IReadOnlyList<TickerEntry>>>
{
    public async Task<Outcome<IReadOnlyList<TickerEntry>>> Handle(ListTimeline request, CancellationToken cancellationToken)
    {
        var rows = await db.Set<TimelineRow>().AsNoTracking()
            .Where(row => (request.IncidentId == null || row.IncidentId == request.IncidentId) && (request.BeforeId == null || row.Id < request.BeforeId))
            .OrderByDescending(row => row.Id)
            .Take(request.Limit)
            .ToListAsync(cancellationToken);
        var ids = rows.Select(row => row.IncidentId).Distinct().ToList();
        var incidents = await db.Set<IncidentRow>().AsNoTracking().Where(row => ids.Contains(row.Id))
            .Select(row => new { row.Id, row.Name, row.Title, row.Severity })
            .ToDictionaryAsync(row => row.Id, cancellationToken);
        return rows.ConvertAll(row =>
        {
            var incident = incidents[row.IncidentId];
            return new TickerEntry(row.IncidentId, incident.Name, incident.Title, incident.Severity, Read(row));
        });
    }

    internal static TimelineEntry Read(TimelineRow row) => new(row.Id, row.Kind, row.Text, row.Actor, Instants.ToInstant(row.AtMs));
}
