using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.OnCall.Store;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.OnCall.Policies;

/// <summary>Stored policies as the domain's.</summary>
internal static class PolicyBook
{
    /// <summary>The policy whose first level is paged when nobody else can be.</summary>
    public const string CatchAllId = "catch-all";

    /// <summary>Stands in where the store has none: whoever there is, at once.</summary>
    public static EscalationPolicy LastResort { get; } = new()
    {
        Id = CatchAllId,
        Name = "Catch-all",
        Repeats = 3,
        Levels = [new EscalationLevel { Name = "Everyone", DelaySeconds = 0, Targets = [EscalationTarget.Everyone] }],
    };

    public static EscalationPolicy Read(PolicyRow row) => new() { Id = row.Id, Name = row.Name, Repeats = row.Repeats, Levels = Levels(row) };

    public static IReadOnlyList<EscalationLevel> Levels(PolicyRow row) => JsonSerializer.Deserialize<IReadOnlyList<EscalationLevel>>(row.Levels, StoreJson.Options) ?? [];

    public static IReadOnlyList<PolicyScope> Scopes(PolicyRow row) => JsonSerializer.Deserialize<IReadOnlyList<PolicyScope>>(row.Scopes, StoreJson.Options) ?? [];

    /// <summary>The policy that says most about where it applies; ties go to the first.</summary>
    public static PolicyRow? Choose(IEnumerable<PolicyRow> rows, string platform, string? service, string severity) =>
        (from row in rows
         where row.Path != EscalationPath.CatchAll
         from scope in Scopes(row)
         where scope.Fits(platform, service, severity)
         orderby scope.Weight descending
         select row).FirstOrDefault();

    public static Task<List<PolicyRow>> ReadPoliciesAsync(this OpsDbContext db, CancellationToken cancellationToken) =>
        db.Set<PolicyRow>().AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancellationToken);
}
