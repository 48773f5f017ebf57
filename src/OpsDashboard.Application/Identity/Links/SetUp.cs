using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Identity.People;
using OpsDashboard.Application.Identity.SigningIn;
using OpsDashboard.Application.Identity.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Audit;

namespace OpsDashboard.Application.Identity.Links;

/// <summary>Creates the first administrator by the link in the log, and signs them in. Once there is one the link is dead.</summary>
public sealed record SetUp(string Token, string Name, string Email, string Password, string? Device = null) : ICommand<SignInStep>
{
    public static Access Access => Access.Public;
}

internal sealed class SetUpHandler(OpsDbContext db, OneTimeLinks links, AccountBook book, SignInDesk desk, TimeProvider time) : IRequestHandler<SetUp, Outcome<SignInStep>>
{
    public async Task<Outcome<SignInStep>> Handle(SetUp request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        if (await links.FindAsync(LinkKind.SetUp, request.Token, now, cancellationToken) is not { } link || await AccountBook.HasAdministratorAsync(db, cancellationToken))
        {
            return Failure.NotFound("This link");
        }

        var made = await book.AddAsync(
            new NewAccount(request.Name, request.Email, request.Password, [new RoleGrant(Role.Administrator, Scope.Everything)], null),
            now,
            cancellationToken);
        if (made.Failure is { } failure)
        {
            return failure;
        }

        if (!await links.UseAsync(link, cancellationToken))
        {
            return Failure.NotFound("This link");
        }

        await db.Set<OneTimeLinkRow>().Where(row => row.Kind == LinkKind.SetUp).ExecuteDeleteAsync(cancellationToken);
        await desk.TellAsync(made.Value, "FirstAdministrator", AuditOutcome.Done, "by the set-up link", now, cancellationToken);
        return await desk.OpenAsync(made.Value, "set-up link", secondFactor: false, request.Device, now, cancellationToken);
    }
}

/// <summary>What a link is good for; asking uses nothing up.</summary>
public sealed record OpenLink(string Token) : IQuery<LinkPurpose>
{
    public static Access Access => Access.Public;
}

/// <param name="Name">Whose password is chosen; null: the first administrator is set up.</param>
/// <param name="Email">Under which they will sign in.</param>
public sealed record LinkPurpose(string? Name, string? Email);

internal sealed class OpenLinkHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<OpenLink, Outcome<LinkPurpose>>
{
    public async Task<Outcome<LinkPurpose>> Handle(OpenLink request, CancellationToken cancellationToken)
    {
        var (now, hash) = (time.NowMs(), Secrets.Hash(request.Token));
        var link = await db.Set<OneTimeLinkRow>().AsNoTracking().SingleOrDefaultAsync(row => row.TokenHash == hash && row.ExpiresAtMs > now, cancellationToken);
        if (link is null || (link.Kind == LinkKind.SetUp && await AccountBook.HasAdministratorAsync(db, cancellationToken)))
        {
            return Failure.NotFound("This link");
        }

        var account = await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == link.AccountId, cancellationToken);
        return new LinkPurpose(account?.Name, account?.Email);
    }
}

/// <summary>Chooses a password by the link of an invitation, or by one that an administrator made for somebody who forgot theirs.</summary>
public sealed record ChoosePassword(string Token, string Password, string? Device = null) : ICommand<SignInStep>
{
    public static Access Access => Access.Public;
}

internal sealed class ChoosePasswordHandler(OpsDbContext db, OneTimeLinks links, AccountBook book, SignInDesk desk, TimeProvider time) : IRequestHandler<ChoosePassword, Outcome<SignInStep>>
{
    public async Task<Outcome<SignInStep>> Handle(ChoosePassword request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        if (await links.FindAsync(LinkKind.Password, request.Token, now, cancellationToken) is not { } link)
        {
            return Failure.NotFound("This link");
        }

        var account = await db.Set<Account>().SingleAsync(row => row.Id == link.AccountId, cancellationToken);
        if (account.LockedAtMs is not null)
        {
            return Failure.NotFound("This link");
        }

        if (await book.SetPasswordAsync(account, request.Password, now, cancellationToken) is { } failure)
        {
            return failure;
        }

        if (!await links.UseAsync(link, cancellationToken))
        {
            return Failure.NotFound("This link");
        }

        // Who forgot the password still has the second factor, and who took the link has not.
        return await desk.HasSecondFactorAsync(account, cancellationToken)
            ? await desk.AskSecondAsync(account, request.Device, now, cancellationToken)
            : await desk.OpenAsync(account, "one-time link", secondFactor: false, request.Device, now, cancellationToken);
    }
}
