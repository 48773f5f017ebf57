using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Identity.Sessions;
using OpsDashboard.Application.Identity.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Identity;

namespace OpsDashboard.Application.Identity.Own;

/// <summary>Makes a secret for an authenticator app. It counts once a code of it was typed.</summary>
public sealed record StartTotp : ICommand<TotpOffer>, IDangerous
{
    public static Access Access => Access.Self;
}

/// <param name="Secret">Base 32, for typing in.</param>
/// <param name="Uri">What the QR code says.</param>
public sealed record TotpOffer(string Secret, string Uri);

internal sealed class StartTotpHandler(OpsDbContext db, OwnDesk desk, IAccountSeal seal) : IRequestHandler<StartTotp, Outcome<TotpOffer>>
{
    private const string Issuer = "OpsDashboard";

    public async Task<Outcome<TotpOffer>> Handle(StartTotp request, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(cancellationToken) is not { } account)
        {
            return Failure.NotFound("This account");
        }

        // An offer that is shown again, after a mistyped code, is the same one: the app has read it already.
        var known = account.NextTotpSecret is { } kept ? seal.Open(kept) : null;
        var secret = known is null ? System.Security.Cryptography.RandomNumberGenerator.GetBytes(Totp.SecretBytes) : Convert.FromBase64String(known);
        account.NextTotpSecret = known is null ? seal.Seal(Convert.ToBase64String(secret)) : account.NextTotpSecret;
        await db.SaveChangesAsync(cancellationToken);
        return new TotpOffer(Totp.ToBase32(secret), Totp.Uri(Issuer, account.Email ?? account.Name, secret));
    }
}

/// <summary>Proves that the app has the secret. From then on it is asked for; the answer holds recovery codes, told once.</summary>
public sealed record FinishTotp(string Code) : ICommand<RecoveryCodes>, IDangerous
{
    public static Access Access => Access.Self;
}

/// <param name="Codes">Each signs in once in place of the app.</param>
public sealed record RecoveryCodes(IReadOnlyList<string> Codes)
{
    public const int Count = 10;
}

internal sealed class FinishTotpHandler(OwnDesk desk, IAccountSeal seal, TimeProvider time) : IRequestHandler<FinishTotp, Outcome<RecoveryCodes>>
{
    public async Task<Outcome<RecoveryCodes>> Handle(FinishTotp request, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(cancellationToken) is not { NextTotpSecret: { } offered } account || seal.Open(offered) is not { } secret)
        {
            return Failure.Conflict("Begin with a new QR code.");
        }

        var now = time.NowMs();
        if (Totp.Verify(Convert.FromBase64String(secret), request.Code, now, 0) is not { } step)
        {
            return Failure.Invalid("/code", "code.wrong", "This is not the code of now. Look at the app again; its clock may be off.");
        }

        (account.TotpSecret, account.NextTotpSecret, account.TotpStep) = (offered, null, step);
        return await desk.RenewCodesAsync(account, proved: true, now, cancellationToken);
    }
}

/// <summary>New recovery codes; the ones before stop working.</summary>
public sealed record RenewRecoveryCodes : ICommand<RecoveryCodes>, IDangerous
{
    public static Access Access => Access.Self;
}

internal sealed class RenewRecoveryCodesHandler(OwnDesk desk, TimeProvider time) : IRequestHandler<RenewRecoveryCodes, Outcome<RecoveryCodes>>
{
    public async Task<Outcome<RecoveryCodes>> Handle(RenewRecoveryCodes request, CancellationToken cancellationToken) =>
        await desk.FindAsync(cancellationToken) is { TotpSecret: not null } account
            ? await desk.RenewCodesAsync(account, proved: false, time.NowMs(), cancellationToken)
            : Failure.Conflict("Recovery codes stand in for an authenticator app: set one up first.");
}

/// <summary>Forgets the authenticator app and its recovery codes. A role that asks for a second factor keeps the last one.</summary>
public sealed record RemoveTotp : ICommand<Done>, IDangerous
{
    public static Access Access => Access.Self;
}

internal sealed class RemoveTotpHandler(OpsDbContext db, OwnDesk desk, TimeProvider time) : IRequestHandler<RemoveTotp, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(RemoveTotp request, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(cancellationToken) is not { TotpSecret: not null } account)
        {
            return Failure.NotFound("An authenticator app");
        }

        if (await desk.KeepsAsync(account, withoutPasskey: null, cancellationToken))
        {
            return OwnDesk.LastFactor;
        }

        account.TotpSecret = null;
        await db.Set<RecoveryCodeRow>().Where(row => row.AccountId == account.Id).ExecuteDeleteAsync(cancellationToken);
        await desk.SaveAsync(time.NowMs(), cancellationToken);
        return default(Done);
    }
}

/// <summary>What changes of one's own second factors share.</summary>
internal sealed class OwnDesk(OpsDbContext db, CallerContext caller, IOptions<AccountOptions> options)
{
    public static readonly Platform.Requests.Failure LastFactor = Failure.Conflict("Your role asks for a second factor, and this is the last one. Add another first.");

    public Task<Account?> FindAsync(CancellationToken cancellationToken) =>
        db.Set<Account>().SingleOrDefaultAsync(row => row.Id == caller.Current.AccountId && !row.IsDemo, cancellationToken);

    public async Task<RecoveryCodes> RenewCodesAsync(Account account, bool proved, long now, CancellationToken cancellationToken)
    {
        await db.Set<RecoveryCodeRow>().Where(row => row.AccountId == account.Id).ExecuteDeleteAsync(cancellationToken);
        var codes = Enumerable.Range(0, RecoveryCodes.Count).Select(_ => Secrets.NewRecoveryCode()).ToList();
        db.AddRange(codes.Select(code => new RecoveryCodeRow { AccountId = account.Id, CodeHash = Secrets.HashRecoveryCode(code) }));
        if (proved)
        {
            await MarkSessionAsync(cancellationToken);
        }

        await SaveAsync(now, cancellationToken);
        return new RecoveryCodes(codes);
    }

    /// <summary>The session at hand has just shown a second factor.</summary>
    public Task MarkSessionAsync(CancellationToken cancellationToken) => db.Set<SessionRow>().Where(row => row.Id == caller.Current.SessionId)
        .ExecuteUpdateAsync(set => set.SetProperty(row => row.BySecondFactor, true), cancellationToken);

    /// <summary>Whether a role asks for a second factor and, without the named passkey or else the app, none would be left.</summary>
    public async Task<bool> KeepsAsync(Account account, byte[]? withoutPasskey, CancellationToken cancellationToken)
    {
        var roles = await db.Set<GrantRow>().Where(row => row.AccountId == account.Id).Select(row => row.Role).ToListAsync(cancellationToken);
        if (!roles.Exists(options.Value.NeedsSecondFactor))
        {
            return false;
        }

        var passkeys = await db.Set<IdentityUserPasskey<string>>().CountAsync(row => row.UserId == account.Id, cancellationToken);
        return withoutPasskey is null ? passkeys == 0 : passkeys <= 1 && account.TotpSecret is null;
    }

    public async Task SaveAsync(long now, CancellationToken cancellationToken)
    {
        db.Announce(now, (SignedInDirectory.Topic, SignedInDirectory.Key));
        await db.SaveChangesAsync(cancellationToken);
    }
}
