using System.Collections.Frozen;
using OpsDashboard.Benchmarks;

var modes = new Dictionary<string, Func<CancellationToken, Task>>(StringComparer.Ordinal)
{
    ["ingest"] = IngestBenchmark.RunAsync,
    ["evaluate"] = EvaluateBenchmark.RunAsync,
    ["push"] = PushBenchmark.RunAsync,
    ["close"] = CloseBenchmark.RunAsync,
    ["executive"] = ExecutiveBenchmark.RunAsync,
    ["circuits"] = CircuitsBenchmark.RunAsync,
    ["startup"] = StartupBenchmark.RunAsync,
    ["pages"] = PagesBenchmark.RunAsync,
    ["paging"] = PagingBenchmark.RunAsync,
    ["status"] = StatusBenchmark.RunAsync,
}.ToFrozenDictionary(StringComparer.Ordinal);

if (args.Length == 0 || !args.All(modes.ContainsKey))
{
    await Console.Error.WriteLineAsync($"usage: dotnet run -c Release --project tests/OpsDashboard.Benchmarks -- {string.Join('|', modes.Keys.Order(StringComparer.Ordinal))}");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    // Processes and directories are put away on the way out.
    key.Cancel = true;
    stop.Cancel();
};
foreach (var mode in args)
{
    await modes[mode](stop.Token);
}

return 0;
