using MediatR;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.OnCall;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.OnCall.Policies;

/// <summary>All escalation policies: the technical ones first, the catch-all last.</summary>
public sealed record ListPolicies : IQuery<IReadOnlyList<PolicySummary>>
{
    public static Access Access => Access.View;
}

/// <param name="Clause">What asks for it; null: nothing but its author.</param>
/// <param name="WithinSeconds">Until when the clause wants the last level told; null: it names no time.</param>
/// <param name="LastLevelSeconds">When the last level is told, counted from the opening.</param>
/// <param name="Shipped">As it came with the product.</param>
public sealed record PolicySummary(
    string Id,
    string Name,
    EscalationPath Path,
    int Repeats,
    IReadOnlyList<EscalationLevel> Levels,
    IReadOnlyList<PolicyScope> Scopes,
    Clause? Clause,
    int? WithinSeconds,
    int LastLevelSeconds,
    int Version,
    bool Shipped,
    string Author,
    DateTimeOffset UpdatedAt)
{
    /// <summary>It tells the last level later than its clause allows.</summary>
    public bool IsTooSlow => WithinSeconds is { } within && LastLevelSeconds > within;
}

internal sealed class ListPoliciesHandler(OpsDbContext db) : IRequestHandler<ListPolicies, Outcome<IReadOnlyList<PolicySummary>>>
{
    public async Task<Outcome<IReadOnlyList<PolicySummary>>> Handle(ListPolicies request, CancellationToken cancellationToken) =>
        (await db.ReadPoliciesAsync(cancellationToken)).Select(Describe).OrderBy(policy => policy.Path).ThenBy(policy => policy.Id, StringComparer.Ordinal).ToList();

    public static PolicySummary Describe(PolicyRow row)
    {
        var levels = PolicyBook.Levels(row);
        return new(
            row.Id,
            row.Name,
            row.Path,
            row.Repeats,
            levels,
            PolicyBook.Scopes(row),
            row.Document is null ? null : new Clause(row.Document, row.Section ?? "", row.Quote ?? ""),
            row.WithinSeconds,
            levels.Sum(level => level.DelaySeconds),
            row.Version,
            row.Author == ShippedPolicies.Author,
            row.Author,
            Instants.ToInstant(row.UpdatedAtMs));
    }
}
