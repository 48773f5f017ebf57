using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Keys.Store;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Keys;

namespace OpsDashboard.Application.Keys;

/// <param name="OldestDays">Of the live ones; 0: there are none.</param>
/// <param name="Unfollowed">Names of programs whose key expires within 14 days and is not followed by another.</param>
public sealed record KeyAgeReport(int Live, long OldestDays, IReadOnlyList<string> Unfollowed);

/// <summary>How old the keys of programs are.</summary>
public sealed class KeyAges
{
    private readonly OpsDbContext db;

    internal KeyAges(OpsDbContext db) => this.db = db;

    public async Task<KeyAgeReport> ReadAsync(long nowMs, CancellationToken cancellationToken)
    {
        var live = await db.Set<ApiKeyRow>().AsNoTracking().Where(row => row.RevokedAtMs == null && row.ExpiresAtMs > nowMs).ToListAsync(cancellationToken);
        var soon = nowMs + (KeyTerms.WarnDays * Instants.DayMs);
        return new KeyAgeReport(
            live.Count,
            live.Count == 0 ? 0 : live.Max(row => (nowMs - row.CreatedAtMs) / Instants.DayMs),
            [.. live.Where(row => row.ExpiresAtMs <= soon && !live.Exists(next => next.FollowsId == row.Id)).Select(row => row.Name)]);
    }
}
