using System.Text.Json.Serialization;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Catalog;

/// <summary>A measured series: what it counts and where its samples come from. Several SLOs may read one.</summary>
public sealed record SliDefinition
{
    /// <summary>Path platform/service/sli.</summary>
    public required string Id { get; init; }

    public required string Platform { get; init; }

    public required string Service { get; init; }

    /// <summary>Last part of the id.</summary>
    public required string Name { get; init; }

    public string? DisplayName { get; init; }

    public required SliKind Kind { get; init; }

    /// <summary>Unit of its values for display; null for bare counts.</summary>
    public string? Unit { get; init; }

    public string? Description { get; init; }

    public required SliSource Source { get; init; }
}

/// <summary>Where the samples of an SLI come from.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "source")]
[JsonDerivedType(typeof(Push), "push")]
[JsonDerivedType(typeof(Prometheus), "prometheus")]
[JsonDerivedType(typeof(Probed), "probe")]
[JsonDerivedType(typeof(Elsewhere), "elsewhere")]
public abstract record SliSource
{
    /// <summary>Sent to the intake.</summary>
    public sealed record Push : SliSource;

    /// <summary>Polled with PromQL. Good and total, or bad and total, or raw: a stored ratio, or the value of a threshold metric.</summary>
    public sealed record Prometheus : SliSource
    {
        /// <summary>Path platform/name of the data source; null where the document names none and there is not exactly one.</summary>
        public string? DataSource { get; init; }

        public string? Good { get; init; }

        public string? Bad { get; init; }

        public string? Total { get; init; }

        public string? Raw { get; init; }

        /// <summary>The raw ratio is bad over total.</summary>
        public bool RawIsFailure { get; init; }

        /// <summary>The queries give counters that only grow; otherwise numbers that stand for themselves.</summary>
        public bool Counter { get; init; }

        /// <summary>Of a histogram: the bounds of its buckets are milliseconds, not seconds.</summary>
        public bool BoundsInMs { get; init; }
    }

    /// <summary>Measured by a probe of this product.</summary>
    /// <param name="Probe">Path platform/service/probe.</param>
    public sealed record Probed(string Probe) : SliSource;

    /// <summary>A system this product does not ask: samples must be sent to the intake. Kept so that an export says what the import said.</summary>
    /// <param name="Type">Type of the data source, such as Datadog.</param>
    /// <param name="Metric">The SLI's spec as canonical YAML.</param>
    public sealed record Elsewhere(string Type, string Metric) : SliSource;
}

public sealed record ServiceDefinition
{
    /// <summary>Path platform/service.</summary>
    public required string Id { get; init; }

    public required string Platform { get; init; }

    public required string Name { get; init; }

    public string? DisplayName { get; init; }

    public string? Description { get; init; }
}

public sealed record DataSourceDefinition
{
    /// <summary>Path platform/name.</summary>
    public required string Id { get; init; }

    public required string Platform { get; init; }

    public required string Name { get; init; }

    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    /// <summary>As the document says: Prometheus, Datadog, …; <see cref="IntakeType"/> for samples sent to the intake.</summary>
    public required string Type { get; init; }

    /// <summary>The connection detail <c>url</c>; null where there is none.</summary>
    public string? Url { get; init; }

    /// <summary>All connection details as YAML; may hold secrets.</summary>
    public string? ConnectionDetails { get; init; }

    public const string IntakeType = "OpsDashboard";
}
