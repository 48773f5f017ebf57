using System.Security.Cryptography;
using System.Text;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.OnCall.Calendars;

/// <summary>
/// Makes the secret link of a person's or a schedule's calendar. The one before stops working. The secret is told once; the store
/// keeps its hash.
/// </summary>
public sealed record MakeCalendarLink : ICommand<CalendarLink>
{
    public static Access Access => Access.Respond;

    /// <summary>Exactly one of both.</summary>
    public string? Person { get; init; }

    public string? Schedule { get; init; }
}

/// <param name="Secret">Part of the address; who knows it reads the calendar.</param>
public sealed record CalendarLink(string Secret);

internal sealed class MakeCalendarLinkHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<MakeCalendarLink, Outcome<CalendarLink>>
{
    public async Task<Outcome<CalendarLink>> Handle(MakeCalendarLink request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var hash = Hash(secret);
        var changed = request switch
        {
            { Person: { } person, Schedule: null } => await db.Set<PersonRow>().Where(row => row.Id == person)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.CalendarKeyHash, hash), cancellationToken),
            { Person: null, Schedule: { } schedule } => await db.Set<ScheduleRow>().Where(row => row.Id == schedule)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.CalendarKeyHash, hash), cancellationToken),
            _ => -1,
        };
        if (changed < 0)
        {
            return Failure.Invalid("/person", "link.one", "A person or a schedule.");
        }

        if (changed == 0)
        {
            return Failure.NotFound(request.Person is null ? $"The schedule \"{request.Schedule}\"" : $"The person \"{request.Person}\"");
        }

        db.AnnounceOnCall(now);
        await db.SaveChangesAsync(cancellationToken);
        return new CalendarLink(secret);
    }

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
