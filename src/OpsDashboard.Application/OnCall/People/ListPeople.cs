using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.OnCall.People;

/// <summary>Everyone there ever was, by name.</summary>
public sealed record ListPeople : IQuery<IReadOnlyList<PersonSummary>>
{
    public static Access Access => Access.View;
}

/// <param name="Roles">Slugs as the contracts name their addressees: operations-manager.</param>
/// <param name="Zone">IANA id.</param>
/// <param name="ActiveTo">Exclusive; null: stays.</param>
/// <param name="Active">Can be paged now.</param>
/// <param name="HasCalendar">There is a secret link to their calendar.</param>
public sealed record PersonSummary(
    string Id,
    string Name,
    IReadOnlyList<string> Roles,
    string Zone,
    DateTimeOffset? ActiveFrom,
    DateTimeOffset? ActiveTo,
    bool Active,
    bool HasCalendar);

internal sealed class ListPeopleHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<ListPeople, Outcome<IReadOnlyList<PersonSummary>>>
{
    public async Task<Outcome<IReadOnlyList<PersonSummary>>> Handle(ListPeople request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var rows = await db.Set<PersonRow>().AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => Describe(row, now));
    }

    public static PersonSummary Describe(PersonRow row, long now) => new(
        row.Id,
        row.Name,
        row.RoleList,
        row.Zone,
        row.ActiveFromMs is { } from ? Instants.ToInstant(from) : null,
        row.ActiveToMs is { } to ? Instants.ToInstant(to) : null,
        row.IsActive(now),
        row.CalendarKeyHash is not null);
}
