using MediatR;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Evaluation;

/// <summary>A burn alert began to fire. Published in the transaction that records it.</summary>
/// <param name="AlertId">Number of the alert; the same until it ends.</param>
public sealed record BurnRateBreached(long AlertId, string SloId, BurnAlertRule Rule, DateTimeOffset Since) : INotification;

/// <summary>A burn alert fires no longer.</summary>
public sealed record BurnRateRecovered(long AlertId, string SloId, BurnAlertRule Rule, DateTimeOffset Until) : INotification;
