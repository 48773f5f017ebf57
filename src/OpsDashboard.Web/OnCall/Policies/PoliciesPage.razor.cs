using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.OnCall.Policies;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.OnCall.Policies;

/// <summary>Whom each kind of trouble reaches, in which order, and which clause wants it so.</summary>
public sealed partial class PoliciesPage
{
    private IReadOnlyList<PolicySummary>? _policies;
    private bool _failed;

    private string Answer => _policies is not { } policies
        ? "Reading the policies."
        : policies.Count(policy => policy.IsTooSlow) switch
        {
            0 => "Every policy reaches its last level within the time its clause allows.",
            1 => "One policy reaches its last level later than its clause allows.",
            var late => $"{late} policies reach their last level later than their clauses allow.",
        };

    protected override async Task OnInitializedAsync()
    {
        await ListenAsync([("oncall", "all")], TimeSpan.FromSeconds(1), LoadAsync);
        await LoadAsync();
    }

    private static string Levels(PolicySummary policy)
    {
        var since = 0;
        return string.Join(" → ", policy.Levels.Select(level => $"{level.Name} {(since += level.DelaySeconds) switch { 0 => "at once", var at => PolicyWords.Span(at) }}"));
    }

    private async Task LoadAsync()
    {
        var policies = await Send(new ListPolicies());
        _failed = !policies.Succeeded;
        _policies = policies.Succeeded ? policies.Value : _policies;
    }
}
