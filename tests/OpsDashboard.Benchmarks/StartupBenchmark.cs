using System.Diagnostics;
using System.Net;
using OpsDashboard.Testing;

namespace OpsDashboard.Benchmarks;

/// <summary>Start of the program on a store with 1,000 objectives and 40 days of minutes.</summary>
internal static class StartupBenchmark
{
    private const int Objectives = 1_000;
    private const int HistoryDays = 40;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await PublishedProgram.EnsureAsync();
        using var data = new TempDirectory();
        var prepared = await Measured.OfThisProcessAsync(
            () => PreparedStore.CreateAsync(data.FullPath, PreparedStore.Objectives(Objectives), HistoryDays, cancellationToken));
        Figure.Plain("startup.fill", prepared.WallSeconds, "s").Over(prepared).Print();
        Figure.Plain("startup.storeSize", new DirectoryInfo(data.FullPath).EnumerateFiles("opsdashboard.db*").Sum(file => file.Length) / 1e6, "MB").Print();

        var url = PublishedProgram.FreeUrl();
        var began = Stopwatch.GetTimestamp();
        var serving = ServingAsync(url, began, cancellationToken);
        await using var app = await PublishedProgram.StartAsync(data.FullPath, cancellationToken, url);
        var complete = new Measured(app.CpuTime.TotalSeconds, Stopwatch.GetElapsedTime(began).TotalSeconds);
        Figure.AtMost("startup.serving", await serving, "s", 3).Print();
        Figure.AtMost("startup.statusesComplete", complete.WallSeconds, "s", 15).Over(complete).Print();
        Figure.Plain("startup.memory", app.ResidentBytes / 1e6, "MB").Print();
        await app.StopAsync(cancellationToken);
    }

    /// <summary>Seconds until the first page is answered.</summary>
    private static async Task<double> ServingAsync(string url, long began, CancellationToken cancellationToken)
    {
        using var http = ApiCalls.ProgramClient(url);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                using var response = await http.GetAsync("/", cancellationToken);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    break;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
