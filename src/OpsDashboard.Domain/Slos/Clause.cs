namespace OpsDashboard.Domain.Slos;

/// <summary>Where in a contract a figure stands, with its words.</summary>
public sealed record Clause(string Document, string Section, string Quote);
