using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.OnCall;

/// <summary>The first time within a span at which someone is on call.</summary>
/// <param name="Start">In the past for one who is on call now.</param>
public sealed record UpcomingShift(PersonRef Person, string Schedule, string Position, DateTimeOffset Start, DateTimeOffset End);
