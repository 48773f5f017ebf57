using System.Globalization;
using OpsDashboard.Application.OnCall;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.Incidents;

/// <summary>Who a change is made by: a person of the roster where one is known, else whoever calls.</summary>
internal sealed class ActingPerson(OnCallRoster roster, CallerContext caller)
{
    public async Task<PersonRef> FindAsync(string? personId, CancellationToken cancellationToken)
    {
        var id = personId ?? caller.Current.PersonId;
        var known = id is null ? null : (await roster.PeopleAsync(cancellationToken)).FirstOrDefault(person => person.Id == id);
        return known ?? new PersonRef(id ?? "", caller.Current.Name);
    }
}

internal static class Words
{
    public static string Phase(IncidentPhase phase) => phase == IncidentPhase.PostMortem ? "Post-Mortem" : phase.ToString();

    public static string Impact(ServiceImpact impact) => impact switch
    {
        ServiceImpact.None => "no impact",
        ServiceImpact.Degraded => "degraded",
        ServiceImpact.PartialOutage => "partial outage",
        ServiceImpact.MajorOutage => "major outage",
    };

    public static string Instant(long ms) => Instants.ToInstant(ms).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>An instant within a sentence.</summary>
    public static string Clock(long ms) => Instants.ToInstant(ms).ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
