using MediatR;
using NodaTime;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.OnCall.Schedules;

/// <summary>All schedules with what they say now and what they will say.</summary>
public sealed record ListSchedules : IQuery<IReadOnlyList<ScheduleSummary>>
{
    public static Access Access => Access.View;
}

public sealed record ScheduleSummary(string Id, string Name, bool HasCalendar, IReadOnlyList<ScheduleVersionSummary> Versions)
{
    /// <summary>The version in force; for a schedule that is still to begin, its first.</summary>
    public ScheduleVersionSummary Current => Versions.LastOrDefault(version => version.InForce) ?? Versions[0];
}

/// <param name="InForce">It has taken effect; the last of those is the one that counts.</param>
public sealed record ScheduleVersionSummary(
    DateTimeOffset EffectiveFrom,
    bool InForce,
    string Zone,
    IReadOnlyList<PositionTerms> Positions,
    string Reason,
    string Author);

internal sealed class ListSchedulesHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<ListSchedules, Outcome<IReadOnlyList<ScheduleSummary>>>
{
    public async Task<Outcome<IReadOnlyList<ScheduleSummary>>> Handle(ListSchedules request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var book = await ScheduleBook.ReadAsync(db, now, cancellationToken);
        return book.Schedules.Where(booked => booked.Versions.Count > 0 && ScheduleBook.Terms(booked.Versions[^1]).Count > 0)
            .Select(booked => new ScheduleSummary(booked.Id, booked.Row.Name, booked.Row.CalendarKeyHash is not null, [.. booked.Versions.Select(row => Describe(row, now))]))
            .ToList();
    }

    private static ScheduleVersionSummary Describe(ScheduleVersionRow row, long now) =>
        new(Instants.ToInstant(row.EffectiveFromMs), row.EffectiveFromMs <= now, row.Zone, ScheduleBook.Terms(row), row.Reason, row.Author);
}

/// <summary>Hours each person is on call at each position of a schedule in a calendar month of its zone, and the stipend they earn.</summary>
public sealed record GetStipends : IQuery<IReadOnlyList<Stipend>>
{
    /// <summary>agent-mesh 5.3: "On-call stipend: $500/week".</summary>
    public const decimal DollarsPerWeek = 500;

    public static Access Access => Access.View;

    public required string Schedule { get; init; }

    public required int Year { get; init; }

    /// <summary>1 to 12.</summary>
    public required int Month { get; init; }
}

/// <param name="Weeks">Hours over 168.</param>
public sealed record Stipend(string PersonId, string Name, string Position, decimal Hours, decimal Weeks, decimal Dollars);

internal sealed class GetStipendsHandler(OpsDbContext db) : IRequestHandler<GetStipends, Outcome<IReadOnlyList<Stipend>>>
{
    private const int HoursPerWeek = 168;

    public async Task<Outcome<IReadOnlyList<Stipend>>> Handle(GetStipends request, CancellationToken cancellationToken)
    {
        if (request.Month is < 1 or > 12 || request.Year is < 2000 or > 2098)
        {
            return Failure.Invalid("/month", "month.known", "A month of the years 2000 to 2098.");
        }

        var month = new LocalDate(request.Year, request.Month, 1);
        var book = await ScheduleBook.ReadAsync(db, month.AtMidnight().InUtc().ToInstant().ToUnixTimeMilliseconds() - Instants.DayMs, cancellationToken, request.Schedule);
        if (book.Schedules is not [{ Versions.Count: > 0 } booked])
        {
            return Failure.NotFound($"The schedule \"{request.Schedule}\"");
        }

        var zone = booked.Plan.Versions[^1].Zone;
        var (start, end) = (month.AtStartOfDayInZone(zone).ToInstant(), month.PlusMonths(1).AtStartOfDayInZone(zone).ToInstant());
        var held = from place in booked.Plan.PositionsIn(start, end)
                   from shift in booked.Plan.Render(place.Id, start, end).Final
                   where shift.Person is not null
                   group shift by (Position: place.Name, Person: shift.Person!);
        var shares = held.Select(turns => Share(book, turns.Key.Person, turns.Key.Position, (decimal)turns.Sum(shift => (shift.End - shift.Start).TotalHours)))
            .OrderBy(share => share.Position, StringComparer.Ordinal).ThenByDescending(share => share.Hours);
        return shares.ToList();
    }

    private static Stipend Share(ScheduleBook book, string person, string position, decimal hours) => new(
        person,
        book.People.TryGetValue(person, out var row) ? row.Name : person,
        position,
        hours,
        hours / HoursPerWeek,
        decimal.Round(hours / HoursPerWeek * GetStipends.DollarsPerWeek, 2));
}
