namespace OpsDashboard.Domain.Keys;

/// <summary>How many requests a minute a key may make (agent-mesh 1.2: requests per minute by tier).</summary>
public enum KeyTier
{
    Free,
    Professional,

    /// <summary>Fair use: a limit that protects the instance, set by its operator.</summary>
    Enterprise,
}

/// <summary>Which kind of data a key may hand in.</summary>
public enum KeySource
{
    Samples,
    Deployments,
    Measurements,
}

/// <summary>The rules of a key's life.</summary>
public static class KeyTerms
{
    /// <summary>Longest life of a key, in days.</summary>
    public const int MostDays = 90;

    /// <summary>Its owner is warned so many days ahead.</summary>
    public const int WarnDays = 14;

    /// <summary>Live keys of one client: the one in use and the one that follows it.</summary>
    public const int MostLive = 2;
}
