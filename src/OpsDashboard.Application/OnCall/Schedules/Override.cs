using MediatR;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain;

namespace OpsDashboard.Application.OnCall.Schedules;

/// <summary>Someone holds a position for a while, whatever its layers say. Of several the last one added wins.</summary>
public sealed record AddOverride : ICommand<OverrideSummary>
{
    public const int MaxDays = 92;
    public const int MaxDaysAhead = 400;

    public static Access Access => Access.Respond;

    public required string Schedule { get; init; }

    public required string Position { get; init; }

    public required string Person { get; init; }

    /// <summary>Null: now.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset End { get; init; }

    public string? Reason { get; init; }
}

public sealed record OverrideSummary(int Id, string Schedule, string Position, string Person, DateTimeOffset Start, DateTimeOffset End, string? Reason, string Author);

/// <summary>Takes an override back. What has passed of it stays.</summary>
public sealed record EndOverride(int Id) : ICommand<Done>
{
    public static Access Access => Access.Respond;
}

internal sealed class AddOverrideHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<AddOverride, Outcome<OverrideSummary>>
{
    public async Task<Outcome<OverrideSummary>> Handle(AddOverride request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var start = request.Start?.ToUnixTimeMilliseconds() ?? now;
        var end = request.End.ToUnixTimeMilliseconds();
        var faults = SpanFaults(start, end, now);
        if (request.Reason?.Length > 500)
        {
            faults.Add(new Fault("/reason", "reason.tooLong", "At most 500 characters."));
        }

        var schedule = await db.Set<ScheduleRow>().SingleOrDefaultAsync(row => row.Id == request.Schedule, cancellationToken);
        var book = await ScheduleBook.ReadAsync(db, now, cancellationToken, request.Schedule);
        CheckPlace(book, request.Schedule, request.Position, start, end, faults);
        CheckPerson(book, request.Person, "/person", start, end, faults);
        if (faults.Count > 0 || schedule is null)
        {
            return Failure.Invalid(faults);
        }

        var row = new OverrideRow
        {
            ScheduleId = request.Schedule,
            Position = request.Position,
            PersonId = request.Person,
            StartMs = start,
            EndMs = end,
            Reason = string.IsNullOrWhiteSpace(request.Reason) ? null : request.Reason.Trim(),
            Author = caller.Current.Name,
            CreatedAtMs = now,
            UpdatedAtMs = now,
        };
        db.Add(row);
        schedule.UpdatedAtMs = now;
        db.AnnounceOnCall(now);
        await db.SaveChangesAsync(cancellationToken);
        return Describe(row);
    }

    public static OverrideSummary Describe(OverrideRow row) =>
        new(row.Id, row.ScheduleId, row.Position, row.PersonId, Instants.ToInstant(row.StartMs), Instants.ToInstant(row.EndMs), row.Reason, row.Author);

    public static List<Fault> SpanFaults(long start, long end, long now, string prefix = "")
    {
        var faults = new List<Fault>();
        var (startAt, endAt) = prefix.Length == 0 ? ("/start", "/end") : ($"/{prefix}Start", $"/{prefix}End");
        if (start < now)
        {
            faults.Add(new Fault(startAt, "start.past", "What has passed is history: now or later."));
        }

        if (start > now + (AddOverride.MaxDaysAhead * Instants.DayMs))
        {
            faults.Add(new Fault(startAt, "start.far", $"At most {AddOverride.MaxDaysAhead} days ahead."));
        }

        if (end <= start)
        {
            faults.Add(new Fault(endAt, "end.afterStart", "The end must lie after the start."));
        }
        else if (end - start > AddOverride.MaxDays * Instants.DayMs)
        {
            faults.Add(new Fault(endAt, "end.tooLong", $"At most {AddOverride.MaxDays} days; for longer change the schedule."));
        }

        return faults;
    }

    public static void CheckPlace(ScheduleBook book, string schedule, string position, long start, long end, List<Fault> faults)
    {
        if (book.Schedules.FirstOrDefault(one => one.Id == schedule) is not { } booked)
        {
            faults.Add(new Fault("/schedule", "schedule.known", $"There is no schedule \"{schedule}\"."));
        }
        else if (end > start && !booked.Plan.PositionsIn(Instant.FromUnixTimeMilliseconds(start), Instant.FromUnixTimeMilliseconds(end)).Any(place => place.Id == position))
        {
            faults.Add(new Fault("/position", "position.known", $"The schedule has no position \"{position}\" at that time."));
        }
    }

    public static void CheckPerson(ScheduleBook book, string person, string pointer, long start, long end, List<Fault> faults)
    {
        if (!book.People.TryGetValue(person, out var row))
        {
            faults.Add(new Fault(pointer, "person.known", $"There is nobody with the id \"{person}\"."));
        }
        else if (!row.IsActive(start) || !row.IsActive(Math.Max(start, end - 1)))
        {
            faults.Add(new Fault(pointer, "person.active", $"{row.Name} is not there for all of that time."));
        }
    }
}

internal sealed class EndOverrideHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<EndOverride, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(EndOverride request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        if (await db.Set<OverrideRow>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken) is not { } row)
        {
            return Failure.NotFound("The override");
        }

        if (row.EndMs <= now || row.EndMs <= row.StartMs)
        {
            return Failure.Conflict("It is over already.");
        }

        row.EndMs = Math.Max(row.StartMs, now);
        row.UpdatedAtMs = now;
        await db.Set<ScheduleRow>().Where(schedule => schedule.Id == row.ScheduleId)
            .ExecuteUpdateAsync(set => set.SetProperty(schedule => schedule.UpdatedAtMs, now), cancellationToken);
        db.AnnounceOnCall(now);
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}
