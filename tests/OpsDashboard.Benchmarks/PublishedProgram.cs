using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using OpsDashboard.Testing;

namespace OpsDashboard.Benchmarks;

/// <summary>The program as it is shipped, published once a run.</summary>
internal static class PublishedProgram
{
    private static readonly Lazy<Task<string>> Published = new(PublishAsync);

    /// <summary>Its own process on a data directory that the caller prepared.</summary>
    public static async Task<AppProcess> StartAsync(
        string dataDirectory,
        CancellationToken cancellationToken,
        string? url = null,
        params (string Name, string Value)[] settings) =>
        await AppProcess.StartAsync(
            new AppProcessOptions
            {
                DataDirectory = dataDirectory,
                Program = await Published.Value,
                Url = url ?? "http://127.0.0.1:0",
                ReadyWithin = TimeSpan.FromSeconds(120),
                Settings = settings.Append(("Logging__LogLevel__Default", "Warning")).ToDictionary(StringComparer.Ordinal),
            },
            cancellationToken);

    public static Task EnsureAsync() => Published.Value;

    /// <summary>For a measurement that must call before the program says where it listens.</summary>
    public static string FreeUrl()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    private static async Task<string> PublishAsync()
    {
        var output = Path.Combine(Repository.Root, "artifacts", "benchmarks", "program");
        var start = new ProcessStartInfo("bash")
        {
            ArgumentList = { Path.Combine(Repository.Root, "build", "publish.sh"), output },
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var publish = Process.Start(start) ?? throw new InvalidOperationException("bash could not be started.");
        var told = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0
            ? Path.Combine(output, "OpsDashboard.Web.dll")
            : throw new InvalidOperationException($"The program could not be published:\n{told}");
    }
}
