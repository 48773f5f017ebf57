using Microsoft.Data.Sqlite;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Demo;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Tests.Demo;

/// <summary>Looks into the store of a program from outside, as the program itself is another process or was killed.</summary>
internal sealed class StoredDemo(string dataDirectory)
{
    private readonly string connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(dataDirectory, "opsdashboard.db"),
        Pooling = false,
        DefaultTimeout = 20,
    }.ToString();

    public DemoState? State() =>
        Scalar("SELECT Value FROM Settings WHERE Name = 'demo.state'") is string json
            ? System.Text.Json.JsonSerializer.Deserialize<DemoState>(json, StoreJson.Options)
            : null;

    public long Count(string table) => (long)Scalar($"SELECT count(*) FROM {table}")!;

    public bool IsFilled() => State() is { Filling: false };

    /// <summary>All series of the catalog with the numbers this store gave them.</summary>
    public IReadOnlyDictionary<string, int> Series()
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        Read("SELECT Path, Id FROM Slis", row => found[row.GetString(0)] = row.GetInt32(1));
        return found;
    }

    public IReadOnlyDictionary<(int SeriesId, int Hour), byte[]> Hours()
    {
        var found = new Dictionary<(int SeriesId, int Hour), byte[]>();
        Read("SELECT SeriesId, Hour, Data FROM HourChunks", row => found[(row.GetInt32(0), row.GetInt32(1))] = row.GetFieldValue<byte[]>(2));
        return found;
    }

    /// <summary>What the story says these hours hold.</summary>
    public IReadOnlyDictionary<(int SeriesId, int Hour), byte[]> Told(int fromHour, int toHour)
    {
        var numbers = Series();
        var told = new DemoHours([.. DemoSeries.Of(new DemoStory(State()!.Anchor)).Select(shape => (numbers[shape.Sli], shape))]);
        return told.Generate(fromHour, toHour, CancellationToken.None).ToDictionary(hour => (hour.SeriesId, hour.Hour), hour => hour.Data);
    }

    public void Execute(string sql)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private object? Scalar(string sql)
    {
        object? value = null;
        Read(sql, row => value = row.GetValue(0));
        return value;
    }

    private void Read(string sql, Action<SqliteDataReader> each)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            each(reader);
        }
    }
}
