namespace OpsDashboard.Domain.Slos;

/// <summary>Where in a contract a figure stands, with its words.</summary>
public sealed record Clause(string Document, string Section, string Quote);

/// <summary>A figure that contradicts the one an objective implements.</summary>
/// <param name="With">Id of the objective that implements the other figure; where none does, its clause in words.</param>
/// <param name="Why">What does not fit, in a sentence.</param>
public sealed record Disagreement(string With, string Why);
