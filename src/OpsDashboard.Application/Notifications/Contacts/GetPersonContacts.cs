using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Notifications.Deliveries;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.OnCall;
using OpsDashboard.Application.Platform.Protection;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Notifications;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.Notifications.Contacts;

/// <summary>How a person is reached, and what was sent to them lately.</summary>
public sealed record GetPersonContacts(string PersonId) : IQuery<PersonContacts>
{
    public static Access Access => Access.View;
}

public sealed record PersonContacts
{
    public required PersonRef Person { get; init; }

    /// <summary>In the order they are used at the same delay.</summary>
    public required IReadOnlyList<ContactMethod> Methods { get; init; }

    public QuietHours? QuietHours { get; init; }

    /// <summary>Newest first, at most 25.</summary>
    public required IReadOnlyList<LoggedMessage> Recent { get; init; }

    /// <summary>Why a channel cannot be used here, for those that cannot.</summary>
    public required IReadOnlyDictionary<Channel, string> Lacks { get; init; }
}

internal sealed class GetPersonContactsHandler(OpsDbContext db, OnCallRoster roster, ChannelSetup channels, IFieldSeal seal, TimeProvider time)
    : IRequestHandler<GetPersonContacts, Outcome<PersonContacts>>
{
    private const int Most = 25;

    public async Task<Outcome<PersonContacts>> Handle(GetPersonContacts request, CancellationToken cancellationToken)
    {
        var people = await roster.PeopleAsync(cancellationToken);
        if (people.FirstOrDefault(person => person.Id == request.PersonId) is not { } found)
        {
            return Failure.NotFound("This person");
        }

        var now = time.NowMs();
        var methods = await db.Set<ContactMethodRow>().AsNoTracking()
            .Where(row => row.PersonId == request.PersonId).OrderBy(row => row.Position).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        var quiet = await db.Set<QuietHoursRow>().AsNoTracking().SingleOrDefaultAsync(row => row.PersonId == request.PersonId, cancellationToken);
        var recent = await db.Set<OutboxRow>().AsNoTracking()
            .Where(row => row.PersonId == request.PersonId).OrderByDescending(row => row.CreatedAtMs).ThenByDescending(row => row.Id).Take(Most).ToListAsync(cancellationToken);
        return new PersonContacts
        {
            Person = found,
            Methods = [.. methods.Select(row => ContactMethod.Of(row, channels, seal, now))],
            QuietHours = quiet is null ? null : new QuietHours(quiet.Zone, quiet.FromMinute, quiet.ToMinute),
            Recent = await db.DescribeAsync(seal, recent, cancellationToken),
            Lacks = Enum.GetValues<Channel>().Where(channel => channels.Lack(channel) is not null).ToDictionary(channel => channel, channel => channels.Lack(channel)!),
        };
    }
}
