using NodaTime;

namespace OpsDashboard.Domain.OnCall;

/// <summary>Lays overrides over layers, the later over the earlier, and leaves out who is not there.</summary>
internal static class Stretches
{
    public static IReadOnlyList<FinalShift> Of(
        IReadOnlyList<List<(Shift Part, Shift Whole)>> layers,
        IReadOnlyList<OnCallOverride> overrides,
        IReadOnlyList<PersonSpan> people,
        Instant from,
        Instant to)
    {
        var present = people.ToLookup(span => span.Person, StringComparer.Ordinal);
        var edges = Edges(layers, overrides, people, from, to);
        var next = new int[layers.Count];
        var final = new List<FinalShift>();
        for (var index = 0; index + 1 < edges.Count; index++)
        {
            var (start, end) = (edges[index], edges[index + 1]);
            var shift = Override(overrides, present, start, end) ?? Layer(layers, next, present, start, end) ?? new FinalShift(start, end, null, null, null, start);
            Append(final, shift);
        }

        return final;
    }

    private static FinalShift? Override(IReadOnlyList<OnCallOverride> overrides, ILookup<string, PersonSpan> present, Instant start, Instant end) =>
        overrides.Where(one => one.Start <= start && start < one.End && IsThere(present, one.Person, start)).MaxBy(one => one.Id) is { } top
            ? new FinalShift(start, end, top.Person, null, top.Id, top.Start)
            : null;

    private static FinalShift? Layer(
        IReadOnlyList<List<(Shift Part, Shift Whole)>> layers,
        int[] next,
        ILookup<string, PersonSpan> present,
        Instant start,
        Instant end)
    {
        for (var layer = layers.Count - 1; layer >= 0; layer--)
        {
            var shifts = layers[layer];
            while (next[layer] < shifts.Count && shifts[next[layer]].Part.End <= start)
            {
                next[layer]++;
            }

            if (next[layer] < shifts.Count && shifts[next[layer]] is var (part, whole) && part.Covers(start) && IsThere(present, part.Person, start))
            {
                return new FinalShift(start, end, part.Person, layer, null, whole.Start);
            }
        }

        return null;
    }

    private static bool IsThere(ILookup<string, PersonSpan> present, string person, Instant at) => present[person].Any(span => span.Covers(at));

    private static void Append(List<FinalShift> final, FinalShift shift)
    {
        if (final.Count > 0 && final[^1] is var last && last.Person == shift.Person
            && (shift.Person is null || (last.Layer == shift.Layer && last.OverrideId == shift.OverrideId && last.OriginStart == shift.OriginStart)))
        {
            final[^1] = last with { End = shift.End };
        }
        else
        {
            final.Add(shift);
        }
    }

    /// <summary>Every instant at which the answer may change; in between it cannot.</summary>
    private static List<Instant> Edges(
        IReadOnlyList<List<(Shift Part, Shift Whole)>> layers,
        IReadOnlyList<OnCallOverride> overrides,
        IReadOnlyList<PersonSpan> people,
        Instant from,
        Instant to)
    {
        var edges = new SortedSet<Instant> { from, to };
        foreach (var (part, _) in layers.SelectMany(shifts => shifts))
        {
            edges.Add(part.Start);
            edges.Add(part.End);
        }

        foreach (var one in overrides)
        {
            edges.Add(one.Start);
            edges.Add(one.End);
        }

        foreach (var span in people)
        {
            edges.Add(span.From ?? from);
            edges.Add(span.To ?? to);
        }

        return [.. edges.GetViewBetween(from, to)];
    }
}
