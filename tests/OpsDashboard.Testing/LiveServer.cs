using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.SqlClient;

namespace OpsDashboard.Testing;

/// <summary>
/// Runs database tests against a live SQL Server, or a server that speaks its protocol. Each data directory of a test becomes a
/// database of its own there, dropped when the test is over.
/// </summary>
public static class LiveServer
{
    /// <summary>Connection string of the server; its database name is replaced.</summary>
    public const string Variable = "OPSDASHBOARD_TEST_SQLSERVER";

    /// <summary>Set in the second run of a test program, in which every store is on the live server.</summary>
    private const string SecondRun = "OPSDASHBOARD_TEST_STORE";

    public static string? ConnectionString => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? text : null;

    public static bool IsSecondRun => Environment.GetEnvironmentVariable(SecondRun) == "SqlServer";

    /// <summary>Runs the calling test program once more, on the live server.</summary>
    /// <returns>Its exit code and what it wrote.</returns>
    public static async Task<(int ExitCode, string Output)> RunAgainAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[SecondRun] = "SqlServer";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, output + await errors);
    }

    internal static IEnumerable<string> SettingsFor(string dataDirectory) =>
        IsSecondRun ? ["Database:Provider=SqlServer", $"ConnectionStrings:OpsDashboard={For(dataDirectory)}"] : [];

    internal static async Task DropAsync(string dataDirectory)
    {
        if (!IsSecondRun)
        {
            return;
        }

        var database = new SqlConnectionStringBuilder(For(dataDirectory)).InitialCatalog;
        SqlConnection.ClearAllPools();
        await using var connection = new SqlConnection(new SqlConnectionStringBuilder(ConnectionString!) { InitialCatalog = "master" }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        // The name is made below of letters and digits only.
        command.CommandText = $"DROP DATABASE IF EXISTS [{database}]";
        await command.ExecuteNonQueryAsync();
    }

    private static string For(string dataDirectory)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataDirectory)))[..16];
        return new SqlConnectionStringBuilder(ConnectionString!) { InitialCatalog = $"ops_test_{name}" }.ToString();
    }
}
