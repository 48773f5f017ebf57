using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Clocks;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents.Updates;

/// <summary>What the composer starts with: the words for where the incident stands, and when the next word is due after this one.</summary>
/// <param name="Status">Null: what fits the phase.</param>
public sealed record DraftUpdate(long IncidentId, PublicStatus? Status = null) : IQuery<UpdateDraft>, IAboutIncident
{
    public static Access Access => Access.View;
}

/// <param name="NextDueAt">When the next update is due if this one goes out now; null where the contract asks for none.</param>
public sealed record UpdateDraft(string Title, string Text, PublicStatus Status, DateTimeOffset? NextDueAt);

internal sealed class DraftUpdateHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<DraftUpdate, Outcome<UpdateDraft>>
{
    public async Task<Outcome<UpdateDraft>> Handle(DraftUpdate request, CancellationToken cancellationToken)
    {
        var incident = await db.Set<IncidentRow>().AsNoTracking().Include(row => row.Services).SingleOrDefaultAsync(row => row.Id == request.IncidentId, cancellationToken);
        if (incident is null)
        {
            return Failure.NotFound($"Incident {request.IncidentId}");
        }

        var services = incident.Services.Where(service => service.Path.Contains('/', StringComparison.Ordinal)).Select(service => service.Path.Split('/')[1].Replace('-', ' ')).ToList();
        var term = IncidentClocks.LevelOf(incident).Term(ClockKind.Communicate);
        // Updates run around the clock in both contracts.
        var next = incident.IsOpen && term is not null ? Instants.ToInstant(time.NowMs() + term.Span.RunningMs(BusinessCalendar.Default)) : (DateTimeOffset?)null;
        var status = request.Status ?? StatusOf(incident.Phase);
        return new UpdateDraft(incident.PublicTitle ?? incident.Title, Words(status, services, next), status, next);
    }

    private static PublicStatus StatusOf(IncidentPhase phase) => phase switch
    {
        IncidentPhase.Detection or IncidentPhase.Triage or IncidentPhase.Investigation => PublicStatus.Investigating,
        IncidentPhase.Mitigation => PublicStatus.Monitoring,
        IncidentPhase.Resolution or IncidentPhase.PostMortem => PublicStatus.Resolved,
    };

    internal static string Words(PublicStatus status, IReadOnlyList<string> services, DateTimeOffset? next)
    {
        var what = services.Count == 0 ? "the platform" : string.Join(", ", services);
        var sentence = status switch
        {
            PublicStatus.Investigating => $"We are investigating a problem that affects {what}.",
            PublicStatus.Identified => $"We have found the cause of the problem that affects {what}, and are working on a fix.",
            PublicStatus.Monitoring => $"A fix for the problem that affected {what} is in place. We are watching whether it holds.",
            PublicStatus.Resolved => $"The problem that affected {what} is resolved.",
        };
        return next is { } at && status != PublicStatus.Resolved
            ? $"{sentence} The next update follows by {at.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture)}."
            : sentence;
    }
}
