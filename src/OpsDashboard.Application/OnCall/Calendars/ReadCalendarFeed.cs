using System.Globalization;
using MediatR;
using NodaTime;
using OpsDashboard.Application.OnCall.Schedules;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.OnCall.Calendars;

/// <summary>The calendar behind a secret link: shifts of the last month and the next half year.</summary>
public sealed record ReadCalendarFeed(string Secret) : IQuery<CalendarFeed>
{
    public const int DaysBack = 31;
    public const int DaysAhead = 183;

    public static Access Access => Access.Public;
}

/// <param name="Text">text/calendar.</param>
public sealed record CalendarFeed(string Text, DateTimeOffset ModifiedAt);

internal sealed class ReadCalendarFeedHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<ReadCalendarFeed, Outcome<CalendarFeed>>
{
    public async Task<Outcome<CalendarFeed>> Handle(ReadCalendarFeed request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var from = now - (ReadCalendarFeed.DaysBack * Instants.DayMs);
        var hash = MakeCalendarLinkHandler.Hash(request.Secret);
        var book = await ScheduleBook.ReadAsync(db, from - (AddOverride.MaxDays * Instants.DayMs), cancellationToken);
        var person = book.People.Values.FirstOrDefault(row => row.CalendarKeyHash == hash);
        var schedule = book.Schedules.FirstOrDefault(booked => booked.Row.CalendarKeyHash == hash);
        if (person is null && schedule is null)
        {
            return Failure.NotFound("The calendar");
        }

        var span = (From: Instant.FromUnixTimeMilliseconds(from), To: Instant.FromUnixTimeMilliseconds(now + (ReadCalendarFeed.DaysAhead * Instants.DayMs)));
        var events = from booked in book.Schedules
                     where schedule is null || booked.Id == schedule.Id
                     from one in FeedEvents.Of(book, booked, span.From, span.To)
                     where person is null || one.Person == person.Id
                     orderby one.Event.Start
                     select one.Event;
        var modified = Instants.ToInstant(book.Schedules.Select(booked => booked.Row.UpdatedAtMs).Concat(book.People.Values.Select(row => row.UpdatedAtMs)).Max());
        var (name, zone) = person is not null ? ($"On call: {person.Name}", person.Zone) : ($"On call: {schedule!.Row.Name}", schedule.Plan.Versions[^1].Zone.Id);
        return new CalendarFeed(CalendarText.Write(name, zone, modified, events), modified);
    }
}

/// <summary>Final shifts as events. A turn keeps its id as the span that is read moves on, and however overrides cut it.</summary>
internal static class FeedEvents
{
    public static IEnumerable<(string Person, CalendarEvent Event)> Of(ScheduleBook book, BookedSchedule booked, Instant from, Instant to)
    {
        foreach (var (position, _) in booked.Plan.PositionsIn(from, to))
        {
            var rendered = RenderWhole(booked.Plan, position, from, to);
            var parts = new Dictionary<(int?, int?, Instant), int>();
            foreach (var shift in rendered.Final.Where(shift => shift.Person is not null))
            {
                var turn = (shift.Layer, shift.OverrideId, shift.OriginStart);
                var part = parts.GetValueOrDefault(turn);
                parts[turn] = part + 1;
                if (shift.End > from)
                {
                    yield return (shift.Person!, Event(book, booked, rendered, shift, part));
                }
            }
        }
    }

    /// <summary>From far enough back that every turn that touches the span is seen from its beginning: else its parts could not be counted.</summary>
    private static RenderedPosition RenderWhole(OnCallSchedule plan, string position, Instant from, Instant to)
    {
        var rendered = plan.Render(position, from, to);
        return rendered.Final.Count > 0 && rendered.Final.Min(shift => shift.OriginStart) is var earliest && earliest < from
            ? plan.Render(position, earliest, to)
            : rendered;
    }

    private static CalendarEvent Event(ScheduleBook book, BookedSchedule booked, RenderedPosition rendered, FinalShift shift, int part)
    {
        var origin = shift.OverrideId is { } id ? string.Create(CultureInfo.InvariantCulture, $"override-{id}") : string.Create(CultureInfo.InvariantCulture, $"layer-{shift.Layer}");
        var name = book.People.TryGetValue(shift.Person!, out var person) ? person.Name : shift.Person!;
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{booked.Id}.{rendered.Position}.{origin}.{shift.OriginStart.ToUnixTimeSeconds()}.{part}@opsdashboard"),
            shift.Start.ToDateTimeOffset(),
            shift.End.ToDateTimeOffset(),
            $"{name}: {rendered.Name}, {booked.Row.Name}",
            shift.OverrideId is null ? $"{rendered.Name} of {booked.Row.Name}" : $"{rendered.Name} of {booked.Row.Name}, by an override");
    }
}
