namespace OpsDashboard.Application.Platform.Requests;

/// <summary>Who sends a request. Until accounts exist there are three: a person at a screen, a program with a key, the product itself.</summary>
/// <param name="Name">Shown in histories; never a secret.</param>
/// <param name="PersonId">Whom the one at the screen says to be; null: nobody was chosen, or it is a program.</param>
public sealed record Caller(string Name, IReadOnlySet<Access> Allowed, string? PersonId = null)
{
    /// <summary>A program without a key.</summary>
    public static Caller Anonymous { get; } = new("anonymous", new HashSet<Access> { Access.View });

    /// <summary>A person using the screens of an instance that has no accounts yet.</summary>
    public static Caller Viewer { get; } = new("local user", new HashSet<Access> { Access.View, Access.EditObjectives, Access.Respond, Access.Administer });

    /// <summary>A person at a screen who said who they are. A statement, not a proof: it allows no more than <see cref="Viewer"/> may.</summary>
    public static Caller Known(string personId, string name) => Viewer with { Name = name, PersonId = personId };

    /// <summary>The product's own workers.</summary>
    public static Caller System { get; } = new("system", new HashSet<Access> { Access.View, Access.Ingest, Access.EditObjectives, Access.Respond, Access.Administer });

    public static Caller WithKey(string name) => System with { Name = name };
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
