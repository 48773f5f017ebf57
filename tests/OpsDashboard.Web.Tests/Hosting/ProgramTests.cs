using System.Net;
using System.Net.Sockets;
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
    public async Task Program_StartedAgain_KeepsItsAddressAndKeys()
    {
        await using var app = await AppProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await app.Http.GetAsync("/", TestContext.Current.CancellationToken);
        var url = app.Url;
        var keys = Directory.GetFiles(Path.Combine(app.DataDirectory, "keys"));
        Assert.NotEmpty(keys);

        await app.Kill9Async(TestContext.Current.CancellationToken);
        await app.StartAgainAsync(TestContext.Current.CancellationToken);

        Assert.Equal(url, app.Url);
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync("/", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(keys, Directory.GetFiles(Path.Combine(app.DataDirectory, "keys")));
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

    private static AppProcessOptions Setting(string name, string value) =>
        new() { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value } };

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
