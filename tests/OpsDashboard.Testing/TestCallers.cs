using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Testing;

/// <summary>Callers of tests that send requests without a host around them.</summary>
public static class TestCallers
{
    /// <summary>An administrator who reaches everything.</summary>
    public static Caller Viewer { get; } = InRole(Role.Administrator, name: Doors.AdministratorName);

    /// <summary>The same, being a person of the on-call directory.</summary>
    public static Caller Known(string personId, string name) => Viewer with { Name = name, PersonId = personId };

    /// <param name="scope">Null: everything.</param>
    /// <param name="owned">What the teams of theirs own; null: nothing.</param>
    public static Caller InRole(Role role, Scope? scope = null, Scope? owned = null, string? name = null, string? personId = null) =>
        Caller.InRoles(name ?? role.Word(), [new RoleGrant(role, scope ?? Scope.Everything)], owned ?? Scope.Nothing, personId);
}
