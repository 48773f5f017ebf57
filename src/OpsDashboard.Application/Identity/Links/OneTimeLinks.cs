using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Identity.Store;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Identity.Links;

/// <summary>Makes and takes links that work once, in the transaction of the command at hand.</summary>
internal sealed class OneTimeLinks(OpsDbContext db, IOptions<AccountOptions> options)
{
    /// <summary>Secret of a new link; earlier ones of the same account stop working.</summary>
    public async Task<string> MakeAsync(LinkKind kind, string? accountId, long now, CancellationToken cancellationToken)
    {
        var rows = db.Set<OneTimeLinkRow>();
        await rows.Where(row => row.ExpiresAtMs <= now || (accountId != null && row.AccountId == accountId)).ExecuteDeleteAsync(cancellationToken);
        var token = Secrets.New();
        rows.Add(new OneTimeLinkRow
        {
            TokenHash = Secrets.Hash(token),
            Kind = kind,
            AccountId = accountId,
            ExpiresAtMs = now + (options.Value.LinkHours * Instants.HourMs),
        });
        return token;
    }

    /// <returns>Null: used, expired or never made.</returns>
    public Task<OneTimeLinkRow?> FindAsync(LinkKind kind, string token, long now, CancellationToken cancellationToken)
    {
        var hash = Secrets.Hash(token);
        return db.Set<OneTimeLinkRow>().AsNoTracking().SingleOrDefaultAsync(row => row.TokenHash == hash && row.Kind == kind && row.ExpiresAtMs > now, cancellationToken);
    }

    /// <returns>False: somebody else used it in the same moment.</returns>
    public async Task<bool> UseAsync(OneTimeLinkRow link, CancellationToken cancellationToken) =>
        await db.Set<OneTimeLinkRow>().Where(row => row.TokenHash == link.TokenHash).ExecuteDeleteAsync(cancellationToken) == 1;
}
