using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace OpsDashboard.Persistence.Sqlite;

/// <summary>
/// Settings that belong to a connection, not to the file. FULL: a commit that was acknowledged survives a power cut, which
/// WAL's usual NORMAL does not promise.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    public const string Text = "PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 4000;";

    public static SqlitePragmas Instance { get; } = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply(connection);
        return Task.CompletedTask;
    }

    public static void Apply(DbConnection connection)
    {
        using var command = ((SqliteConnection)connection).CreateCommand();
        command.CommandText = Text;
        command.ExecuteNonQuery();
    }
}
