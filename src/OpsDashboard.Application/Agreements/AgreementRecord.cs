using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Agreements.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Agreements;

namespace OpsDashboard.Application.Agreements;

/// <summary>An agreement as it was made, written down afterwards.</summary>
public sealed record RecordedAgreement(string CustomerId, string Customer, string Id, string Name, DateTimeOffset Since, AgreementTerms Terms);

/// <summary>Agreements that come with a history, in the caller's transaction; people make theirs by request.</summary>
public sealed class AgreementRecord
{
    private readonly OpsDbContext db;

    internal AgreementRecord(OpsDbContext db) => this.db = db;

    /// <summary>Replaces what this author recorded before, statements included.</summary>
    public async Task ReplaceAsync(string author, IReadOnlyList<RecordedAgreement> agreements, long nowMs, CancellationToken cancellationToken)
    {
        var old = await db.Set<AgreementRow>().Where(row => row.Author == author).Select(row => row.Id).ToListAsync(cancellationToken);
        await db.Set<StatementRow>().Where(row => old.Contains(row.AgreementId)).ExecuteDeleteAsync(cancellationToken);
        await db.Set<AgreementRow>().Where(row => old.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
        // A customer of the author's may have got an agreement of somebody else's hand meanwhile.
        await db.Set<CustomerRow>().Where(row => row.Author == author && !db.Set<AgreementRow>().Any(one => one.CustomerId == row.Id)).ExecuteDeleteAsync(cancellationToken);
        var there = (await db.Set<CustomerRow>().Select(row => row.Id).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        foreach (var agreement in agreements)
        {
            if (there.Add(agreement.CustomerId))
            {
                db.Add(new CustomerRow { Id = agreement.CustomerId, Name = agreement.Customer, Tier = agreement.Terms.Tier, Author = author, CreatedAtMs = nowMs });
            }

            var row = new AgreementRow { Id = agreement.Id, CustomerId = agreement.CustomerId, Name = agreement.Name, Version = 1, Author = author };
            row.Versions.Add(new AgreementVersionRow
            {
                Version = 1,
                EffectiveFromMs = agreement.Since.ToUnixTimeMilliseconds(),
                Terms = JsonSerializer.Serialize(agreement.Terms, StoreJson.Options),
                Reason = "Signed",
                Author = author,
                CreatedAtMs = nowMs,
            });
            db.Add(row);
        }

        db.Announce(nowMs, ("agreements", "all"));
        await db.SaveChangesAsync(cancellationToken);
    }
}
