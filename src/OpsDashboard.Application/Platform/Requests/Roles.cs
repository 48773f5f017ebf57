using System.Collections.Frozen;

namespace OpsDashboard.Application.Platform.Requests;

/// <summary>What a person is to the product.</summary>
public enum Role
{
    /// <summary>Reads executive pages and reports.</summary>
    Executive,

    /// <summary>Works on alerts, incidents and pages.</summary>
    Responder,

    /// <summary>Edits objectives, KPIs and schedules of what their team owns, and responds.</summary>
    TeamLead,

    Administrator,

    /// <summary>Reads everything and the audit trail, changes nothing.</summary>
    Auditor,
}

/// <summary>Which role may do what: the only place where that is written down. docs/access.md tells it in words.</summary>
public static class Roles
{
    private static readonly FrozenDictionary<Role, FrozenSet<Access>> Table = new Dictionary<Role, FrozenSet<Access>>
    {
        [Role.Executive] = Of(Access.ReadReports),
        [Role.Responder] = Of(Access.View, Access.Respond),
        [Role.TeamLead] = Of(Access.View, Access.ReadReports, Access.Respond, Access.EditObjectives, Access.EditKpis, Access.EditSchedules),
        [Role.Administrator] = Of(
            Access.View, Access.ReadReports, Access.ReadAudit, Access.Respond, Access.EditObjectives, Access.EditKpis, Access.EditSchedules,
            Access.Administer, Access.ManagePeople, Access.ManageKeys),
        [Role.Auditor] = Of(Access.View, Access.ReadReports, Access.ReadAudit),
    }.ToFrozenDictionary();

    /// <summary>What a team lead may do only to what a team of theirs owns.</summary>
    private static readonly FrozenSet<Access> Owned = FrozenSet.Create(Access.EditObjectives, Access.EditKpis, Access.EditSchedules);

    /// <summary>What changes nothing of anybody else's.</summary>
    private static readonly FrozenSet<Access> Harmless = FrozenSet.Create(Access.Public, Access.Self, Access.View, Access.ReadReports, Access.ReadAudit);

    public static IReadOnlyList<Role> All { get; } = Enum.GetValues<Role>();

    public static IReadOnlySet<Access> AllowedTo(Role role) => Table[role];

    /// <summary>Whether the right reaches only as far as the ownership of the person's teams.</summary>
    public static bool IsByOwnership(Role role, Access access) => role == Role.TeamLead && Owned.Contains(access);

    /// <summary>Whether somebody in this role can change anything that is not their own.</summary>
    public static bool CanChange(Role role) => !Table[role].IsSubsetOf(Harmless);

    public static string Word(this Role role) => role switch
    {
        Role.Executive => "Executive",
        Role.Responder => "Responder",
        Role.TeamLead => "Team lead",
        Role.Administrator => "Administrator",
        Role.Auditor => "Auditor",
    };

    private static FrozenSet<Access> Of(params Access[] more) => [Access.Public, Access.Self, .. more];
}

/// <summary>A role, and what it reaches.</summary>
public sealed record RoleGrant(Role Role, Scope Scope);
