using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Identity.Sessions;
using OpsDashboard.Application.Identity.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain;

namespace OpsDashboard.Application.Identity.People;

/// <summary>Gives and takes roles, and links the account to a person of the on-call directory. Open screens follow within seconds.</summary>
public sealed record ChangeAccount : ICommand<Done>, IDangerous
{
    public static Access Access => Access.ManagePeople;

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<RoleTerms> Roles { get; init; }

    public string? PersonId { get; init; }
}

internal sealed class ChangeAccountHandler(OpsDbContext db, AccountDesk desk, AccountBook book) : IRequestHandler<ChangeAccount, Outcome<Done>>
{
    public Task<Outcome<Done>> Handle(ChangeAccount request, CancellationToken cancellationToken) => desk.WithAsync(
        request.Id,
        async account =>
        {
            List<Fault> faults = [.. RoleTerms.Check(request.Roles)];
            if (request.Name.Trim() is not { Length: > 0 and <= Account.MaxNameLength })
            {
                faults.Add(new Fault("/name", "name.length", $"A name of 1 to {Account.MaxNameLength} characters."));
            }

            if (faults.Count > 0)
            {
                return Failure.Invalid(faults);
            }

            if (!request.Roles.Any(terms => terms is { Role: Role.Administrator, Reach: null }) && await book.IsLastAdministratorAsync(request.Id, cancellationToken))
            {
                return AccountDesk.LastOne;
            }

            (account.Name, account.PersonId) = (request.Name.Trim(), string.IsNullOrWhiteSpace(request.PersonId) ? null : request.PersonId);
            await SetRolesAsync(request, cancellationToken);
            return null;
        },
        cancellationToken);

    private async Task SetRolesAsync(ChangeAccount request, CancellationToken cancellationToken)
    {
        var rows = await db.Set<GrantRow>().Where(row => row.AccountId == request.Id).ToListAsync(cancellationToken);
        foreach (var row in rows.Where(row => request.Roles.All(terms => terms.Role != row.Role)))
        {
            db.Remove(row);
        }

        foreach (var terms in request.Roles)
        {
            var reach = ScopeText.Write(Scope.Of(terms.Reach));
            if (rows.Find(row => row.Role == terms.Role) is { } known)
            {
                known.Reach = reach;
            }
            else
            {
                db.Add(new GrantRow { AccountId = request.Id, Role = terms.Role, Reach = reach });
            }
        }
    }
}

/// <summary>Locks an account, which ends its sessions and open screens within seconds, or lets it in again.</summary>
public sealed record LockAccount(string Id, bool Locked) : ICommand<Done>, IDangerous
{
    public static Access Access => Access.ManagePeople;
}

internal sealed class LockAccountHandler(OpsDbContext db, AccountDesk desk, AccountBook book, TimeProvider time) : IRequestHandler<LockAccount, Outcome<Done>>
{
    public Task<Outcome<Done>> Handle(LockAccount request, CancellationToken cancellationToken) => desk.WithAsync(
        request.Id,
        async account =>
        {
            if (request.Locked && await book.IsLastAdministratorAsync(request.Id, cancellationToken))
            {
                return AccountDesk.LastOne;
            }

            account.LockedAtMs = request.Locked ? time.NowMs() : null;
            account.RefusedUntilMs = null;
            if (request.Locked)
            {
                await db.Set<SessionRow>().Where(row => row.AccountId == request.Id).ExecuteDeleteAsync(cancellationToken);
            }

            return null;
        },
        cancellationToken);
}

/// <summary>Takes the second factors from somebody who lost theirs; what their roles ask for they set up anew when they sign in next.</summary>
public sealed record ResetSecondFactors(string Id) : ICommand<Done>, IDangerous
{
    public static Access Access => Access.ManagePeople;
}

internal sealed class ResetSecondFactorsHandler(OpsDbContext db, AccountDesk desk) : IRequestHandler<ResetSecondFactors, Outcome<Done>>
{
    public Task<Outcome<Done>> Handle(ResetSecondFactors request, CancellationToken cancellationToken) => desk.WithAsync(
        request.Id,
        async account =>
        {
            (account.TotpSecret, account.NextTotpSecret, account.TotpStep) = (null, null, 0);
            await db.Set<RecoveryCodeRow>().Where(row => row.AccountId == request.Id).ExecuteDeleteAsync(cancellationToken);
            await db.Set<IdentityUserPasskey<string>>().Where(row => row.UserId == request.Id).ExecuteDeleteAsync(cancellationToken);
            await db.Set<SessionRow>().Where(row => row.AccountId == request.Id).ExecuteDeleteAsync(cancellationToken);
            return null;
        },
        cancellationToken);
}

/// <summary>Removes an account for good. What it did stays, under its name.</summary>
public sealed record RemoveAccount(string Id) : ICommand<Done>, IDangerous
{
    public static Access Access => Access.ManagePeople;
}

internal sealed class RemoveAccountHandler(OpsDbContext db, AccountDesk desk, AccountBook book) : IRequestHandler<RemoveAccount, Outcome<Done>>
{
    public Task<Outcome<Done>> Handle(RemoveAccount request, CancellationToken cancellationToken) => desk.WithAsync(
        request.Id,
        async account =>
        {
            if (await book.IsLastAdministratorAsync(request.Id, cancellationToken))
            {
                return AccountDesk.LastOne;
            }

            db.Remove(account);
            return null;
        },
        cancellationToken);
}

/// <summary>The steps that changes of an account share.</summary>
internal sealed class AccountDesk(OpsDbContext db, TimeProvider time)
{
    public static readonly Failure LastOne = Failure.Conflict("This is the last administrator who can sign in. Make somebody else one first.");

    public async Task<Outcome<Done>> WithAsync(string id, Func<Account, Task<Failure?>> change, CancellationToken cancellationToken)
    {
        if (await db.Set<Account>().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } account)
        {
            return Failure.NotFound("This account");
        }

        if (await change(account) is { } failure)
        {
            return failure;
        }

        if (db.Entry(account).State != EntityState.Deleted)
        {
            account.ConcurrencyStamp = Guid.NewGuid().ToString();
        }

        db.Announce(time.NowMs(), (SignedInDirectory.Topic, SignedInDirectory.Key));
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}
