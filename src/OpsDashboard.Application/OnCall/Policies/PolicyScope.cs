namespace OpsDashboard.Application.OnCall.Policies;

/// <summary>Which of the contracts' paths a policy belongs to.</summary>
public enum EscalationPath
{
    Technical,
    Business,
    Compliance,

    /// <summary>Who is paged when nobody else can be.</summary>
    CatchAll,
}

/// <summary>What a policy is used for; null: any. Of several that fit, the one that says more wins: service, then severity, then platform.</summary>
public sealed record PolicyScope
{
    public const int MaxScopes = 50;

    public string? Platform { get; init; }

    /// <summary>Name within the platform.</summary>
    public string? Service { get; init; }

    /// <summary>As the platform names it: P0, Sev 1.</summary>
    public string? Severity { get; init; }

    internal bool Fits(string platform, string? service, string severity) =>
        (Platform is null || Platform == platform) && (Service is null || Service == service) && (Severity is null || Severity == severity);

    internal int Weight => (Service is null ? 0 : 4) + (Severity is null ? 0 : 2) + (Platform is null ? 0 : 1);
}
