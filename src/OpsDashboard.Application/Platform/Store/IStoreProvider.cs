using Microsoft.EntityFrameworkCore;

namespace OpsDashboard.Application.Platform.Store;

/// <summary>What a database product needs done its own way; one implementation each for SQLite and SQL Server.</summary>
internal interface IStoreProvider
{
    void Configure(DbContextOptionsBuilder options);

    /// <summary>Creates or migrates the store; safe to call from several processes at once.</summary>
    Task PrepareAsync(OpsDbContext db, CancellationToken cancellationToken);

    /// <summary>Whether a fault means that the store refused for now (locked, full, unreachable), so a caller may try again.</summary>
    bool IsTransient(Exception fault);

    /// <summary>Whether a fault means that a unique key was already taken.</summary>
    bool IsDuplicateKey(Exception fault);
}
