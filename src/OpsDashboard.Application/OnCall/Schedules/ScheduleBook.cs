using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.OnCall.Schedules;

/// <summary>A schedule as it is stored, ready to be asked.</summary>
internal sealed record BookedSchedule(ScheduleRow Row, IReadOnlyList<ScheduleVersionRow> Versions, IReadOnlyList<OverrideRow> Overrides, OnCallSchedule Plan)
{
    public string Id => Row.Id;
}

/// <summary>All schedules with their people, read in one go: they are few and small.</summary>
internal sealed record ScheduleBook(IReadOnlyList<BookedSchedule> Schedules, IReadOnlyDictionary<string, PersonRow> People)
{
    /// <param name="fromMs">Overrides that ended before are left out.</param>
    public static async Task<ScheduleBook> ReadAsync(OpsDbContext db, long fromMs, CancellationToken cancellationToken, string? only = null)
    {
        var people = await db.Set<PersonRow>().AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellationToken);
        var rows = await db.Set<ScheduleRow>().AsNoTracking().Where(row => only == null || row.Id == only).OrderBy(row => row.Name).ToListAsync(cancellationToken);
        var versions = (await db.Set<ScheduleVersionRow>().AsNoTracking()
            .Where(row => only == null || row.ScheduleId == only).OrderBy(row => row.EffectiveFromMs).ToListAsync(cancellationToken))
            .ToLookup(row => row.ScheduleId, StringComparer.Ordinal);
        var overrides = (await db.Set<OverrideRow>().AsNoTracking()
            .Where(row => row.EndMs > fromMs && row.EndMs > row.StartMs && (only == null || row.ScheduleId == only)).OrderBy(row => row.Id).ToListAsync(cancellationToken))
            .ToLookup(row => row.ScheduleId, StringComparer.Ordinal);
        var spans = people.ConvertAll(Span);
        return new(
            [.. rows.Select(row => Book(row, [.. versions[row.Id]], [.. overrides[row.Id]], spans))],
            people.ToDictionary(row => row.Id, StringComparer.Ordinal));
    }

    /// <summary>Where an escalation target points: a position, or all positions of a schedule.</summary>
    public IEnumerable<(BookedSchedule Schedule, string Position)> Find(string rotation, Instant at)
    {
        var slash = rotation.IndexOf('/', StringComparison.Ordinal);
        var (schedule, position) = slash < 0 ? (rotation, null) : (rotation[..slash], rotation[(slash + 1)..]);
        return from booked in Schedules
               where booked.Id == schedule
               from place in booked.Plan.VersionAt(at)?.Positions ?? []
               where position is null || place.Id == position
               select (booked, place.Id);
    }

    private static BookedSchedule Book(ScheduleRow row, IReadOnlyList<ScheduleVersionRow> versions, IReadOnlyList<OverrideRow> overrides, IReadOnlyList<PersonSpan> people) => new(
        row,
        versions,
        overrides,
        new OnCallSchedule(
            [.. versions.Select(Read)],
            [.. overrides.Select(one => new OnCallOverride(one.Id, one.Position, Ms(one.StartMs), Ms(one.EndMs), one.PersonId))],
            people));

    private static ScheduleVersion Read(ScheduleVersionRow row) => new(
        Ms(row.EffectiveFromMs),
        DateTimeZoneProviders.Tzdb[row.Zone],
        ScheduleReading.Stored(Terms(row)));

    public static IReadOnlyList<PositionTerms> Terms(ScheduleVersionRow row) =>
        JsonSerializer.Deserialize<IReadOnlyList<PositionTerms>>(row.Positions, StoreJson.Options) ?? [];

    public static PersonSpan Span(PersonRow row) => new(row.Id, row.ActiveFromMs is { } from ? Ms(from) : null, row.ActiveToMs is { } to ? Ms(to) : null);

    private static Instant Ms(long at) => Instant.FromUnixTimeMilliseconds(at);
}
