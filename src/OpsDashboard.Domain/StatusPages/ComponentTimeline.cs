namespace OpsDashboard.Domain.StatusPages;

/// <summary>A state that something gives a component over [From, To), Unix milliseconds.</summary>
public readonly record struct ComponentSpan(long From, long To, ComponentState State);

/// <summary>
/// What a component was told to be over time. A state set by hand counts whatever else is so; then the worst of the incidents that
/// were published; then maintenance; then it works.
/// </summary>
public sealed class ComponentTimeline(
    IReadOnlyList<ComponentSpan> incidents,
    IReadOnlyList<ComponentSpan> maintenance,
    IReadOnlyList<ComponentSpan> overrides)
{
    public ComponentState At(long instant)
    {
        if (Last(overrides, instant) is { } byHand)
        {
            return byHand.State;
        }

        var worst = incidents.Where(span => Holds(span, instant)).Select(span => span.State).DefaultIfEmpty(ComponentState.Operational).Max();
        return worst == ComponentState.Operational && maintenance.Any(span => Holds(span, instant)) ? ComponentState.UnderMaintenance : worst;
    }

    /// <summary>States over [from, to), earliest first, without a gap; neighbours differ.</summary>
    public IReadOnlyList<ComponentSpan> Between(long from, long to)
    {
        if (to <= from)
        {
            return [];
        }

        var edges = incidents.Concat(maintenance).Concat(overrides)
            .SelectMany(span => new[] { span.From, span.To })
            .Where(edge => edge > from && edge < to)
            .Append(from)
            .Distinct()
            .Order()
            .ToList();
        var spans = new List<ComponentSpan>();
        for (var i = 0; i < edges.Count; i++)
        {
            var end = i + 1 < edges.Count ? edges[i + 1] : to;
            var state = At(edges[i]);
            if (spans.Count > 0 && spans[^1].State == state)
            {
                spans[^1] = spans[^1] with { To = end };
            }
            else
            {
                spans.Add(new(edges[i], end, state));
            }
        }

        return spans;
    }

    /// <summary>The next instant after this one at which the state may change; null when nothing known changes it.</summary>
    public long? NextEdge(long after)
    {
        var edges = incidents.Concat(maintenance).Concat(overrides)
            .SelectMany(span => new[] { span.From, span.To })
            .Where(edge => edge > after && edge < long.MaxValue)
            .ToList();
        return edges.Count == 0 ? null : edges.Min();
    }

    private static bool Holds(ComponentSpan span, long instant) => span.From <= instant && instant < span.To;

    // The newest word counts where two overlap.
    private static ComponentSpan? Last(IReadOnlyList<ComponentSpan> spans, long instant)
    {
        ComponentSpan? found = null;
        foreach (var span in spans.Where(span => Holds(span, instant)))
        {
            found = found is { } known && known.From > span.From ? known : span;
        }

        return found;
    }
}
