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

    /// <summary>
    /// The audit trail is append-only for every program that opens the store. Entries go only up to where a signed gap says that
    /// retention removed them.
    /// </summary>
    private static readonly string[] AuditGuards =
    [
        """
        CREATE OR ALTER TRIGGER AuditEntries_AppendOnly ON AuditEntries AFTER UPDATE, DELETE AS
        BEGIN
            SET NOCOUNT ON;
            IF EXISTS (SELECT 1 FROM inserted)
                THROW 50001, 'AuditEntries is append-only', 1;
            IF EXISTS (SELECT 1 FROM deleted AS gone WHERE NOT EXISTS (SELECT 1 FROM AuditSeals AS gap WHERE gap.Kind = 'Gap' AND gap.Sequence >= gone.Sequence))
                THROW 50001, 'AuditEntries is append-only', 1;
        END
        """,
        """
        CREATE OR ALTER TRIGGER AuditSeals_AppendOnly ON AuditSeals AFTER UPDATE, DELETE AS
        BEGIN
            SET NOCOUNT ON;
            IF EXISTS (SELECT 1 FROM deleted)
                THROW 50001, 'AuditSeals is append-only', 1;
        END
        """,
        """
        CREATE OR ALTER TRIGGER AuditHead_Forward ON AuditHead AFTER UPDATE, DELETE AS
        BEGIN
            SET NOCOUNT ON;
            IF EXISTS (SELECT 1 FROM deleted AS before LEFT JOIN inserted AS after ON after.Id = before.Id WHERE after.Id IS NULL OR after.Sequence < before.Sequence)
                THROW 50001, 'AuditHead only goes forward', 1;
        END
        """,
    ];

    public void Configure(DbContextOptionsBuilder builder) =>
        builder.UseSqlServer(options.Value.ConnectionString, Tune);

    public async Task PrepareAsync(OpsDbContext db, CancellationToken cancellationToken)
    {
        await db.Database.MigrateAsync(cancellationToken);
        // A trigger must be alone in its batch.
        foreach (var guard in AuditGuards)
        {
            await db.Database.ExecuteSqlRawAsync(guard, cancellationToken);
        }
    }

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
