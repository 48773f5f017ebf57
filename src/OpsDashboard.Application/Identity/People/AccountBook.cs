using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Identity.Passwords;
using OpsDashboard.Application.Identity.Sessions;
using OpsDashboard.Application.Identity.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain;

namespace OpsDashboard.Application.Identity.People;

/// <param name="Password">Null: chosen later, by a link.</param>
internal sealed record NewAccount(string Name, string Email, string? Password, IReadOnlyList<RoleGrant> Grants, string? PersonId, bool IsDemo = false);

/// <summary>The rules of accounts that several commands share.</summary>
internal sealed class AccountBook(OpsDbContext db, UserManager<Account> accounts)
{
    private static readonly EmailAddressAttribute EmailShape = new();

    public static Task<bool> HasAdministratorAsync(OpsDbContext db, CancellationToken cancellationToken) =>
        db.Set<GrantRow>().AnyAsync(row => row.Role == Role.Administrator && row.Reach == null, cancellationToken);

    /// <summary>Adds an account with its roles; the caller saves nothing more.</summary>
    public async Task<Outcome<Account>> AddAsync(NewAccount wanted, long now, CancellationToken cancellationToken)
    {
        var (name, email) = (wanted.Name.Trim(), wanted.Email.Trim());
        List<Fault> faults =
        [
            .. name.Length is 0 or > Account.MaxNameLength || name.Any(char.IsControl) ? [new Fault("/name", "name.length", $"A name of 1 to {Account.MaxNameLength} characters.")] : Array.Empty<Fault>(),
            .. email.Length is 0 or > Account.MaxEmailLength || !EmailShape.IsValid(email) || email.Any(char.IsControl) ? [new Fault("/email", "email.shape", "An e-mail address is needed.")] : Array.Empty<Fault>(),
            .. wanted.Password is { } password ? PasswordRules.Check(password, "/password", name, email, "OpsDashboard") : [],
        ];
        var normalized = accounts.NormalizeEmail(email);
        if (faults.Count == 0 && await db.Set<Account>().AnyAsync(row => row.NormalizedEmail == normalized, cancellationToken))
        {
            faults.Add(new Fault("/email", "email.taken", "There is an account with this address."));
        }

        if (faults.Count > 0)
        {
            return Failure.Invalid(faults);
        }

        var account = new Account { Name = name, Email = email, PersonId = Empty(wanted.PersonId), CreatedAtMs = now, IsDemo = wanted.IsDemo };
        account.UserName = account.Id;
        if (wanted.Password is not null)
        {
            account.PasswordHash = accounts.PasswordHasher.HashPassword(account, wanted.Password);
        }

        // The grants first: the store saves with the account.
        var grants = wanted.Grants.Select(grant => new GrantRow { AccountId = account.Id, Role = grant.Role, Reach = ScopeText.Write(grant.Scope) });
        db.Add(account);
        db.AddRange(grants);
        db.Announce(now, (SignedInDirectory.Topic, SignedInDirectory.Key));
        account.NormalizedEmail = normalized;
        account.NormalizedUserName = accounts.NormalizeName(account.UserName);
        account.SecurityStamp = Guid.NewGuid().ToString("N");
        await db.SaveChangesAsync(cancellationToken);
        return account;
    }

    /// <summary>Sets a password and ends every session but, where one is named, that one.</summary>
    public async Task<Failure?> SetPasswordAsync(Account account, string password, long now, CancellationToken cancellationToken, string? keepSession = null)
    {
        var faults = PasswordRules.Check(password, "/password", account.Name, account.Email, "OpsDashboard");
        if (faults.Count > 0)
        {
            return Failure.Invalid(faults);
        }

        account.PasswordHash = accounts.PasswordHasher.HashPassword(account, password);
        account.SecurityStamp = Guid.NewGuid().ToString("N");
        account.ConcurrencyStamp = Guid.NewGuid().ToString();
        db.Announce(now, (SignedInDirectory.Topic, SignedInDirectory.Key));
        await db.SaveChangesAsync(cancellationToken);
        await db.Set<SessionRow>().Where(row => row.AccountId == account.Id && row.Id != keepSession).ExecuteDeleteAsync(cancellationToken);
        return null;
    }

    /// <summary>Whether nobody would be left who administers everything and ever signed in; asked before one is locked, removed or loses the role.</summary>
    public async Task<bool> IsLastAdministratorAsync(string accountId, CancellationToken cancellationToken)
    {
        var administrators = await (
            from grant in db.Set<GrantRow>()
            join account in db.Set<Account>() on grant.AccountId equals account.Id
            where grant.Role == Role.Administrator && grant.Reach == null && account.LockedAtMs == null && account.LastSignInAtMs != null
            select account.Id).ToListAsync(cancellationToken);
        return administrators.Count == 1 && administrators[0] == accountId;
    }

    private static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
