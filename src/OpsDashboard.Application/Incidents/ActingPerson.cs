using System.Globalization;
using OpsDashboard.Application.OnCall;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Time;
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
    /// <summary>An instant within a sentence.</summary>
    public static string Clock(long ms) => Instants.ToInstant(ms).ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
