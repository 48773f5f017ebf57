using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Identity.Links;
using OpsDashboard.Application.Identity.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain;

namespace OpsDashboard.Application.Identity.People;

/// <summary>A role as it is written in requests.</summary>
/// <param name="Reach">Platforms and services (<c>platform</c>, <c>platform/service</c>); null: everything.</param>
public sealed record RoleTerms(Role Role, IReadOnlyList<string>? Reach = null)
{
    internal RoleGrant ToGrant() => new(Role, Scope.Of(Reach));

    internal static RoleTerms Of(RoleGrant grant) => new(grant.Role, grant.Scope.Paths);

    internal static IReadOnlyList<Fault> Check(IReadOnlyList<RoleTerms> roles)
    {
        if (roles.Count == 0)
        {
            return [new Fault("/roles", "roles.required", "Choose at least one role.")];
        }

        if (roles.Select(terms => terms.Role).Distinct().Count() < roles.Count)
        {
            return [new Fault("/roles", "roles.twice", "Each role once.")];
        }

        return [.. roles.SelectMany(terms => ReachRules.Check(terms.Reach ?? [], "/reach", schedules: false))];
    }
}

/// <summary>How what a right reaches may be written.</summary>
internal static class ReachRules
{
    public const int MaxPathLength = 140;

    public static IReadOnlyList<Fault> Check(IReadOnlyList<string> paths, string pointer, bool schedules)
    {
        if (paths.Count > Scope.MaxPaths || paths.Sum(path => path.Length + 1) > ScopeText.MaxLength)
        {
            return [new Fault(pointer, "reach.long", $"At most {Scope.MaxPaths} platforms and services.")];
        }

        return [.. paths.Where(path => !IsPath(path, schedules)).Select(path => new Fault(pointer, "reach.shape", $"\"{path}\" is none of: platform, platform/service{(schedules ? ", schedule:id" : "")}."))];
    }

    private static bool IsPath(string path, bool schedules)
    {
        if (path.StartsWith("schedule:", StringComparison.Ordinal))
        {
            return schedules && Slug.IsOne(path["schedule:".Length..]);
        }

        var parts = path.Split('/');
        return path.Length <= MaxPathLength && parts.Length is 1 or 2 && parts.All(part => part.Length > 0 && part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'));
    }
}

/// <summary>Adds an account and makes the link by which its owner chooses a password. The link is told once.</summary>
public sealed record InviteAccount : ICommand<OneTimeLink>, IDangerous
{
    public static Access Access => Access.ManagePeople;

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required IReadOnlyList<RoleTerms> Roles { get; init; }

    /// <summary>The person of the on-call directory they are.</summary>
    public string? PersonId { get; init; }
}

/// <param name="Token">The secret part of the address; told once and kept as a hash.</param>
public sealed record OneTimeLink(string AccountId, string Token, DateTimeOffset Until);

internal sealed class InviteAccountHandler(AccountBook book, LinkMaker links, TimeProvider time) : IRequestHandler<InviteAccount, Outcome<OneTimeLink>>
{
    public async Task<Outcome<OneTimeLink>> Handle(InviteAccount request, CancellationToken cancellationToken)
    {
        if (RoleTerms.Check(request.Roles) is { Count: > 0 } faults)
        {
            return Failure.Invalid(faults);
        }

        var made = await book.AddAsync(
            new NewAccount(request.Name, request.Email, null, [.. request.Roles.Select(terms => terms.ToGrant())], request.PersonId),
            time.NowMs(),
            cancellationToken);
        return made.Failure is { } failure ? failure : await links.MakeAsync(made.Value.Id, cancellationToken);
    }
}

/// <summary>A new link for an invitation that expired or a password that was forgotten. The password and the second factor stay until it is used.</summary>
public sealed record MakePasswordLink(string Id) : ICommand<OneTimeLink>, IDangerous
{
    public static Access Access => Access.ManagePeople;
}

internal sealed class MakePasswordLinkHandler(OpsDbContext db, LinkMaker links) : IRequestHandler<MakePasswordLink, Outcome<OneTimeLink>>
{
    public async Task<Outcome<OneTimeLink>> Handle(MakePasswordLink request, CancellationToken cancellationToken) =>
        await db.Set<Account>().AnyAsync(row => row.Id == request.Id && !row.IsDemo, cancellationToken)
            ? await links.MakeAsync(request.Id, cancellationToken)
            : Failure.NotFound("This account");
}

/// <summary>The step both share.</summary>
internal sealed class LinkMaker(OpsDbContext db, OneTimeLinks links, Microsoft.Extensions.Options.IOptions<AccountOptions> options, TimeProvider time)
{
    public async Task<OneTimeLink> MakeAsync(string accountId, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var token = await links.MakeAsync(LinkKind.Password, accountId, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return new OneTimeLink(accountId, token, Instants.ToInstant(now + (options.Value.LinkHours * Instants.HourMs)));
    }
}
