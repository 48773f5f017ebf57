using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Persistence.Sqlite;

/// <summary>The embedded store: one file in WAL mode, one writer at a time, every commit synced to disk.</summary>
internal sealed class SqliteStore(IOptions<StoreOptions> options) : IStoreProvider
{
    // Primary result codes of SQLite: https://sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int IoError = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int UniqueViolation = 2067;
    private const int PrimaryKeyViolation = 1555;

    /// <summary>
    /// The audit trail is append-only for every program that opens the store. Entries go only up to where a signed gap says that
    /// retention removed them.
    /// </summary>
    private const string AuditGuards =
        """
        CREATE TRIGGER IF NOT EXISTS AuditEntries_AppendOnly BEFORE UPDATE ON AuditEntries
        BEGIN SELECT RAISE(ABORT, 'AuditEntries is append-only'); END;
        CREATE TRIGGER IF NOT EXISTS AuditEntries_Keep BEFORE DELETE ON AuditEntries
        WHEN NOT EXISTS (SELECT 1 FROM AuditSeals WHERE Kind = 'Gap' AND Sequence >= OLD.Sequence)
        BEGIN SELECT RAISE(ABORT, 'AuditEntries is append-only'); END;
        CREATE TRIGGER IF NOT EXISTS AuditSeals_AppendOnly BEFORE UPDATE ON AuditSeals
        BEGIN SELECT RAISE(ABORT, 'AuditSeals is append-only'); END;
        CREATE TRIGGER IF NOT EXISTS AuditSeals_Keep BEFORE DELETE ON AuditSeals
        BEGIN SELECT RAISE(ABORT, 'AuditSeals is append-only'); END;
        CREATE TRIGGER IF NOT EXISTS AuditHead_Forward BEFORE UPDATE ON AuditHead WHEN NEW.Sequence < OLD.Sequence
        BEGIN SELECT RAISE(ABORT, 'AuditHead only goes forward'); END;
        CREATE TRIGGER IF NOT EXISTS AuditHead_Keep BEFORE DELETE ON AuditHead
        BEGIN SELECT RAISE(ABORT, 'AuditHead stays'); END;
        """;

    public string ConnectionString { get; } = BuildConnectionString(options.Value);

    public void Configure(DbContextOptionsBuilder builder) =>
        builder
            .UseSqlite(ConnectionString, sqlite => Tune(sqlite, options.Value.MaxBatchSize))
            .AddInterceptors(SqlitePragmas.Instance);

    public async Task PrepareAsync(OpsDbContext db, CancellationToken cancellationToken)
    {
        var file = new SqliteConnectionStringBuilder(ConnectionString).DataSource;
        if (Path.GetDirectoryName(file) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        await db.Database.MigrateAsync(cancellationToken);
        // WAL is a property of the file; it stays set.
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL;", cancellationToken);
        await db.Database.ExecuteSqlRawAsync(AuditGuards, cancellationToken);
    }

    public bool IsTransient(Exception fault) =>
        Unwrap(fault) is { SqliteErrorCode: Busy or Locked or ReadOnly or IoError or Full or CannotOpen };

    public bool IsDuplicateKey(Exception fault) =>
        Unwrap(fault) is { SqliteExtendedErrorCode: UniqueViolation or PrimaryKeyViolation };

    internal static SqliteException? Unwrap(Exception? fault) =>
        fault as SqliteException ?? (fault?.InnerException is { } inner ? Unwrap(inner) : null);

    /// <summary>Of a command with many statements the driver offers each statement the parameters of all.</summary>
    private const int RowsPerCommand = 10;

    private static void Tune(Microsoft.EntityFrameworkCore.Infrastructure.SqliteDbContextOptionsBuilder sqlite, int? size)
    {
        sqlite.MigrationsAssembly(typeof(SqliteStore).Assembly.GetName().Name);
        sqlite.MaxBatchSize(size ?? RowsPerCommand);
    }

    private static string BuildConnectionString(StoreOptions options)
    {
        var builder = new SqliteConnectionStringBuilder(options.ConnectionString ?? "");
        if (builder.DataSource.Length == 0)
        {
            builder.DataSource = Path.Combine(options.DataDirectory, "opsdashboard.db");
        }

        builder.ForeignKeys = true;
        builder.DefaultTimeout = 20;
        return builder.ToString();
    }
}
