using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Keys.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Keys;

namespace OpsDashboard.Application.Keys;

/// <summary>Keys of programs: the live ones, and those that came to their end in the last year.</summary>
public sealed record ListKeys : IQuery<IReadOnlyList<KeySummary>>
{
    /// <summary>Days that a key stays in the list after its end; the audit trail tells of it for years.</summary>
    public const int DaysKept = 365;

    public const int Most = 2_000;

    public static Access Access => Access.ManageKeys;
}

/// <summary>Where a key stands.</summary>
public enum KeyState
{
    Live,

    /// <summary>It expires within 14 days.</summary>
    Expiring,
    Expired,
    Revoked,
}

/// <param name="Id">Its first characters, after the prefix.</param>
/// <param name="Places">Platforms and services; empty: all.</param>
/// <param name="Sources">Kinds of data; empty: all.</param>
/// <param name="FollowsId">The key it follows.</param>
public sealed record KeySummary(
    string Id,
    string Name,
    KeyState State,
    KeyTier Tier,
    IReadOnlyList<Access> Verbs,
    IReadOnlyList<string> Places,
    IReadOnlyList<KeySource> Sources,
    DateTimeOffset CreatedAt,
    string Author,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? LastUsedAt,
    string? LastUsedFrom,
    DateTimeOffset? RevokedAt,
    string? RevokedBy,
    string? FollowsId);

internal sealed class ListKeysHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<ListKeys, Outcome<IReadOnlyList<KeySummary>>>
{
    public async Task<Outcome<IReadOnlyList<KeySummary>>> Handle(ListKeys request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var since = now - (ListKeys.DaysKept * Instants.DayMs);
        var rows = await db.Set<ApiKeyRow>().AsNoTracking()
            .Where(row => row.ExpiresAtMs > since && (row.RevokedAtMs == null || row.RevokedAtMs > since))
            .OrderByDescending(row => row.CreatedAtMs)
            .Take(ListKeys.Most)
            .ToListAsync(cancellationToken);
        return rows.Select(row => Describe(row, now)).OrderBy(key => key.State is KeyState.Expired or KeyState.Revoked).ThenBy(key => key.Name, StringComparer.OrdinalIgnoreCase).ToList();
    }

    private static KeySummary Describe(ApiKeyRow row, long now)
    {
        var grant = ApiKeyGrant.Of(row);
        return new KeySummary(
            row.Id,
            row.Name,
            StateOf(row, now),
            row.Tier,
            ApiKeyGrant.Words<Access>(row.Verbs),
            grant.Places,
            grant.Sources,
            Instants.ToInstant(row.CreatedAtMs),
            row.Author,
            Instants.ToInstant(row.ExpiresAtMs),
            row.LastUsedAtMs is { } used ? Instants.ToInstant(used) : null,
            row.LastUsedFrom,
            row.RevokedAtMs is { } revoked ? Instants.ToInstant(revoked) : null,
            row.RevokedBy,
            row.FollowsId);
    }

    private static KeyState StateOf(ApiKeyRow row, long now)
    {
        if (row.RevokedAtMs is not null)
        {
            return KeyState.Revoked;
        }

        if (row.ExpiresAtMs <= now)
        {
            return KeyState.Expired;
        }

        return row.ExpiresAtMs - now <= KeyTerms.WarnDays * Instants.DayMs ? KeyState.Expiring : KeyState.Live;
    }
}
