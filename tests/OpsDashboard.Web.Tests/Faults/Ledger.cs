using System.Collections.Concurrent;
using System.Net;
using OpsDashboard.Testing;
using OpsDashboard.Web.Tests.Telemetry;

namespace OpsDashboard.Web.Tests.Faults;

/// <summary>
/// A source that writes down what it sent: each batch has its own counts, and stays open until it is acknowledged, however
/// often it must be sent again under its id.
/// </summary>
internal sealed class Ledger(string[] slis)
{
    private readonly ConcurrentDictionary<int, byte> open = new();
    private readonly long[] totals = new long[slis.Length];
    private int lastBatch;
    private int acknowledged;

    public int Acknowledged => acknowledged;

    public int Open => open.Count;

    /// <summary>Events each series must hold once nothing is open.</summary>
    public Dictionary<string, long> Expected() => slis.Zip(totals).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);

    /// <summary>Sends new batches one after another until told to stop or the program is gone.</summary>
    public async Task SendUntilAsync(HttpClient http, Func<bool> stopped, CancellationToken token)
    {
        while (!stopped())
        {
            var batch = Interlocked.Increment(ref lastBatch);
            open[batch] = 0;
            try
            {
                await SendAsync(http, batch, token);
            }
            catch (HttpRequestException)
            {
                // Killed in the middle: the batch stays open.
                return;
            }
        }
    }

    /// <summary>Sends what is open again, once each.</summary>
    public async Task SendOpenAsync(HttpClient http, CancellationToken token)
    {
        foreach (var batch in open.Keys.Order())
        {
            await SendAsync(http, batch, token);
        }
    }

    /// <returns>Any status but 202 and 503 fails.</returns>
    public async Task<HttpStatusCode> SendAsync(HttpClient http, int batch, CancellationToken token)
    {
        var now = TimeProvider.System.GetUtcNow();
        var lines = slis.Select((sli, series) => Batches.Counts(sli, now, 0, Events(batch, series)));
        using var response = await http.PostLinesAsync($"batch-{batch}", lines, token);
        if (response.StatusCode == HttpStatusCode.Accepted)
        {
            if (open.TryRemove(batch, out _))
            {
                Interlocked.Increment(ref acknowledged);
                for (var series = 0; series < slis.Length; series++)
                {
                    Interlocked.Add(ref totals[series], Events(batch, series));
                }
            }
        }
        else
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
        }

        return response.StatusCode;
    }

    public Task<HttpStatusCode> SendNextAsync(HttpClient http, CancellationToken token)
    {
        var batch = Interlocked.Increment(ref lastBatch);
        open[batch] = 0;
        return SendAsync(http, batch, token);
    }

    private static long Events(int batch, int series) => 1 + ((batch * 31L) + (series * 7)) % 97;
}

/// <summary>A program on a store that already knows its series.</summary>
internal static class SeededProgram
{
    private const int Series = 20;

    public static string[] Slis { get; } = [.. Enumerable.Range(0, Series).Select(i => $"shop/checkout/sli-{i:00}")];

    /// <summary>Creates the store and closes it again.</summary>
    public static async Task CreateStoreAsync(string dataDirectory, CancellationToken token)
    {
        await using var app = await InProcessApp.StartAsync(token, dataDirectory: dataDirectory);
        await app.SeedAsync([.. Slis.Select(sli => Seeding.Availability("shop", "checkout", sli.Split('/')[^1]))]);
    }
}
