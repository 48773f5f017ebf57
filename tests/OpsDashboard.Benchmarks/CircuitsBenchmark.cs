using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using OpsDashboard.Testing;

namespace OpsDashboard.Benchmarks;

/// <summary>
/// 300 circuits on the operational page with 200 objectives, spoken to in their own protocol: what each holds in memory, and what
/// all of them cost while one objective changes every second.
/// </summary>
internal static class CircuitsBenchmark
{
    private const int Objectives = 200;
    private const int Circuits = 300;
    private const int OpenAtOnce = 4;
    private const string Path = "/?platform=bench";
    private static readonly TimeSpan Live = TimeSpan.FromSeconds(45);

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await PublishedProgram.EnsureAsync();
        using var data = new TempDirectory();
        var objectives = PreparedStore.Objectives(Objectives);
        await PreparedStore.CreateAsync(data.FullPath, objectives, historyDays: 10, cancellationToken);
        await using var app = await PublishedProgram.StartAsync(data.FullPath, cancellationToken);
        app.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AppProcess.IntakeKey);
        var slis = objectives.Select(slo => slo.SliId).ToList();
        using var pages = await Doors.SignedInClientAsync(app.Url);

        // Ten circuits come and go first, so that code and pools are not counted as theirs.
        foreach (var circuit in await OpenAsync(pages, app.Url, 10, cancellationToken))
        {
            await circuit.DisposeAsync();
        }

        await UpdateAsync(app, slis, TimeSpan.FromSeconds(5), cancellationToken);
        var before = app.ResidentBytes;
        var circuits = await OpenAsync(pages, app.Url, Circuits, cancellationToken);
        var (renderings, bytes) = (circuits.Sum(circuit => circuit.Renderings), circuits.Sum(circuit => circuit.Bytes));
        var live = await Measured.OfAsync(app, () => UpdateAsync(app, slis, Live, cancellationToken));
        var memory = (app.ResidentBytes - before) / 1e3 / Circuits;
        renderings = circuits.Sum(circuit => circuit.Renderings) - renderings;
        bytes = circuits.Sum(circuit => circuit.Bytes) - bytes;

        Figure.AtMost("circuits.memory", memory, "KB", 700).Print();
        Figure.AtMost("circuits.coresPer100", live.CpuSeconds / live.WallSeconds / Circuits * 100, "cores", 0.3).Over(live).Print();
        Figure.Plain("circuits.renderingsPerSecond", renderings / live.WallSeconds / Circuits, "1/s").Print();
        Figure.Plain("circuits.bytesPerRendering", (double)bytes / Math.Max(1, renderings), "bytes").Print();
        await Task.WhenAll(circuits.Select(circuit => circuit.DisposeAsync().AsTask()));
    }

    private static async Task<List<CircuitClient>> OpenAsync(HttpClient http, string url, int count, CancellationToken cancellationToken)
    {
        var circuits = new List<CircuitClient>(count);
        foreach (var some in Enumerable.Range(0, count).Chunk(OpenAtOnce))
        {
            circuits.AddRange(await Task.WhenAll(some.Select(_ => CircuitClient.OpenAsync(http, url, Path, cancellationToken))));
        }

        return circuits;
    }

    /// <summary>One sample a second, each for the next objective.</summary>
    private static async Task UpdateAsync(AppProcess app, List<string> slis, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var i = 0; i < duration.TotalSeconds; i++)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            var at = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            var line = $$"""{"sli":"{{slis[i % slis.Count]}}","at":"{{at}}","good":0,"total":500}""";
            using var content = new StringContent(line, Encoding.UTF8, "application/x-ndjson");
            using var response = await app.Http.PostAsync($"/api/v1/samples?batchId={Guid.NewGuid():N}", content, cancellationToken);
            response.EnsureSuccessStatusCode();
        }
    }
}
