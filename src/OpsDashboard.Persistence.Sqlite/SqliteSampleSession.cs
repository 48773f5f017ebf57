using Microsoft.Data.Sqlite;

namespace OpsDashboard.Persistence.Sqlite;

/// <summary>A connection with the statements of the intake prepared on it.</summary>
internal sealed class SqliteSampleSession : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand load;
    private readonly SqliteCommand save;
    private readonly SqliteCommand remember;
    private readonly SqliteCommand announce;

    private SqliteSampleSession(SqliteConnection connection)
    {
        this.connection = connection;
        load = Prepare("SELECT Data FROM HourChunks WHERE Id = $id", "$id");
        save = Prepare(
            """
            INSERT INTO HourChunks (Id, SeriesId, Hour, Good, Total, Data) VALUES ($id, $series, $hour, $good, $total, $data)
            ON CONFLICT (Id) DO UPDATE SET Good = excluded.Good, Total = excluded.Total, Data = excluded.Data
            """,
            "$id", "$series", "$hour", "$good", "$total", "$data");
        remember = Prepare(
            "INSERT INTO IntakeBatches (Id, ReceivedAtMs, Accepted) VALUES ($id, $at, $accepted) ON CONFLICT (Id) DO NOTHING",
            "$id", "$at", "$accepted");
        announce = Prepare("INSERT INTO ChangeFeed (Topic, Detail, AtMs) VALUES ($topic, $detail, $at)", "$topic", "$detail", "$at");
    }

    public static SqliteSampleSession Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            SqlitePragmas.Apply(connection);
            return new SqliteSampleSession(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public SqliteTransaction Begin()
    {
        var transaction = connection.BeginTransaction(deferred: false);
        load.Transaction = save.Transaction = remember.Transaction = announce.Transaction = transaction;
        return transaction;
    }

    /// <returns>The stored hour, or nothing.</returns>
    public byte[] Load(long id)
    {
        load.Parameters[0].Value = id;
        return load.ExecuteScalar() as byte[] ?? [];
    }

    public void Store(long id, int seriesId, int hour, long good, long total, byte[] data)
    {
        var parameters = save.Parameters;
        parameters[0].Value = id;
        parameters[1].Value = seriesId;
        parameters[2].Value = hour;
        parameters[3].Value = good;
        parameters[4].Value = total;
        parameters[5].Value = data;
        save.ExecuteNonQuery();
    }

    /// <returns>False when the batch had been committed before.</returns>
    public bool TryRemember(string batchId, long nowMs, int accepted)
    {
        remember.Parameters[0].Value = batchId;
        remember.Parameters[1].Value = nowMs;
        remember.Parameters[2].Value = accepted;
        return remember.ExecuteNonQuery() == 1;
    }

    public void Announce(string topic, byte[] detail, long nowMs)
    {
        announce.Parameters[0].Value = topic;
        announce.Parameters[1].Value = detail;
        announce.Parameters[2].Value = nowMs;
        announce.ExecuteNonQuery();
    }

    public void Dispose()
    {
        load.Dispose();
        save.Dispose();
        remember.Dispose();
        announce.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Prepare(string text, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }
}
