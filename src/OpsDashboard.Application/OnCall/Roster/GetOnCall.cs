using MediatR;
using NodaTime;
using OpsDashboard.Application.OnCall.Schedules;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.OnCall.Roster;

/// <summary>Who holds each position of each schedule at an instant, until when, and who comes next.</summary>
public sealed record GetOnCall : IQuery<OnCallNow>
{
    /// <summary>Null: now. Past and future alike.</summary>
    public DateTimeOffset? At { get; init; }

    public static Access Access => Access.View;
}

public sealed record OnCallNow(DateTimeOffset At, IReadOnlyList<ScheduleOnCall> Schedules)
{
    /// <summary>Nobody is at a position at which someone should be.</summary>
    public bool HasGap => Schedules.Any(schedule => schedule.Positions.Any(position => position.Person is null));
}

public sealed record ScheduleOnCall(string Id, string Name, string Zone, IReadOnlyList<PositionOnCall> Positions);

/// <param name="Person">Null: nobody.</param>
/// <param name="Since">Null: longer than is looked back.</param>
/// <param name="Until">Null: longer than is looked ahead.</param>
/// <param name="Next">Who has the position after that; null: nobody, or not within what is looked ahead.</param>
public sealed record PositionOnCall(
    string Id,
    string Name,
    PersonRef? Person,
    DateTimeOffset? Since,
    DateTimeOffset? Until,
    PersonRef? Next,
    DateTimeOffset? NextUntil);

internal sealed class GetOnCallHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<GetOnCall, Outcome<OnCallNow>>
{
    private static readonly Duration Back = Duration.FromDays(35);
    private static readonly Duration Ahead = Duration.FromDays(70);

    public async Task<Outcome<OnCallNow>> Handle(GetOnCall request, CancellationToken cancellationToken)
    {
        var at = request.At ?? Instants.ToInstant(time.NowMs());
        if (at.Year is < 2000 or > 2099)
        {
            return Failure.Invalid("/at", "at.range", "From 2000 to 2099.");
        }

        var instant = Instant.FromDateTimeOffset(at);
        var book = await ScheduleBook.ReadAsync(db, (instant - Back).ToUnixTimeMilliseconds(), cancellationToken);
        return new OnCallNow(
            at.ToUniversalTime(),
            [
                .. from booked in book.Schedules
                   let version = booked.Plan.VersionAt(instant)
                   where version is { Positions.Count: > 0 }
                   select new ScheduleOnCall(booked.Id, booked.Row.Name, version.Zone.Id, [.. version.Positions.Select(position => Describe(book, booked, position, instant))]),
            ]);
    }

    private static PositionOnCall Describe(ScheduleBook book, BookedSchedule booked, OnCallPosition position, Instant at)
    {
        // A turn ends for the viewer where someone else begins, not where a rotation of one hands over to itself.
        var turns = Turns.Of(booked.Plan.Render(position.Id, at - Back, at + Ahead).Final);
        var index = turns.FindIndex(turn => turn.Start <= at && at < turn.End);
        if (index < 0)
        {
            return new(position.Id, position.Name, null, null, null, null, null);
        }

        var (now, next) = (turns[index], index + 1 < turns.Count ? turns[index + 1] : null);
        return new(
            position.Id,
            position.Name,
            book.PersonOf(now.Person),
            index == 0 ? null : now.Start.ToDateTimeOffset(),
            next is null ? null : now.End.ToDateTimeOffset(),
            book.PersonOf(next?.Person),
            next is null || index + 2 >= turns.Count ? null : next.End.ToDateTimeOffset());
    }
}

/// <summary>Stretches as people live them: one after the other by the same person are one.</summary>
internal sealed record Turn(Instant Start, Instant End, string? Person);

internal static class Turns
{
    public static List<Turn> Of(IEnumerable<FinalShift> final)
    {
        var turns = new List<Turn>();
        foreach (var shift in final)
        {
            if (turns.Count > 0 && turns[^1] is var last && last.Person == shift.Person && last.End == shift.Start)
            {
                turns[^1] = last with { End = shift.End };
            }
            else
            {
                turns.Add(new Turn(shift.Start, shift.End, shift.Person));
            }
        }

        return turns;
    }

    public static PersonRef? PersonOf(this ScheduleBook book, string? id) =>
        id is null ? null : new PersonRef(id, book.People.TryGetValue(id, out var person) ? person.Name : id);
}
