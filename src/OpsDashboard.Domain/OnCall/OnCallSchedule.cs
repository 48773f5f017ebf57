using NodaTime;

namespace OpsDashboard.Domain.OnCall;

/// <summary>One place that someone holds at any time, as primary or secondary.</summary>
public sealed record OnCallPosition
{
    /// <summary>A slug, unique within its schedule.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>From the lowest to the highest.</summary>
    public required IReadOnlyList<OnCallLayer> Layers { get; init; }
}

/// <summary>What a schedule says from an instant on, until the next version does.</summary>
public sealed record ScheduleVersion(Instant EffectiveFrom, DateTimeZone Zone, IReadOnlyList<OnCallPosition> Positions);

/// <summary>Someone holds a position for a while, whatever the layers say. Of several the one with the highest number wins.</summary>
public sealed record OnCallOverride(int Id, string Position, Instant Start, Instant End, string Person);

/// <summary>When someone can be on call at all, [from, to).</summary>
public sealed record PersonSpan(string Person, Instant? From, Instant? To)
{
    public bool Covers(Instant at) => (From is not { } from || from <= at) && (To is not { } to || at < to);
}

/// <summary>A stretch of the final schedule.</summary>
/// <param name="Person">Null: a gap, nobody is on call.</param>
/// <param name="Layer">Index of the layer it comes from; null for an override and for a gap.</param>
/// <param name="OverrideId">Null: from a layer.</param>
/// <param name="OriginStart">When the whole turn or override began that this is a part of.</param>
public sealed record FinalShift(Instant Start, Instant End, string? Person, int? Layer, int? OverrideId, Instant OriginStart);

/// <summary>One position over a span: each layer by itself, and what comes of all of them.</summary>
public sealed record RenderedPosition(
    string Position,
    string Name,
    IReadOnlyList<(string Name, IReadOnlyList<Shift> Shifts)> Layers,
    IReadOnlyList<FinalShift> Final)
{
    public IEnumerable<FinalShift> Gaps => Final.Where(shift => shift.Person is null);
}

/// <summary>
/// A schedule with its whole past: every instant is rendered by the version that was in force then, so that an edit never rewrites
/// who was on call.
/// </summary>
/// <param name="Versions">Ascending by the instant they take effect.</param>
/// <param name="People">Who is not named here is never on call.</param>
public sealed record OnCallSchedule(
    IReadOnlyList<ScheduleVersion> Versions,
    IReadOnlyList<OnCallOverride> Overrides,
    IReadOnlyList<PersonSpan> People)
{
    /// <summary>The version in force at an instant; null before the first.</summary>
    public ScheduleVersion? VersionAt(Instant at) => Versions.LastOrDefault(version => version.EffectiveFrom <= at);

    /// <summary>Positions that some version in force within [from, to) has, in the order of the latest of them.</summary>
    public IReadOnlyList<(string Id, string Name)> PositionsIn(Instant from, Instant to) =>
    [
        .. InForce(from, to).Reverse().SelectMany(part => part.Version.Positions)
            .DistinctBy(position => position.Id, StringComparer.Ordinal).Select(position => (position.Id, position.Name)),
    ];

    /// <summary>Who holds a position at an instant; null: nobody.</summary>
    public string? WhoAt(string position, Instant at) => Render(position, at, at + Duration.FromMilliseconds(1)) is { Final: [{ } shift, ..] } ? shift.Person : null;

    /// <summary>The stretches of [from, to), without holes; the times before the first version are left out.</summary>
    public RenderedPosition Render(string position, Instant from, Instant to)
    {
        var final = new List<FinalShift>();
        var rows = new List<(string Name, List<Shift> Shifts)>();
        var name = position;
        foreach (var (version, start, end) in InForce(from, to))
        {
            if (version.Positions.FirstOrDefault(one => one.Id == position) is not { } place)
            {
                continue;
            }

            name = place.Name;
            var layers = place.Layers.Select(layer => layer.Shifts(version.Zone, start, end).ToList()).ToList();
            for (var index = 0; index < layers.Count; index++)
            {
                if (rows.Count == index)
                {
                    rows.Add((place.Layers[index].Name, []));
                }

                rows[index] = (place.Layers[index].Name, rows[index].Shifts);
                rows[index].Shifts.AddRange(layers[index].Select(shift => shift.Part));
            }

            final.AddRange(Stretches.Of(layers, [.. Overrides.Where(one => one.Position == position)], People, start, end));
        }

        return new(position, name, [.. rows.Select(row => (row.Name, (IReadOnlyList<Shift>)row.Shifts))], final);
    }

    private IEnumerable<(ScheduleVersion Version, Instant Start, Instant End)> InForce(Instant from, Instant to)
    {
        for (var index = 0; index < Versions.Count; index++)
        {
            var start = Instant.Max(from, Versions[index].EffectiveFrom);
            var end = index + 1 < Versions.Count ? Instant.Min(to, Versions[index + 1].EffectiveFrom) : to;
            if (start < end)
            {
                yield return (Versions[index], start, end);
            }
        }
    }
}
