using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain;

namespace OpsDashboard.Application.OnCall.Schedules;

/// <summary>
/// Adds a schedule, or says what one says from now or a later instant on. What was in force stays in force for its time; versions
/// that were to come at or after that instant are replaced.
/// </summary>
public sealed record SaveSchedule : ICommand<SavedSchedule>, IScoped
{
    public const int MaxSchedules = 100;
    public const int MaxDaysAhead = 400;

    public static Access Access => Access.EditSchedules;

    Touches IScoped.Touches => new([.. Id is null ? [] : new[] { Touched.Schedule(Id) }]);

    /// <summary>Null: a new one; the id comes from the name.</summary>
    public string? Id { get; init; }

    public required string Name { get; init; }

    /// <summary>IANA id of the wall clock of all shifts.</summary>
    public required string Zone { get; init; }

    public required IReadOnlyList<PositionTerms> Positions { get; init; }

    /// <summary>Null: now.</summary>
    public DateTimeOffset? EffectiveFrom { get; init; }

    public string? Reason { get; init; }
}

public sealed record SavedSchedule(string Id, DateTimeOffset EffectiveFrom);

internal sealed class SaveScheduleHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<SaveSchedule, Outcome<SavedSchedule>>
{
    public async Task<Outcome<SavedSchedule>> Handle(SaveSchedule request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var effective = request.EffectiveFrom?.ToUnixTimeMilliseconds() ?? now;
        var people = (await db.Set<PersonRow>().Select(row => row.Id).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var faults = Faults(request, effective, now);
        ScheduleRules.Check(request.Zone, request.Positions, people, faults);
        if (faults.Count > 0)
        {
            return Failure.Invalid(faults);
        }

        var row = await FindOrAddAsync(request, now, cancellationToken);
        if (row.Failure is { } failure)
        {
            return failure;
        }

        await db.Set<ScheduleVersionRow>().Where(one => one.ScheduleId == row.Value.Id && one.EffectiveFromMs >= effective).ExecuteDeleteAsync(cancellationToken);
        db.Add(new ScheduleVersionRow
        {
            ScheduleId = row.Value.Id,
            EffectiveFromMs = effective,
            Zone = request.Zone,
            Positions = JsonSerializer.Serialize(request.Positions, StoreJson.Options),
            Reason = request.Reason?.Trim() ?? "",
            Author = caller.Current.Name,
            CreatedAtMs = now,
        });
        db.AnnounceOnCall(now);
        await db.SaveChangesAsync(cancellationToken);
        return new SavedSchedule(row.Value.Id, Instants.ToInstant(effective));
    }

    private static List<Fault> Faults(SaveSchedule request, long effective, long now)
    {
        var faults = new List<Fault>();
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > 100)
        {
            faults.Add(new Fault("/name", "name.length", "1 to 100 characters."));
        }

        if (effective < now)
        {
            faults.Add(new Fault("/effectiveFrom", "effectiveFrom.past", "Shifts that have passed are history: now or later."));
        }

        if (effective > now + (SaveSchedule.MaxDaysAhead * Instants.DayMs))
        {
            faults.Add(new Fault("/effectiveFrom", "effectiveFrom.far", $"At most {SaveSchedule.MaxDaysAhead} days ahead."));
        }

        if (request.Reason?.Length > 500)
        {
            faults.Add(new Fault("/reason", "reason.tooLong", "At most 500 characters."));
        }

        return faults;
    }

    private async Task<Outcome<ScheduleRow>> FindOrAddAsync(SaveSchedule request, long now, CancellationToken cancellationToken)
    {
        if (request.Id is not null)
        {
            if (await db.Set<ScheduleRow>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken) is not { } known)
            {
                return Failure.NotFound($"The schedule \"{request.Id}\"");
            }

            (known.Name, known.UpdatedAtMs) = (request.Name.Trim(), now);
            return known;
        }

        var taken = (await db.Set<ScheduleRow>().Select(row => row.Id).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        if (taken.Count >= SaveSchedule.MaxSchedules)
        {
            return Failure.Conflict($"There are {SaveSchedule.MaxSchedules} schedules already.");
        }

        var row = new ScheduleRow { Id = Slug.Free(request.Name, "schedule", taken), Name = request.Name.Trim(), Author = caller.Current.Name, UpdatedAtMs = now };
        db.Add(row);
        return row;
    }
}
