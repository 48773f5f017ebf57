using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Data.Sqlite;
using OpsDashboard.Testing;

namespace OpsDashboard.Web.Tests.Hosting;

/// <summary>The contract with service managers and installers: ready line, orderly stop, one line on a wrong setting.</summary>
public sealed class ProgramTests
{
    [Fact]
    public async Task Program_Started_SaysReadyAndStopsOnSigTerm()
    {
        await using var app = await AppProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        var ready = await app.Http.GetAsync("/readyz", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Equal(0, await app.StopAsync(TestContext.Current.CancellationToken));
        Assert.Single(Lines(app.Output), line => line.StartsWith("Ready on http://127.0.0.1:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Program_StoppedWhileACallerKeepsItWaiting_EndsItsWorkInOrderAllTheSame()
    {
        var token = TestContext.Current.CancellationToken;
        await using var app = await AppProcess.StartAsync(cancellationToken: token);
        using var caller = new TcpClient();
        await caller.ConnectAsync(IPAddress.Loopback, new Uri(app.Url).Port, token);
        await using var line = caller.GetStream();
        await line.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/v1/samples HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {AppProcess.IntakeKey}\r\nContent-Type: application/x-ndjson\r\nContent-Length: 1000000\r\n\r\n"), token);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(token);
        var trickling = TrickleAsync(line, over.Token);

        Assert.Equal(0, await app.StopAsync(token));

        await over.CancelAsync();
        await trickling;
        // No worker met the end of the process in the middle of its work.
        Assert.DoesNotContain(" crit: ", app.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ObjectDisposedException", app.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_StartedAgain_KeepsItsAddress()
    {
        await using var app = await AppProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await app.Http.GetAsync("/", TestContext.Current.CancellationToken);
        var url = app.Url;

        await app.Kill9Async(TestContext.Current.CancellationToken);
        await app.StartAgainAsync(TestContext.Current.CancellationToken);

        Assert.Equal(url, app.Url);
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync("/", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Program_DataDirectoryIsAFile_ExitsWithOneLine()
    {
        using var temp = new TempDirectory();
        var file = temp.Combine("file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        await AssertRefusedAsync(Setting("OpsDashboard__DataDirectory", file), "OpsDashboard:DataDirectory");
    }

    [Fact]
    public async Task Program_AddressTaken_ExitsWithOneLine()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        await AssertRefusedAsync(new AppProcessOptions { Url = url }, "ASPNETCORE_URLS", url, "in use");
    }

    [Theory]
    [InlineData("five-thousand")]
    [InlineData("ftp://127.0.0.1:1")]
    public async Task Program_AddressMalformed_ExitsWithOneLine(string url) =>
        await AssertRefusedAsync(new AppProcessOptions { Url = url }, "ASPNETCORE_URLS", url);

    [Fact]
    public async Task Program_HttpsWithoutCertificate_ExitsWithOneLine() =>
        await AssertRefusedAsync(new AppProcessOptions { Url = "https://127.0.0.1:0" }, "ASPNETCORE_URLS", "certificate");

    [Fact]
    public async Task Program_SeveralWrongSettings_TellsAllInOneLine() =>
        await AssertRefusedAsync(
            new AppProcessOptions
            {
                Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Intake__Key"] = "short", ["Database__MaxBatchSize"] = "0" },
            },
            "Intake:Key",
            "Database:MaxBatchSize");

    [Theory]
    [InlineData("Database__Provider", "Oracle", "Database:Provider")]
    [InlineData("Database__MaxBatchSize", "many", "Database:MaxBatchSize")]
    public async Task Program_SettingOfTheWrongKind_ExitsWithOneLine(string name, string value, string told) =>
        await AssertRefusedAsync(Setting(name, value), told);

    [Fact]
    public async Task Program_StoreOfAnotherLineage_RefusesItUntouchedInOneLine()
    {
        using var data = new TempDirectory();
        var connection = $"Data Source={Path.Combine(data.FullPath, "opsdashboard.db")};Pooling=False";
        await RunSqlAsync(connection, "CREATE TABLE __EFMigrationsHistory (MigrationId TEXT PRIMARY KEY, ProductVersion TEXT NOT NULL); INSERT INTO __EFMigrationsHistory VALUES ('20990101000000_Later', '99'); CREATE TABLE Slos (Id INTEGER);");

        await AssertRefusedAsync(new AppProcessOptions { DataDirectory = data.FullPath }, "20990101000000_Later", "does not know");
        Assert.Equal(2L, await RunSqlAsync(connection, "SELECT count(*) FROM sqlite_master WHERE type = 'table'"));
    }

    private static async Task<object?> RunSqlAsync(string connectionString, string sql)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private static AppProcessOptions Setting(string name, string value) =>
        new() { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value } };

    /// <summary>A body that comes just fast enough not to be given up.</summary>
    private static async Task TrickleAsync(NetworkStream line, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var some = Encoding.ASCII.GetBytes(new string(' ', 100));
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await line.WriteAsync(some, cancellationToken);
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // Cut off in the end.
        }
    }

    private static async Task AssertRefusedAsync(AppProcessOptions options, params string[] parts)
    {
        var (exitCode, output) = await AppProcess.RunToExitAsync(options, TestContext.Current.CancellationToken);

        Assert.NotEqual(0, exitCode);
        var line = Assert.Single(Lines(output));
        Assert.StartsWith("OpsDashboard cannot start: ", line, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
