using MediatR;

namespace OpsDashboard.Application.Keys.Watch;

/// <summary>A key expires within 14 days. Published once a key, in the transaction that remembers that it was said.</summary>
/// <param name="OwnerId">Who made it; null: a program.</param>
public sealed record KeyExpires(string Id, string Name, string? OwnerId, long ExpiresAtMs, long AtMs) : INotification;
