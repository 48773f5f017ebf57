namespace OpsDashboard.Domain.OnCall;

/// <summary>Someone who can be paged, as other features speak of them.</summary>
/// <param name="Id">A slug, as primary-on-call; never reused for someone else.</param>
/// <param name="Name">Shown in timelines.</param>
public sealed record PersonRef(string Id, string Name);
