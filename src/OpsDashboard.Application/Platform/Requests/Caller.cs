using System.Collections.Frozen;

namespace OpsDashboard.Application.Platform.Requests;

/// <summary>Who sends a request: a person who signed in, a program with a key, the product itself, or nobody known.</summary>
/// <param name="Name">Shown in histories; never a secret.</param>
/// <param name="Allowed">What they may do at all; <see cref="Scopes"/> says to what.</param>
/// <param name="PersonId">The person of the on-call directory they are; null: none of them, or a program.</param>
public sealed record Caller(string Name, IReadOnlySet<Access> Allowed, string? PersonId = null)
{
    private static readonly FrozenSet<Access> Programs =
        [Access.Public, Access.View, Access.ReadReports, Access.ReadAudit, Access.Ingest, Access.EditObjectives, Access.EditKpis, Access.EditSchedules, Access.Respond, Access.Administer];

    private static readonly FrozenDictionary<Access, Scope> Unlimited = FrozenDictionary<Access, Scope>.Empty;

    /// <summary>Null: not a person with an account.</summary>
    public string? AccountId { get; init; }

    /// <summary>The session of the person; null: none.</summary>
    public string? SessionId { get; init; }

    /// <summary>Until when a person counts as having proved who they are; unlimited where nobody could be asked.</summary>
    public long ConfirmedUntilMs { get; init; } = long.MaxValue;

    /// <summary>What a right reaches, where it does not reach everything.</summary>
    public IReadOnlyDictionary<Access, Scope> Scopes { get; init; } = Unlimited;

    /// <summary>Nobody known.</summary>
    public static Caller Anonymous { get; } = new("anonymous", FrozenSet.Create(Access.Public));

    /// <summary>The product's own workers.</summary>
    public static Caller System { get; } = new("system", Enum.GetValues<Access>().ToFrozenSet());

    /// <summary>The key of the configuration: everything but people and keys.</summary>
    public static Caller WithKey(string name) => new(name, Programs);

    /// <param name="owned">What the teams of the person own.</param>
    public static Caller InRoles(string name, IReadOnlyList<RoleGrant> grants, Scope owned, string? personId = null)
    {
        var scopes = new Dictionary<Access, Scope> { [Access.Public] = Scope.Everything, [Access.Self] = Scope.Everything };
        foreach (var grant in grants)
        {
            foreach (var access in Roles.AllowedTo(grant.Role))
            {
                var reach = Roles.IsByOwnership(grant.Role, access) ? grant.Scope.And(owned) : grant.Scope;
                scopes[access] = scopes.TryGetValue(access, out var more) ? more.Or(reach) : reach;
            }
        }

        return new Caller(name, scopes.Keys.ToFrozenSet(), personId)
        {
            Scopes = scopes.Where(scope => !scope.Value.IsEverything).ToFrozenDictionary(),
        };
    }

    /// <summary>Whether the caller may do this to anything at all.</summary>
    public bool May(Access access) => Allowed.Contains(access);

    public bool May(Access access, Touched touched) => May(access) && ScopeOf(access).Covers(touched);

    /// <summary>Whether a screen made for the one is right for the other: the same person with the same rights and reach.</summary>
    public bool MayAsMuchAs(Caller other) =>
        (Name, PersonId, AccountId) == (other.Name, other.PersonId, other.AccountId)
        && Allowed.SetEquals(other.Allowed)
        && Allowed.All(access => ScopeOf(access).Equals(other.ScopeOf(access)));

    /// <summary>What the right reaches; nothing, where the caller has not got it.</summary>
    public Scope ScopeOf(Access access)
    {
        if (!May(access))
        {
            return Scope.Nothing;
        }

        return Scopes.TryGetValue(access, out var scope) ? scope : Scope.Everything;
    }
}

/// <summary>Holds the caller of the current scope.</summary>
public sealed class CallerContext
{
    public Caller Current { get; set; } = Caller.Anonymous;

    /// <summary>Network address the request came from; null for the product's own work.</summary>
    public string? Address { get; set; }

    /// <summary>A program's word for "this is the same write": a repeated command answers as the first did and changes nothing.</summary>
    public string? IdempotencyKey { get; set; }
}
