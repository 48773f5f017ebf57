using System.Security.Cryptography;
using System.Text;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Changes.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Changes.Hooks;

public enum GitHost
{
    GitHub,
    GitLab,
}

/// <summary>Lets a Git host tell of deployments of a service.</summary>
public sealed record CreateChangeHook : ICommand<CreatedChangeHook>
{
    public const int MaxNameLength = 80;
    public const int Most = 500;

    public static Access Access => Access.Administer;

    public required string Name { get; init; }

    public required GitHost Host { get; init; }

    /// <summary>platform/service its deployments belong to.</summary>
    public required string Service { get; init; }
}

/// <param name="Path">Where the host sends to; the key in it is shown this once.</param>
/// <param name="Secret">What it signs with; shown this once.</param>
public sealed record CreatedChangeHook(int Id, string Path, string Secret);

internal sealed class CreateChangeHookValidator : AbstractValidator<CreateChangeHook>
{
    public CreateChangeHookValidator()
    {
        RuleFor(hook => hook.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithErrorCode("name.required").WithMessage("Name the repository or project that sends.");
        RuleFor(hook => hook.Name).MaximumLength(CreateChangeHook.MaxNameLength).WithErrorCode("name.tooLong").WithMessage($"At most {CreateChangeHook.MaxNameLength} characters.");
        RuleFor(hook => hook.Host).IsInEnum().WithErrorCode("host.known").WithMessage("gitHub or gitLab.");
    }
}

internal sealed class CreateChangeHookHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<CreateChangeHook, Outcome<CreatedChangeHook>>
{
    public async Task<Outcome<CreatedChangeHook>> Handle(CreateChangeHook request, CancellationToken cancellationToken)
    {
        if (!(await db.ListServicePathsAsync(cancellationToken)).Contains(request.Service, StringComparer.Ordinal))
        {
            return Failure.Invalid("/service", "service.known", $"There is no service \"{request.Service}\".");
        }

        if (await db.Set<ChangeHookRow>().CountAsync(cancellationToken) >= CreateChangeHook.Most)
        {
            return Failure.Conflict($"There are {CreateChangeHook.Most} webhooks already.");
        }

        var (key, secret) = (Random(), Random());
        var row = new ChangeHookRow
        {
            Name = request.Name.Trim(),
            Host = request.Host,
            Service = request.Service,
            KeyHash = ChangeHooks.Hash(key),
            Secret = secret,
            Author = caller.Current.Name,
            CreatedAtMs = time.NowMs(),
        };
        db.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        return new CreatedChangeHook(row.Id, $"/api/v1/webhooks/{request.Host.ToString().ToLowerInvariant()}/{key}", secret);
    }

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}

/// <summary>A hook whose message was found to be its own.</summary>
public sealed record ChangeHookRef(int Id, string Name, GitHost Host, string Service);

/// <summary>Tells who sent a message.</summary>
public sealed class ChangeHooks
{
    private readonly OpsDbContext db;

    internal ChangeHooks(OpsDbContext db) => this.db = db;

    /// <param name="signature">GitHub: <c>sha256=</c> and the HMAC of the body; GitLab: the secret itself.</param>
    /// <returns>Null for a key nobody has, or a signature that is not its own; who guesses does not learn which.</returns>
    public async Task<ChangeHookRef?> FindAsync(GitHost host, string key, string? signature, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var hash = Hash(key);
        var row = await db.Set<ChangeHookRow>().AsNoTracking().SingleOrDefaultAsync(one => one.KeyHash == hash && one.Host == host, cancellationToken);
        return row is not null && IsSigned(row, signature, body.Span) ? new ChangeHookRef(row.Id, row.Name, row.Host, row.Service) : null;
    }

    internal static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static bool IsSigned(ChangeHookRow row, string? signature, ReadOnlySpan<byte> body)
    {
        var secret = Encoding.UTF8.GetBytes(row.Secret);
        var expected = row.Host switch
        {
            GitHost.GitHub => Encoding.ASCII.GetBytes($"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(secret, body))}"),
            GitHost.GitLab => secret,
        };
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature ?? ""));
    }
}
