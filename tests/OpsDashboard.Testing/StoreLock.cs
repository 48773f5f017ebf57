using Microsoft.Data.Sqlite;

namespace OpsDashboard.Testing;

/// <summary>Another program's hold on the store: nobody else can write while it lasts.</summary>
public sealed class StoreLock : IDisposable
{
    private readonly SqliteConnection _connection;

    private StoreLock(SqliteConnection connection) => _connection = connection;

    public static StoreLock Take(string dataDirectory)
    {
        var connection = StoreFile.Open(dataDirectory);
        using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN EXCLUSIVE";
        begin.ExecuteNonQuery();
        return new StoreLock(connection);
    }

    public void Dispose()
    {
        using (var end = _connection.CreateCommand())
        {
            end.CommandText = "ROLLBACK";
            end.ExecuteNonQuery();
        }

        _connection.Dispose();
    }
}

/// <summary>The store's file, read beside the program.</summary>
public static class StoreFile
{
    public static SqliteConnection Open(string dataDirectory)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(dataDirectory, "opsdashboard.db")};Pooling=False;Default Timeout=30");
        connection.Open();
        return connection;
    }

    /// <summary>Stored events of every series that has any, by path; but for what the program measures of itself all the while.</summary>
    public static Dictionary<string, long> Totals(string dataDirectory)
    {
        using var connection = Open(dataDirectory);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT s.Path, SUM(h.Total) FROM HourChunks h JOIN Slis s ON s.Id = h.SeriesId WHERE s.Platform <> 'opsdashboard' GROUP BY s.Path";
        using var rows = command.ExecuteReader();
        var totals = new Dictionary<string, long>(StringComparer.Ordinal);
        while (rows.Read())
        {
            totals[rows.GetString(0)] = rows.GetInt64(1);
        }

        return totals;
    }

    /// <summary>Who holds the evaluator's lease, and the fencing token that grows with every change of hands.</summary>
    public static (int ProcessId, long Token) Evaluating(string dataDirectory)
    {
        using var connection = Open(dataDirectory);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT Holder, Token FROM Leases WHERE Name = 'evaluator'";
        using var row = command.ExecuteReader();
        if (!row.Read())
        {
            throw new InvalidOperationException("Nobody has held the evaluator's lease yet.");
        }

        return (int.Parse(row.GetString(0).Split('/')[1], System.Globalization.CultureInfo.InvariantCulture), row.GetInt64(1));
    }
}
