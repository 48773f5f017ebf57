using Microsoft.AspNetCore.Identity;

namespace OpsDashboard.Application.Identity;

/// <summary>
/// A person who may sign in. Public because passkeys are verified where the browser's address is known, in the host. Names stand in
/// histories by value, so an account can be removed without touching what it did.
/// </summary>
public sealed class Account : IdentityUser
{
    public const int MaxNameLength = 100;
    public const int MaxEmailLength = 254;

    /// <summary>What others see in histories and timelines.</summary>
    public required string Name { get; set; }

    /// <summary>The person of the on-call directory they are; null: none.</summary>
    public string? PersonId { get; set; }

    public required long CreatedAtMs { get; init; }

    public long? LastSignInAtMs { get; set; }

    /// <summary>Locked by an administrator; null: not.</summary>
    public long? LockedAtMs { get; set; }

    /// <summary>After too many wrong passwords or codes; sessions that are open go on.</summary>
    public long? RefusedUntilMs { get; set; }

    /// <summary>Of the demo: signs in without a password, and only while the demo is on.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Sealed secret of the authenticator app; null: none is set up.</summary>
    public string? TotpSecret { get; set; }

    /// <summary>A secret that was shown and not yet proved.</summary>
    public string? NextTotpSecret { get; set; }

    /// <summary>The time step of the code used last: none counts twice.</summary>
    public long TotpStep { get; set; }

    public bool HasPassword => PasswordHash is not null;
}
