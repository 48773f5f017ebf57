using MediatR;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using OpsDashboard.Application.OnCall.Roster;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.OnCall.Schedules;

/// <summary>What a schedule that is being written would say, by its layers alone. Stores nothing.</summary>
public sealed record PreviewSchedule : IQuery<IReadOnlyList<PositionCalendar>>
{
    public static Access Access => Access.View;

    public required string Zone { get; init; }

    public required IReadOnlyList<PositionTerms> Positions { get; init; }

    public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset To { get; init; }
}

internal sealed class PreviewScheduleHandler(OpsDbContext db) : IRequestHandler<PreviewSchedule, Outcome<IReadOnlyList<PositionCalendar>>>
{
    public async Task<Outcome<IReadOnlyList<PositionCalendar>>> Handle(PreviewSchedule request, CancellationToken cancellationToken)
    {
        var people = await db.Set<PersonRow>().AsNoTracking().ToDictionaryAsync(row => row.Id, StringComparer.Ordinal, cancellationToken);
        var faults = new List<Fault>();
        ScheduleRules.Check(request.Zone, request.Positions, people.Keys.ToHashSet(StringComparer.Ordinal), faults);
        if (request.To <= request.From || request.To - request.From > TimeSpan.FromDays(GetCalendar.MaxDays))
        {
            faults.Add(new Fault("/to", "to.range", $"After the start, within {GetCalendar.MaxDays} days of it."));
        }

        if (faults.Count > 0)
        {
            return Failure.Invalid(faults);
        }

        var (from, to) = (Instant.FromDateTimeOffset(request.From), Instant.FromDateTimeOffset(request.To));
        var plan = new OnCallSchedule(
            [new ScheduleVersion(from, DateTimeZoneProviders.Tzdb[request.Zone], ScheduleReading.Stored(request.Positions))],
            [],
            [.. people.Values.Select(ScheduleBook.Span)]);
        var book = new ScheduleBook([], people);
        return request.Positions.Select(position => GetCalendarHandler.Describe(book, plan, [], position.Id, from, to)).ToList();
    }
}
