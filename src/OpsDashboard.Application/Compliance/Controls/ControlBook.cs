using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Audit;
using OpsDashboard.Application.Audit.Store;
using OpsDashboard.Application.Audit.Verification;
using OpsDashboard.Application.Compliance.Store;
using OpsDashboard.Application.Identity;
using OpsDashboard.Application.Identity.Store;
using OpsDashboard.Application.Keys;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Platform.Protection;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Keys;

namespace OpsDashboard.Application.Compliance.Controls;

/// <summary>Judges every control of both contracts that the product can judge of itself.</summary>
internal sealed class ControlBook(
    OpsDbContext db,
    IDispatcher dispatcher,
    IHostEvidence host,
    StoredKeys keys,
    IFieldSeal seal,
    SealedContacts contactBook,
    KeyAges ages,
    IOptions<AuditOptions> audit,
    IOptions<KeysOptions> limits,
    TimeProvider time)
{
    private const string Mesh = "agent-mesh";
    private const string Mlops = "mlops";
    private const string MeshSecurity = "4.2 Application Security";
    private const string MeshCompliance = "4.3 Compliance & Auditing";
    private const string MlopsSecurity = "3. Security and Compliance SLAs, Data Security";
    private const int OldestBuildDays = 90;
    private const int SnapshotHours = 6;
    private const long OldestSealMs = 10 * Instants.MinuteMs;

    public async Task<IReadOnlyList<ControlFinding>> JudgeAsync(CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        return
        [
            Endpoints(),
            await TrailAsync(now, cancellationToken),
            Retention(),
            await SecondFactorsAsync(cancellationToken),
            await KeysAsync(now, cancellationToken),
            Transport(),
            await FieldsAsync(cancellationToken),
            Limits(),
            Dependencies(now),
            await BackupAsync(now, cancellationToken),
        ];
    }

    private ControlFinding Endpoints()
    {
        var found = host.Endpoints();
        return new ControlFinding(
            "endpoints-authenticated",
            "Every endpoint asks who calls",
            Mlops,
            MlopsSecurity,
            "Access Control: 100% of API endpoints protected with authentication",
            found.Stray.Count == 0 ? ControlState.Met : ControlState.Major,
            found.Stray.Count == 0
                ? string.Create(CultureInfo.InvariantCulture, $"{found.Guarded} endpoints are guarded; {found.Open} are open on purpose.")
                : $"Open, and nobody has said that it should be: {string.Join(", ", found.Stray.Take(5))}.",
            [Fact("Guarded", found.Guarded), Fact("Open on purpose", found.Open), Fact("Open by mistake", found.Stray.Count)],
            "/api-docs");
    }

    private async Task<ControlFinding> TrailAsync(long now, CancellationToken cancellationToken)
    {
        var verified = await dispatcher.Send(new VerifyAudit(), cancellationToken);
        var newest = await db.Set<AuditSealRow>().AsNoTracking().OrderByDescending(row => row.Id).Select(row => (long?)row.AtMs).FirstOrDefaultAsync(cancellationToken);
        var oldest = verified.Succeeded
            ? await db.Set<AuditEntryRow>().AsNoTracking().Where(row => row.Sequence > verified.Value.SealedThrough).MinAsync(row => (long?)row.AtMs, cancellationToken)
            : null;
        var fault = verified.Failure?.Message ?? verified.Value.Fault?.Message;
        var late = oldest is { } unsigned && now - unsigned > OldestSealMs;
        return new ControlFinding(
            "actions-audited",
            "Every action is in the trail, and the trail is whole",
            Mesh,
            MeshCompliance,
            "Immutable audit trail; cryptographic signatures (Ed25519)",
            (fault, late) switch
            {
                (not null, _) => ControlState.Major,
                (_, true) => ControlState.Minor,
                _ => ControlState.Met,
            },
            fault ?? (late ? "Entries wait for their signature." : string.Create(CultureInfo.InvariantCulture, $"{verified.Value.Entries} entries hold together, signed through entry {verified.Value.SealedThrough}.")),
            [.. verified.Succeeded ? [Fact("Entries", verified.Value.Entries), new ControlFact("Signing key", verified.Value.KeyId)] : Array.Empty<ControlFact>(), new ControlFact("Newest signature", Day(newest))],
            "/audit");
    }

    private ControlFinding Retention()
    {
        const int Asked = 7;
        var years = audit.Value.RetentionYears;
        return new ControlFinding(
            "audit-retention",
            "The trail is kept for seven years",
            Mlops,
            MlopsSecurity,
            "Audit Logging: 100% of user actions logged and retained for 7 years",
            years >= Asked ? ControlState.Met : ControlState.Major,
            string.Create(CultureInfo.InvariantCulture, $"Entries are kept for {years} years; triggers of the store refuse any other removal."),
            [Fact("Years", years)],
            "/audit");
    }

    private async Task<ControlFinding> SecondFactorsAsync(CancellationToken cancellationToken)
    {
        var changing = Roles.All.Where(Roles.CanChange).ToList();
        var people = await db.Set<Account>().AsNoTracking()
            .Where(account => !account.IsDemo && account.LockedAtMs == null && db.Set<GrantRow>().Any(grant => grant.AccountId == account.Id && changing.Contains(grant.Role)))
            .Select(account => new { account.Name, IsCovered = account.TotpSecret != null || db.Set<IdentityUserPasskey<string>>().Any(passkey => passkey.UserId == account.Id) })
            .ToListAsync(cancellationToken);
        var bare = people.Where(person => !person.IsCovered).Select(person => person.Name).ToList();
        return new ControlFinding(
            "second-factor",
            "Whoever may change anything has a second factor",
            Mesh,
            MeshSecurity,
            "Multi-factor authentication (TOTP, WebAuthn)",
            bare.Count == 0 ? ControlState.Met : ControlState.Minor,
            bare.Count == 0
                ? string.Create(CultureInfo.InvariantCulture, $"{people.Count} accounts may change something, and each has a second factor.")
                : string.Create(CultureInfo.InvariantCulture, $"{people.Count - bare.Count} of {people.Count} accounts that may change something have one; {string.Join(", ", bare.Take(5))} {(bare.Count == 1 ? "has" : "have")} none."),
            [Fact("May change something", people.Count), Fact("Without a second factor", bare.Count)],
            null);
    }

    private async Task<ControlFinding> KeysAsync(long now, CancellationToken cancellationToken)
    {
        var found = await ages.ReadAsync(now, cancellationToken);
        return new ControlFinding(
            "key-rotation",
            "Keys of programs are replaced within 90 days",
            Mesh,
            MeshSecurity,
            "API key rotation enforced (90 days)",
            found.Unfollowed.Count == 0 ? ControlState.Met : ControlState.Minor,
            found.Unfollowed.Count == 0
                ? string.Create(CultureInfo.InvariantCulture, $"{found.Live} live keys, the oldest {found.OldestDays} days old; none lives longer than {KeyTerms.MostDays}.")
                : $"Expiring within 14 days and not followed yet: {string.Join(", ", found.Unfollowed.Take(5))}.",
            [Fact("Live keys", found.Live), Fact("Oldest, days", found.OldestDays), Fact("Expiring, not followed", found.Unfollowed.Count)],
            "/keys");
    }

    private ControlFinding Transport()
    {
        var found = host.Transport();
        return new ControlFinding(
            "encryption-in-transit",
            "What travels is encrypted",
            Mesh,
            "4.1 Infrastructure Security",
            "Encryption in transit (TLS 1.3)",
            (found.IsEncrypted, found.IsLocal) switch
            {
                (true, _) => ControlState.Met,
                (_, true) => ControlState.NotApplicable,
                _ => ControlState.Major,
            },
            found.Words,
            [],
            null);
    }

    private async Task<ControlFinding> FieldsAsync(CancellationToken cancellationToken)
    {
        var stored = keys.Read();
        var wrapped = stored.Count > 0 && stored.All(key => key.Xml.Contains("encryptedSecret", StringComparison.Ordinal));
        var contacts = await contactBook.CountAsync(cancellationToken);
        var opens = seal.Open(seal.Close("proof")) == "proof";
        return new ControlFinding(
            "field-encryption",
            "Contact data is encrypted field by field",
            Mesh,
            "4.1 Infrastructure Security",
            "Field-level encryption for PII",
            opens ? ControlState.Met : ControlState.Major,
            wrapped
                ? string.Create(CultureInfo.InvariantCulture, $"{contacts} contact methods are sealed; a certificate wraps the keys.")
                : string.Create(CultureInfo.InvariantCulture, $"{contacts} contact methods are sealed; no certificate wraps the keys (Protection:CertificateFile)."),
            [Fact("Sealed contact methods", contacts), Fact("Keys", stored.Count), new ControlFact("Wrapped", wrapped ? "yes" : "no")],
            null);
    }

    private ControlFinding Limits() => new(
        "request-limits",
        "Requests are limited in number and size",
        Mesh,
        MeshSecurity,
        "Request size limits (10MB max); rate limiting (per tier)",
        ControlState.Met,
        string.Create(CultureInfo.InvariantCulture, $"Free {limits.Value.FreePerMinute}, Professional {limits.Value.ProfessionalPerMinute} and Enterprise {limits.Value.EnterprisePerMinute} requests a minute; bodies of at most 10 MB."),
        [],
        "/keys");

    private ControlFinding Dependencies(long now)
    {
        var build = host.Build();
        var days = build.At is { } at ? (now - at.ToUnixTimeMilliseconds()) / Instants.DayMs : (long?)null;
        return new ControlFinding(
            "dependencies",
            "What it is built from is known and recent",
            Mesh,
            MeshSecurity,
            "Dependency management: automated scanning, software composition analysis",
            days is <= OldestBuildDays ? ControlState.Met : ControlState.Minor,
            string.Create(CultureInfo.InvariantCulture, $"{build.Packages.Count} packages, built {(days is { } age ? $"{age} days ago" : "at a time that is not known")}. The list is what a scanner takes; the product itself calls none."),
            [Fact("Packages", build.Packages.Count), new ControlFact("Built", Day(build.At?.ToUnixTimeMilliseconds()))],
            "/api/v1/compliance/packages");
    }

    private async Task<ControlFinding> BackupAsync(long now, CancellationToken cancellationToken)
    {
        var last = await db.Set<BackupRow>().AsNoTracking().OrderByDescending(row => row.AtMs).FirstOrDefaultAsync(cancellationToken);
        var hours = last is null ? (long?)null : (now - last.AtMs) / Instants.HourMs;
        return new ControlFinding(
            "backup-age",
            "The store is copied every six hours",
            Mesh,
            "3.1 Backup Strategy",
            "Automated snapshots every 6 hours",
            hours switch
            {
                < SnapshotHours + 1 => ControlState.Met,
                <= 24 => ControlState.Minor,
                null => ControlState.Minor,
                _ => ControlState.Major,
            },
            last is null
                ? "No backup was ever noted."
                : string.Create(CultureInfo.InvariantCulture, $"The last copy was made {hours} hours ago: {last.Place}."),
            [new ControlFact("Last", Day(last?.AtMs))],
            null);
    }

    private static ControlFact Fact(string name, long value) => new(name, value.ToString("N0", CultureInfo.InvariantCulture));

    private static string Day(long? atMs) => atMs is { } at ? Instants.ToInstant(at).UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC" : "none";
}
