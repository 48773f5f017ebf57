namespace OpsDashboard.Domain.Slos;

public enum Comparison
{
    LessThan,
    LessOrEqual,
    GreaterThan,
    GreaterOrEqual,
}

/// <summary>The condition a value or a request's duration must meet to be good.</summary>
/// <param name="Limit">In the unit of the SLI; milliseconds for <see cref="SliKind.Latency"/>, seconds for <see cref="SliKind.Freshness"/>.</param>
public sealed record Threshold(Comparison Op, decimal Limit);
