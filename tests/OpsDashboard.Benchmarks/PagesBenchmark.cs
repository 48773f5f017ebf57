using System.Diagnostics;
using Microsoft.Data.Sqlite;
using OpsDashboard.Testing;

namespace OpsDashboard.Benchmarks;

/// <summary>Server time of the prerendered operational page, and how long the demo takes to start for the first time and later.</summary>
internal static class PagesBenchmark
{
    private const int Objectives = 200;
    private const int WarmUps = 60;
    private const int Requests = 300;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await PublishedProgram.EnsureAsync();
        using (var data = new TempDirectory())
        {
            await PreparedStore.CreateAsync(data.FullPath, PreparedStore.Objectives(Objectives), historyDays: 10, cancellationToken);
            await using var app = await PublishedProgram.StartAsync(data.FullPath, cancellationToken);
            await GetAsync(app, WarmUps, cancellationToken);
            List<double> times = [];
            var over = await Measured.OfAsync(app, async () => times = await GetAsync(app, Requests, cancellationToken));
            Figure.AtMost("pages.operationalP95", times.At(95), "ms", 50).Over(over).Print();
            Figure.Plain("pages.operationalMedian", times.At(50), "ms").Print();
            Figure.Plain("pages.operationalCpu", over.CpuSeconds / Requests * 1e3, "CPU-ms").Over(over).Print();
        }

        await DemoAsync(cancellationToken);
    }

    /// <summary>One at a time, over one connection, filtered to the objectives of the benchmark: milliseconds to the last byte.</summary>
    private static async Task<List<double>> GetAsync(AppProcess app, int requests, CancellationToken cancellationToken)
    {
        var times = new List<double>(requests);
        for (var i = 0; i < requests; i++)
        {
            var began = Stopwatch.GetTimestamp();
            var page = await app.Http.GetStringAsync("/?platform=bench", cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            var rows = page.Split("data-row-link").Length - 1;
            if (rows != Objectives)
            {
                throw new InvalidOperationException($"The page shows {rows} objectives instead of {Objectives}.");
            }
        }

        return times;
    }

    private static async Task DemoAsync(CancellationToken cancellationToken)
    {
        using var data = new TempDirectory();
        var first = await DemoStartAsync(data.FullPath, cancellationToken);
        Figure.AtMost("pages.demoFirstStart", first.WallSeconds, "s", 30).Over(first).Print();
        var later = await DemoStartAsync(data.FullPath, cancellationToken);
        Figure.AtMost("pages.demoLaterStart", later.WallSeconds, "s", 3).Over(later).Print();
    }

    /// <summary>Until the program is ready and its history complete.</summary>
    private static async Task<Measured> DemoStartAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        await using var app = await PublishedProgram.StartAsync(dataDirectory, cancellationToken, null, ("Demo__Enabled", "true"));
        await Eventually.TrueAsync(() => IsFilled(dataDirectory), cancellationToken, TimeSpan.FromSeconds(100));
        var measured = new Measured(app.CpuTime.TotalSeconds, Stopwatch.GetElapsedTime(began).TotalSeconds);
        await app.StopAsync(cancellationToken);
        return measured;
    }

    private static bool IsFilled(string dataDirectory)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(dataDirectory, "opsdashboard.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT Value FROM Settings WHERE Name = 'demo.state'";
        return command.ExecuteScalar() is string state && state.Contains("\"filling\":false", StringComparison.Ordinal);
    }
}
