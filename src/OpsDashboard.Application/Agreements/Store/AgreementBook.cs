using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Domain.Agreements;

namespace OpsDashboard.Application.Agreements.Store;

/// <summary>One version of an agreement's terms.</summary>
internal sealed record TermsVersion(int Version, long EffectiveFromMs, AgreementTerms Terms, string Reason, string Author, long CreatedAtMs);

/// <summary>An agreement with all its versions, oldest first.</summary>
internal sealed record StoredAgreement(string Id, string Name, CustomerRow Customer, int Version, long? EndsAtMs, IReadOnlyList<TermsVersion> Versions)
{
    /// <summary>
    /// A month is judged by one set of terms: those in force at its first instant; in the month the agreement begins in, its first.
    /// </summary>
    public TermsVersion? InForce(YearMonth month)
    {
        var (startMs, endMs) = (month.Start.ToUnixTimeMilliseconds(), month.End.ToUnixTimeMilliseconds());
        if (EndsAtMs <= startMs || Versions[0].EffectiveFromMs >= endMs)
        {
            return null;
        }

        return Versions.LastOrDefault(version => version.EffectiveFromMs <= startMs) ?? Versions[0];
    }

    /// <summary>The terms of today, or those it will begin with.</summary>
    public TermsVersion Current(long nowMs) => Versions.LastOrDefault(version => version.EffectiveFromMs <= nowMs) ?? Versions[0];

    public YearMonth FirstMonth => YearMonth.Of(Instants.ToInstant(Versions[0].EffectiveFromMs));
}

/// <summary>Reads agreements.</summary>
internal static class AgreementBook
{
    /// <summary>By customer, then name.</summary>
    public static async Task<List<StoredAgreement>> ReadAgreementsAsync(this OpsDbContext db, string? id, CancellationToken cancellationToken)
    {
        var rows = await db.Set<AgreementRow>().AsNoTracking().AsSplitQuery()
            .Where(row => id == null || row.Id == id)
            .Include(row => row.Versions)
            .ToListAsync(cancellationToken);
        var ids = rows.Select(row => row.CustomerId).Distinct(StringComparer.Ordinal).ToList();
        var customers = await db.Set<CustomerRow>().AsNoTracking()
            .Where(row => id == null || ids.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, StringComparer.Ordinal, cancellationToken);
        return
        [
            .. rows
                .Select(row => new StoredAgreement(row.Id, row.Name, customers[row.CustomerId], row.Version, row.EndsAtMs, [.. row.Versions.OrderBy(version => version.Version).Select(Read)]))
                .OrderBy(agreement => agreement.Customer.Name, StringComparer.OrdinalIgnoreCase)
                .ThenBy(agreement => agreement.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static TermsVersion Read(AgreementVersionRow row) => new(
        row.Version,
        row.EffectiveFromMs,
        JsonSerializer.Deserialize<AgreementTerms>(row.Terms, StoreJson.Options) ?? throw new InvalidDataException($"Version {row.Version} of agreement {row.AgreementId} is empty."),
        row.Reason,
        row.Author,
        row.CreatedAtMs);
}
