using Microsoft.EntityFrameworkCore;
using NodaTime;
using OpsDashboard.Application.OnCall.Policies;
using OpsDashboard.Application.OnCall.Roster;
using OpsDashboard.Application.OnCall.Schedules;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.OnCall;

/// <summary>What other features ask about who is to be paged. Reads the store each time: an answer is as fresh as its transaction.</summary>
public sealed class OnCallRoster
{
    private readonly OpsDbContext db;

    internal OnCallRoster(OpsDbContext db) => this.db = db;

    public async Task<EscalationPolicy?> FindPolicyAsync(string id, CancellationToken cancellationToken) =>
        await db.Set<PolicyRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? PolicyBook.Read(row) : null;

    /// <summary>The policy for what happened there. Where none is meant for it, the catch-all is.</summary>
    /// <param name="service">Name within the platform, or the whole path; null: the platform.</param>
    /// <param name="severity">As the platform names it: P0, Sev 1.</param>
    public async Task<EscalationPolicy> PolicyForAsync(string platform, string? service, string severity, CancellationToken cancellationToken)
    {
        var rows = await db.ReadPoliciesAsync(cancellationToken);
        var name = service is not null && service.StartsWith($"{platform}/", StringComparison.Ordinal) ? service[(platform.Length + 1)..] : service;
        return (PolicyBook.Choose(rows, platform, name, severity) ?? rows.Find(row => row.Id == PolicyBook.CatchAllId)) is { } chosen
            ? PolicyBook.Read(chosen)
            : PolicyBook.LastResort;
    }

    /// <summary>The people behind targets at an instant, each once, in the order of the targets. Who has left is not among them.</summary>
    public async Task<IReadOnlyList<PersonRef>> WhoAsync(IReadOnlyList<EscalationTarget> targets, long nowMs, CancellationToken cancellationToken) =>
        targets.Count == 0 ? [] : Who(await ScheduleBook.ReadAsync(db, nowMs, cancellationToken), targets, nowMs);

    /// <summary>Whom to page when a level and all after it are empty: the catch-all's people, else everyone. Empty only where nobody is.</summary>
    public async Task<IReadOnlyList<PersonRef>> CatchAllAsync(long nowMs, CancellationToken cancellationToken)
    {
        var policy = await FindPolicyAsync(PolicyBook.CatchAllId, cancellationToken) ?? PolicyBook.LastResort;
        var book = await ScheduleBook.ReadAsync(db, nowMs, cancellationToken);
        return Who(book, [.. policy.Levels.SelectMany(level => level.Targets)], nowMs) is { Count: > 0 } meant
            ? meant
            : Who(book, [EscalationTarget.Everyone], nowMs);
    }

    /// <summary>Everyone there ever was, by name: who left is still named by timelines.</summary>
    public async Task<IReadOnlyList<PersonRef>> PeopleAsync(CancellationToken cancellationToken) =>
        await db.Set<PersonRow>().AsNoTracking().OrderBy(row => row.Name).Select(row => new PersonRef(row.Id, row.Name)).ToListAsync(cancellationToken);

    /// <summary>Everyone who is on call at any position within the coming days, each with their first time, the earliest first.</summary>
    public async Task<IReadOnlyList<UpcomingShift>> UpcomingAsync(long nowMs, int days, CancellationToken cancellationToken)
    {
        var book = await ScheduleBook.ReadAsync(db, nowMs, cancellationToken);
        var start = Instant.FromUnixTimeMilliseconds(nowMs);
        var end = start + Duration.FromDays(days);
        var shifts = from booked in book.Schedules
                     from place in booked.Plan.PositionsIn(start, end)
                     from shift in booked.Plan.Render(place.Id, start, end).Final
                     where shift.Person is not null
                     orderby shift.Start
                     select new UpcomingShift(book.PersonOf(shift.Person)!, booked.Row.Name, place.Name, shift.Start.ToDateTimeOffset(), shift.End.ToDateTimeOffset());
        return [.. shifts.DistinctBy(shift => shift.Person.Id, StringComparer.Ordinal)];
    }

    internal static IReadOnlyList<PersonRef> Who(ScheduleBook book, IReadOnlyList<EscalationTarget> targets, long nowMs)
    {
        var at = Instant.FromUnixTimeMilliseconds(nowMs);
        var ids = targets.SelectMany(target => target.Kind switch
        {
            TargetKind.Person => [target.Id!],
            TargetKind.Rotation => book.Find(target.Id!, at).Select(found => found.Schedule.Plan.WhoAt(found.Position, at)).OfType<string>(),
            TargetKind.Role => book.People.Values.Where(person => person.RoleList.Contains(target.Id!, StringComparer.Ordinal)).Select(person => person.Id),
            TargetKind.Everyone => book.People.Keys,
        });
        return
        [
            .. ids.Distinct(StringComparer.Ordinal).Select(id => book.People.GetValueOrDefault(id)).OfType<PersonRow>()
                .Where(person => person.IsActive(nowMs)).Select(person => new PersonRef(person.Id, person.Name)),
        ];
    }
}
