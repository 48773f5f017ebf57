using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Persistence.SqlServer;

/// <summary>SQL Server, or a server that speaks its protocol: retries of passing faults, no features above compatibility level 160.</summary>
internal sealed class SqlServerStore(IOptions<StoreOptions> options) : IStoreProvider
{
    // https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors
    private const int DuplicateIndexKey = 2601;
    private const int DuplicateConstraintKey = 2627;
    private const int DeadlockVictim = 1205;
    private const int LockTimeout = 1222;
    private const int Timeout = -2;
    private const int LogFull = 9002;
    private const int FilegroupFull = 1105;

    public void Configure(DbContextOptionsBuilder builder) =>
        builder.UseSqlServer(options.Value.ConnectionString, Tune);

    public Task PrepareAsync(OpsDbContext db, CancellationToken cancellationToken) => db.Database.MigrateAsync(cancellationToken);

    public bool IsTransient(Exception fault) =>
        Unwrap(fault) is { } sql
        && (sql.IsTransient || sql.Number is DeadlockVictim or LockTimeout or Timeout or LogFull or FilegroupFull || sql.Class >= 20);

    public bool IsDuplicateKey(Exception fault) =>
        Unwrap(fault) is { Number: DuplicateIndexKey or DuplicateConstraintKey };

    private static SqlException? Unwrap(Exception? fault) =>
        fault as SqlException ?? (fault?.InnerException is { } inner ? Unwrap(inner) : null);

    private void Tune(SqlServerDbContextOptionsBuilder server)
    {
        server.MigrationsAssembly(typeof(SqlServerStore).Assembly.GetName().Name);
        server.UseCompatibilityLevel(150);
        server.EnableRetryOnFailure(maxRetryCount: 4);
        if (options.Value.MaxBatchSize is { } most)
        {
            server.MaxBatchSize(most);
        }
    }
}
