using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Data.Sqlite;
using OpsDashboard.Testing;

namespace OpsDashboard.Benchmarks;

/// <summary>
/// NDJSON batches of 5,000 samples over 1,000 series from a few connections, each sending its next batch when the one before
/// is acknowledged. Bodies are written beforehand; only instants and batch ids change.
/// </summary>
internal static class IngestBenchmark
{
    private const int Series = 1_000;
    private const int SamplesPerSeries = 5;
    private const int BatchSize = Series * SamplesPerSeries;
    private const int EventsPerSample = 1_000;
    private const int Connections = 8;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        using var data = new TempDirectory();
        var objectives = PreparedStore.Objectives(Series);
        await PreparedStore.CreateAsync(data.FullPath, objectives, historyDays: 0, cancellationToken);
        await using var app = await PublishedProgram.StartAsync(data.FullPath, cancellationToken);
        var load = new Load(app.Url, [.. objectives.Select(slo => slo.SliId)]);

        await load.RunAsync(WarmUp, cancellationToken);
        var warm = load.Acknowledged;
        load.Latencies.Clear();
        var span = await Measured.OfAsync(app, () => load.RunAsync(Duration, cancellationToken));
        var samples = (load.Acknowledged - warm) * BatchSize;

        Figure.AtLeast("ingest.rate", samples / span.WallSeconds, "samples/s", 250_000).Over(span).Print();
        Figure.AtMost("ingest.cpuPerMillion", span.CpuSeconds / samples * 1e6, "CPU-s", 1.9).Over(span).Print();
        Figure.Plain("ingest.batchP95", load.Latencies.At(95), "ms").Print();
        Figure.Plain("ingest.refused", load.Refused, "batches").Print();
        Figure.Plain("ingest.memory", app.ResidentBytes / 1e6, "MB").Print();

        await app.StopAsync(cancellationToken);
        var expected = (long)load.Acknowledged * BatchSize * EventsPerSample;
        Figure.AtMost("ingest.lostOrDoubled", Math.Abs(expected - StoredEvents(data.FullPath)) / EventsPerSample, "samples", 0).Print();
    }

    private static long StoredEvents(string dataDirectory)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(dataDirectory, "opsdashboard.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT SUM(Total) FROM HourChunks WHERE SeriesId IN (SELECT Id FROM Slis WHERE Path LIKE 'bench/%')";
        return (long)command.ExecuteScalar()!;
    }

    private sealed class Load(string url, string[] slis)
    {
        private int acknowledged;
        private int refused;
        private int batch;

        public int Acknowledged => acknowledged;

        public int Refused => refused;

        public List<double> Latencies { get; } = [];

        public async Task RunAsync(TimeSpan duration, CancellationToken cancellationToken)
        {
            var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
            await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(() => SendAsync(end, cancellationToken), cancellationToken)));
        }

        private async Task SendAsync(long end, CancellationToken cancellationToken)
        {
            using var http = new HttpClient { BaseAddress = new Uri(url) };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AppProcess.IntakeKey);
            var body = new SampleLines(slis, SamplesPerSeries, EventsPerSample);
            while (Stopwatch.GetTimestamp() < end)
            {
                body.MoveTo(TimeProvider.System.GetUtcNow());
                using var content = new ReadOnlyMemoryContent(body.Bytes);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
                var began = Stopwatch.GetTimestamp();
                using var response = await http.PostAsync($"/api/v1/samples?batchId=b{Interlocked.Increment(ref batch)}", content, cancellationToken);
                if (response.StatusCode == HttpStatusCode.Accepted)
                {
                    Interlocked.Increment(ref acknowledged);
                    lock (Latencies)
                    {
                        Latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                    }
                }
                else if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    Interlocked.Increment(ref refused);
                }
                else
                {
                    throw new InvalidOperationException($"{response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
                }
            }
        }
    }
}
