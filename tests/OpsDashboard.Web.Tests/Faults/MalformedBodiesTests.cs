using System.IO.Compression;
using System.Net;
using System.Text;
using OpsDashboard.Web.Tests.Telemetry;

namespace OpsDashboard.Web.Tests.Faults;

/// <summary>Bodies no program should send: always an answer in the product's own words, never a fault of its own.</summary>
public sealed class MalformedBodiesTests(IntakeHost host) : IClassFixture<IntakeHost>
{
    private const int Bodies = 100;

    private static readonly string[] Numbers =
        ["1e400", "-1e400", "99999999999999999999", "NaN", "Infinity", "-0", "0x10", "1.7976931348623157e308", "1E-400", "00", "-", "1."];

    private static readonly string[] Values =
        ["null", "true", "\"text\"", "[]", "{}", "[[[]]]", "{\"a\":{\"b\":[1]}}", "\"\\ud800\"", "\"\\u0000\"", "\"\\x\"", "\"2026-13-45T99:99:99Z\"", "\"0000-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59+00:00\""];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_AHundredMalformedBodies_NeverFailsNorTellsItsInside()
    {
        var random = new Random(8151);
        for (var i = 0; i < Bodies; i++)
        {
            var (body, encoding) = Malformed(random, i);
            using var content = new ByteArrayContent(body);
            var lines = random.Next(2) == 0;
            content.Headers.ContentType = new(lines ? Batches.Ndjson : Batches.Json);
            if (encoding is not null)
            {
                content.Headers.ContentEncoding.Add(encoding);
            }

            using var response = await host.Http.PostSamplesAsync(content, Token, lines ? $"?batchId=fuzz-{i}" : "");
            var told = await response.Content.ReadAsStringAsync(Token);
            var what = $"Body {i} ({response.StatusCode}): {Encoding.Latin1.GetString(body[..Math.Min(200, body.Length)])}\n{told}";

            Assert.True(response.StatusCode is HttpStatusCode.Accepted or (>= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError), what);
            Assert.False(told.Contains("   at ", StringComparison.Ordinal) || told.Contains("Exception", StringComparison.Ordinal), what);
            if (response.StatusCode != HttpStatusCode.Accepted)
            {
                Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            }
        }
    }

    private static (byte[] Body, string? Encoding) Malformed(Random random, int i)
    {
        var text = Batches.Batch($"fuzz-{i}", Sample(random), Sample(random));
        var good = Encoding.UTF8.GetBytes(text);
        return (i % 12) switch
        {
            0 => (good[..random.Next(good.Length)], null),
            1 => (Splice(random, good, [0xFF, 0xFE, 0xC0, 0x80]), null),
            2 => (Splice(random, good, "\\ud800"u8), null),
            3 => (Encoding.UTF8.GetBytes(new string('[', random.Next(1, 5_000))), null),
            4 => (Encoding.UTF8.GetBytes($"{{\"batchId\":\"deep\",\"samples\":[{string.Concat(Enumerable.Repeat("{\"a\":", 2_000))}"), null),
            5 => (Replace(random, text, Numbers), null),
            6 => (Replace(random, text, Values), null),
            7 => (Encoding.UTF8.GetBytes(text.Replace("\"total\"", "\"good\"", StringComparison.Ordinal)), null),
            8 => ([0xEF, 0xBB, 0xBF, .. good], null),
            9 => (Zipped(good)[..random.Next(5, 40)], "gzip"),
            10 => (Bytes(random), random.Next(2) == 0 ? "gzip" : null),
            _ => (Splice(random, good, Bytes(random).AsSpan(0, 3)), null),
        };
    }

    private static string Sample(Random random) => random.Next(3) switch
    {
        0 => Batches.Counts(IntakeHost.Availability, IntakeHost.Now.AddSeconds(-random.Next(7200)), 1, 2),
        1 => Batches.Sample(IntakeHost.Latency, IntakeHost.Now, "\"histogram\":{\"upperBoundsMs\":[1,2.5,1000],\"counts\":[1,0,7]}"),
        _ => Batches.Sample(IntakeHost.Queue, IntakeHost.Now, "\"value\":0.5"),
    };

    /// <summary>One of the body's values by another.</summary>
    private static byte[] Replace(Random random, string text, string[] others)
    {
        var starts = Enumerable.Range(1, text.Length - 2).Where(at => text[at] is ':' && text[at - 1] is '"').ToList();
        var start = starts[random.Next(starts.Count)] + 1;
        var end = text.IndexOfAny([',', '}', ']'], start);
        return Encoding.UTF8.GetBytes(text[..start] + others[random.Next(others.Length)] + text[end..]);
    }

    private static byte[] Splice(Random random, byte[] body, ReadOnlySpan<byte> what)
    {
        var at = random.Next(body.Length);
        return [.. body.AsSpan(0, at), .. what, .. body.AsSpan(at)];
    }

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(3, 400)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Zipped(byte[] body)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return zipped.ToArray();
    }
}
