using MediatR;
using NodaTime;
using OpsDashboard.Application.OnCall.Roster;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.OnCall.Schedules;

/// <summary>A schedule over a span: each layer, the overrides, and what comes of them.</summary>
public sealed record GetCalendar : IQuery<ScheduleCalendar>
{
    public const int MaxDays = 100;

    public static Access Access => Access.View;

    public required string Schedule { get; init; }

    public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset To { get; init; }
}

/// <param name="Zone">The wall clock of the version in force at the end of the span.</param>
public sealed record ScheduleCalendar(
    string Id,
    string Name,
    string Zone,
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<PositionCalendar> Positions,
    IReadOnlyList<DateTimeOffset> VersionsFrom);

public sealed record PositionCalendar(string Id, string Name, IReadOnlyList<CalendarLayer> Layers, IReadOnlyList<CalendarStretch> Overrides, IReadOnlyList<CalendarStretch> Final);

/// <param name="Name">Of the layer.</param>
public sealed record CalendarLayer(string Name, IReadOnlyList<CalendarStretch> Stretches);

/// <param name="Person">Null: a gap.</param>
/// <param name="Override">The override it is or comes from.</param>
public sealed record CalendarStretch(DateTimeOffset Start, DateTimeOffset End, PersonRef? Person, int? Override, string? Note);

internal sealed class GetCalendarHandler(OpsDbContext db) : IRequestHandler<GetCalendar, Outcome<ScheduleCalendar>>
{
    public async Task<Outcome<ScheduleCalendar>> Handle(GetCalendar request, CancellationToken cancellationToken)
    {
        if (request.To <= request.From || request.To - request.From > TimeSpan.FromDays(GetCalendar.MaxDays) || request.From.Year < 2000 || request.To.Year > 2099)
        {
            return Failure.Invalid("/to", "to.range", $"After the start, within {GetCalendar.MaxDays} days of it.");
        }

        var book = await ScheduleBook.ReadAsync(db, request.From.ToUnixTimeMilliseconds(), cancellationToken, request.Schedule);
        if (book.Schedules is not [{ } booked])
        {
            return Failure.NotFound($"The schedule \"{request.Schedule}\"");
        }

        var (from, to) = (Instant.FromDateTimeOffset(request.From), Instant.FromDateTimeOffset(request.To));
        var latest = booked.Plan.Versions.LastOrDefault(version => version.EffectiveFrom < to) ?? (booked.Plan.Versions is [{ } first, ..] ? first : null);
        return new ScheduleCalendar(
            booked.Id,
            booked.Row.Name,
            latest?.Zone.Id ?? "UTC",
            request.From,
            request.To,
            [.. booked.Plan.PositionsIn(from, to).Select(place => Describe(book, booked.Plan, booked.Overrides, place.Id, from, to))],
            [.. booked.Plan.Versions.Where(version => version.EffectiveFrom > from && version.EffectiveFrom < to).Select(version => version.EffectiveFrom.ToDateTimeOffset())]);
    }

    public static PositionCalendar Describe(ScheduleBook book, OnCallSchedule plan, IReadOnlyList<OverrideRow> all, string position, Instant from, Instant to)
    {
        var rendered = plan.Render(position, from, to);
        var overrides = all.Where(one => one.Position == position && one.StartMs < to.ToUnixTimeMilliseconds())
            .OrderBy(one => one.StartMs).ToList();
        var notes = all.ToDictionary(one => one.Id, one => one.Reason);
        return new(
            position,
            rendered.Name,
            [.. rendered.Layers.Select(layer => new CalendarLayer(layer.Name, [.. layer.Shifts.Select(shift => Stretch(book, shift.Start, shift.End, shift.Person))]))],
            [
                .. overrides.Select(one => Stretch(
                    book,
                    Instant.Max(from, Instant.FromUnixTimeMilliseconds(one.StartMs)),
                    Instant.Min(to, Instant.FromUnixTimeMilliseconds(one.EndMs)),
                    one.PersonId,
                    one.Id,
                    one.Reason)),
            ],
            [
                .. rendered.Final.Select(shift => Stretch(
                    book, shift.Start, shift.End, shift.Person, shift.OverrideId, shift.OverrideId is { } id ? notes.GetValueOrDefault(id) : null)),
            ]);
    }

    private static CalendarStretch Stretch(ScheduleBook book, Instant start, Instant end, string? person, int? number = null, string? note = null) =>
        new(start.ToDateTimeOffset(), end.ToDateTimeOffset(), book.PersonOf(person), number, note);
}
