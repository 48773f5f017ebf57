using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Audit.Store;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Audit.Reading;

/// <summary>
/// The whole trail as NDJSON: first the key the chain began with, then seals and entries; docs/audit.md tells how to verify it
/// without this product.
/// </summary>
public sealed class AuditExport
{
    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    private readonly OpsDbContext db;

    internal AuditExport(OpsDbContext db) => this.db = db;

    /// <returns>How many entries were written.</returns>
    public async Task<long> WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var head = await db.Set<AuditHeadRow>().AsNoTracking().SingleAsync(cancellationToken);
        await LineAsync(output, new { type = "chain", version = 1, firstKey = head.FirstKey, head = head.Sequence }, cancellationToken);
        var seals = await db.Set<AuditSealRow>().AsNoTracking().OrderBy(seal => seal.Id).ToListAsync(cancellationToken);
        foreach (var seal in seals.Select(seal => seal.Read()))
        {
            await LineAsync(output, new { type = "seal", seal.Kind, seal.Sequence, seal.Hash, seal.AtMs, seal.KeyId, seal.NextKey, seal.Signature, seal.Text }, cancellationToken);
        }

        var count = 0L;
        var entries = db.Set<AuditEntryRow>().AsNoTracking().OrderBy(entry => entry.Sequence).Select(entry => new { entry.Sequence, entry.Hash, entry.Body });
        await foreach (var entry in entries.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            await LineAsync(output, new { type = "entry", entry.Sequence, entry.Hash, entry.Body }, cancellationToken);
            count++;
        }

        return count;
    }

    private static async Task LineAsync<T>(Stream output, T line, CancellationToken cancellationToken)
    {
        await JsonSerializer.SerializeAsync(output, line, StoreJson.Options, cancellationToken);
        await output.WriteAsync(LineEnd, cancellationToken);
    }
}
