using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using OpsDashboard.Testing;

namespace OpsDashboard.Benchmarks;

/// <summary>The public status page under wrk on the same cores, asked for as browsers ask: compressed.</summary>
internal static partial class StatusBenchmark
{
    private const int Seconds = 15;
    private const int Connections = 64;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!await HasWrkAsync(cancellationToken))
        {
            Console.WriteLine("status: skipped, since wrk is not installed (Debian: apt-get install wrk).");
            return;
        }

        await PublishedProgram.EnsureAsync();
        using var data = new TempDirectory();
        await using var app = await PublishedProgram.StartAsync(data.FullPath, cancellationToken);
        using (var first = await app.Http.GetAsync("/status", cancellationToken))
        {
            first.EnsureSuccessStatusCode();
        }

        foreach (var (name, path, header) in new[]
        {
            ("page", "/status", "Accept-Encoding: gzip, deflate, br"),
            ("summary", "/api/v2/summary.json", "Accept-Encoding: gzip, deflate, br"),
            ("uncompressed", "/status", "Accept: text/html"),
        })
        {
            await WrkAsync(app.Url + path, header, 3, cancellationToken);
            var report = "";
            var over = await Measured.OfAsync(app, async () => report = await WrkAsync(app.Url + path, header, Seconds, cancellationToken));
            if (Refused().IsMatch(report))
            {
                throw new InvalidOperationException($"wrk saw refused answers:\n{report}");
            }

            var rate = double.Parse(Rate().Match(report).Groups["rate"].Value, CultureInfo.InvariantCulture);
            var p99 = Milliseconds(P99().Match(report));
            if (name == "page")
            {
                Figure.AtLeast("status.requestsPerSecond", rate, "requests/s", 10_000).Over(over).Print();
                Figure.AtMost("status.p99", p99, "ms", 20).Over(over).Print();
            }
            else
            {
                Figure.Plain($"status.{name}.requestsPerSecond", rate, "requests/s").Over(over).Print();
                Figure.Plain($"status.{name}.p99", p99, "ms").Over(over).Print();
            }
        }
    }

    private static async Task<bool> HasWrkAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync("wrk", ["-v"], cancellationToken);
            return true;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static Task<string> WrkAsync(string url, string header, int seconds, CancellationToken cancellationToken) => RunAsync(
        "wrk",
        ["--latency", "-t1", $"-c{Connections}", $"-d{seconds}s", "-H", header, url],
        cancellationToken);

    private static async Task<string> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return output;
    }

    private static double Milliseconds(Match match)
    {
        var value = double.Parse(match.Groups["time"].Value, CultureInfo.InvariantCulture);
        return match.Groups["unit"].Value switch
        {
            "us" => value / 1000,
            "ms" => value,
            _ => value * 1000,
        };
    }

    [GeneratedRegex(@"Requests/sec:\s+(?<rate>[\d.]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rate();

    [GeneratedRegex(@"99%\s+(?<time>[\d.]+)(?<unit>us|ms|s)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex P99();

    [GeneratedRegex("Non-2xx|Socket errors", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Refused();
}
