using OpsDashboard.Application.OnCall.Policies;

namespace OpsDashboard.Web.Incidents;

/// <summary>The contracts' paths beyond the technical one, as choices.</summary>
internal static class PathWords
{
    public static IReadOnlyList<(string Value, string Word)> Options(IEnumerable<PolicySummary> policies) =>
        [.. policies.Where(policy => policy.Path is EscalationPath.Business or EscalationPath.Compliance).Select(policy => (policy.Id, $"{policy.Path}: {policy.Name}"))];
}
