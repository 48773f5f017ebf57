namespace OpsDashboard.Application.Telemetry.Prometheus;

public enum DataSourceState
{
    /// <summary>Nothing is read from it.</summary>
    Unused,

    /// <summary>Not asked yet.</summary>
    Waiting,

    Working,

    /// <summary>Some SLIs are read, some are not.</summary>
    Partial,

    /// <summary>No SLI could be read at the last try.</summary>
    Failing,

    /// <summary>A system of a type this product does not ask.</summary>
    NotAsked,
}

/// <summary>A data source and how reading it goes.</summary>
public sealed record DataSourceSummary
{
    /// <summary>Path platform/name.</summary>
    public required string Id { get; init; }

    public required string Platform { get; init; }

    public required string Name { get; init; }

    public string? DisplayName { get; init; }

    public required string Type { get; init; }

    public string? Url { get; init; }

    public required DataSourceState State { get; init; }

    /// <summary>When a span was last taken from it.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>Age of the newest minute taken, of the SLI furthest behind; null before the first.</summary>
    public long? LagSeconds { get; init; }

    /// <summary>Why reading fails, or what was left out; null when all is well.</summary>
    public string? Fault { get; init; }

    public DateTimeOffset? FaultAt { get; init; }

    public required IReadOnlyList<PolledSliSummary> Slis { get; init; }

    public required PrometheusSettings Settings { get; init; }
}

/// <summary>One SLI read from a data source.</summary>
public sealed record PolledSliSummary
{
    /// <summary>Path platform/service/sli.</summary>
    public required string Id { get; init; }

    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>First minute not yet taken.</summary>
    public DateTimeOffset? ReadUntil { get; init; }

    public string? Fault { get; init; }

    public DateTimeOffset? FaultAt { get; init; }

    /// <summary>Tries that gave nothing since the last success.</summary>
    public required int Failures { get; init; }
}
