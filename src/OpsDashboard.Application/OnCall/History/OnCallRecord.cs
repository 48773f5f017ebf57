using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.OnCall.Schedules;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.OnCall.History;

/// <param name="Id">A slug.</param>
public sealed record RecordedPerson(string Id, string Name, IReadOnlyList<string> Roles, string Zone, DateTimeOffset? ActiveTo = null);

/// <summary>A schedule that was in force since an instant, perhaps a past one.</summary>
/// <param name="Id">A slug.</param>
public sealed record RecordedSchedule(string Id, string Name, string Zone, DateTimeOffset EffectiveFrom, IReadOnlyList<PositionTerms> Positions, IReadOnlyList<RecordedOverride> Overrides);

public sealed record RecordedOverride(string Position, string PersonId, DateTimeOffset Start, DateTimeOffset End, string Reason);

/// <summary>People and schedules that come with a history, in the caller's transaction; people write theirs by request.</summary>
public sealed class OnCallRecord
{
    private readonly OpsDbContext db;

    internal OnCallRecord(OpsDbContext db) => this.db = db;

    /// <summary>Replaces all people and schedules of this author, with what others added to those schedules. Ids that others took are left alone.</summary>
    public async Task ReplaceAsync(
        string author,
        IReadOnlyList<RecordedPerson> people,
        IReadOnlyList<RecordedSchedule> schedules,
        long nowMs,
        CancellationToken cancellationToken)
    {
        await ForgetAsync(author, cancellationToken);
        var known = await db.Set<PersonRow>().Select(row => row.Id).ToListAsync(cancellationToken);
        var booked = await db.Set<ScheduleRow>().Select(row => row.Id).ToListAsync(cancellationToken);
        db.AddRange(people.Where(person => !known.Contains(person.Id, StringComparer.Ordinal)).Select(person => new PersonRow
        {
            Id = person.Id,
            Name = person.Name,
            Roles = PersonRow.Pack(person.Roles),
            Zone = person.Zone,
            ActiveToMs = person.ActiveTo?.ToUnixTimeMilliseconds(),
            Author = author,
            UpdatedAtMs = nowMs,
        }));
        foreach (var schedule in schedules.Where(schedule => !booked.Contains(schedule.Id, StringComparer.Ordinal)))
        {
            Add(author, schedule, nowMs);
        }

        db.AnnounceOnCall(nowMs);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task ForgetAsync(string author, CancellationToken cancellationToken)
    {
        var own = db.Set<ScheduleRow>().Where(row => row.Author == author).Select(row => row.Id);
        await db.Set<OverrideRow>().Where(row => own.Contains(row.ScheduleId)).ExecuteDeleteAsync(cancellationToken);
        await db.Set<SwapRow>().Where(row => own.Contains(row.ScheduleId)).ExecuteDeleteAsync(cancellationToken);
        await db.Set<ScheduleVersionRow>().Where(row => own.Contains(row.ScheduleId)).ExecuteDeleteAsync(cancellationToken);
        await db.Set<ScheduleRow>().Where(row => row.Author == author).ExecuteDeleteAsync(cancellationToken);
        await db.Set<PersonRow>().Where(row => row.Author == author).ExecuteDeleteAsync(cancellationToken);
    }

    private void Add(string author, RecordedSchedule schedule, long nowMs)
    {
        db.Add(new ScheduleRow { Id = schedule.Id, Name = schedule.Name, Author = author, UpdatedAtMs = nowMs });
        db.Add(new ScheduleVersionRow
        {
            ScheduleId = schedule.Id,
            EffectiveFromMs = schedule.EffectiveFrom.ToUnixTimeMilliseconds(),
            Zone = schedule.Zone,
            Positions = JsonSerializer.Serialize(schedule.Positions, StoreJson.Options),
            Reason = "",
            Author = author,
            CreatedAtMs = Math.Min(nowMs, schedule.EffectiveFrom.ToUnixTimeMilliseconds()),
        });
        db.AddRange(schedule.Overrides.Select(one => new OverrideRow
        {
            ScheduleId = schedule.Id,
            Position = one.Position,
            PersonId = one.PersonId,
            StartMs = one.Start.ToUnixTimeMilliseconds(),
            EndMs = one.End.ToUnixTimeMilliseconds(),
            Reason = one.Reason,
            Author = author,
            CreatedAtMs = nowMs,
            UpdatedAtMs = nowMs,
        }));
    }
}
