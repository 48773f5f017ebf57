namespace OpsDashboard.Domain;

/// <summary>One thing wrong with what someone handed in.</summary>
/// <param name="Pointer">Where: a JSON pointer in camelCase, as /target or /alertRules/2/threshold.</param>
/// <param name="Rule">Which rule it breaks, as a stable word.</param>
/// <param name="Message">What was expected, in one sentence.</param>
public sealed record Fault(string Pointer, string Rule, string Message);
