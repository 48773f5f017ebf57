using MediatR;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Alerts;

/// <summary>A message that an alert fires, whoever sends it.</summary>
public sealed record AlertSignal
{
    /// <summary>At most <see cref="AlertIdentity.MaxKeyLength"/> characters; begins with its origin, as "rule:".</summary>
    public required string Key { get; init; }

    /// <summary>What belongs to one incident has one group key.</summary>
    public required string GroupKey { get; init; }

    public required AlertSource Source { get; init; }

    public int? IntegrationId { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    public string? Link { get; init; }

    /// <summary>Routing and silences look at these.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string? Platform { get; init; }

    public string? Service { get; init; }

    public AlertLevel? Level { get; init; }

    /// <summary>A name of the platform's scale; null: the one of the level.</summary>
    public string? Severity { get; init; }

    /// <summary>Null: the policy of its platform, service and severity.</summary>
    public string? PolicyId { get; init; }

    public required long StartsAtMs { get; init; }

    public int? StaleAfterSeconds { get; init; }

    /// <summary>It tells of this incident: it joins it and never opens another.</summary>
    public long? IncidentId { get; init; }
}

/// <summary>An alert opened. Published in the transaction that records it.</summary>
public sealed record AlertOpened(
    long AlertId,
    string Title,
    string Platform,
    string? Service,
    string Severity,
    AlertLevel Level,
    AlertAction Action,
    bool Muted,
    long AtMs) : INotification;
