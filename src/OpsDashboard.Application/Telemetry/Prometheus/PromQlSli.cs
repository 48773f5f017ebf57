using OpsDashboard.Application.Catalog;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Telemetry.Prometheus;

/// <summary>How the minutes of an SLI follow from queries.</summary>
public enum PromQlShape
{
    /// <summary>Good and total events.</summary>
    GoodAndTotal,

    /// <summary>Bad and total events.</summary>
    BadAndTotal,

    /// <summary>The cumulative buckets of a latency histogram.</summary>
    Buckets,

    /// <summary>A gauge.</summary>
    Value,
}

/// <summary>Queries as a person writes them, to be tried and to be kept.</summary>
public sealed record PromQlQueries
{
    /// <summary>Path platform/name of the data source.</summary>
    public required string DataSource { get; init; }

    public required PromQlShape Shape { get; init; }

    /// <summary>Good or bad events; for buckets and values the only query.</summary>
    public required string Query { get; init; }

    /// <summary>Total events; only with good or bad.</summary>
    public string? Total { get; init; }

    /// <summary>The queries name counters that only grow, and their increase per minute counts; otherwise each gives the number of a minute itself.</summary>
    public bool Counter { get; init; } = true;

    /// <summary>Bounds of buckets are milliseconds instead of Prometheus' seconds.</summary>
    public bool BoundsInMs { get; init; }

    internal bool HasTotal => Shape is PromQlShape.GoodAndTotal or PromQlShape.BadAndTotal;

    internal SliKind Kind => Shape switch
    {
        PromQlShape.GoodAndTotal or PromQlShape.BadAndTotal => SliKind.Ratio,
        PromQlShape.Buckets => SliKind.Latency,
        PromQlShape.Value => SliKind.Value,
    };

    /// <summary>Whether queries of this shape give what an SLI of that kind counts.</summary>
    internal bool Fits(SliKind kind) => kind switch
    {
        SliKind.Ratio or SliKind.Job => HasTotal,
        SliKind.Latency => Shape == PromQlShape.Buckets,
        SliKind.Value or SliKind.Freshness => Shape == PromQlShape.Value,
    };

    internal IReadOnlyList<Fault> Check()
    {
        var faults = new List<Fault>();
        Require(!string.IsNullOrWhiteSpace(DataSource), "/dataSource", "dataSource.required", "Choose a data source.");
        CheckQuery(Query, "/query");
        if (HasTotal)
        {
            CheckQuery(Total, "/total");
        }
        else
        {
            Require(string.IsNullOrWhiteSpace(Total), "/total", "total.unused", "Only good or bad events have a total.");
        }

        return faults;

        void CheckQuery(string? query, string pointer)
        {
            Require(!string.IsNullOrWhiteSpace(query), pointer, "query.required", "A PromQL expression is required.");
            Require(query is null || query.Length <= PromQl.MaxLength, pointer, "query.tooLong", $"At most {PromQl.MaxLength} characters.");
        }

        void Require(bool holds, string pointer, string rule, string message)
        {
            if (!holds)
            {
                faults.Add(new Fault(pointer, rule, message));
            }
        }
    }

    internal SliSource.Prometheus ToSource() => new()
    {
        DataSource = DataSource,
        Good = Shape == PromQlShape.GoodAndTotal ? Query.Trim() : null,
        Bad = Shape == PromQlShape.BadAndTotal ? Query.Trim() : null,
        Total = HasTotal ? Total!.Trim() : null,
        Raw = HasTotal ? null : Query.Trim(),
        Counter = Counter && Shape != PromQlShape.Value,
        BoundsInMs = BoundsInMs && Shape == PromQlShape.Buckets,
    };
}
