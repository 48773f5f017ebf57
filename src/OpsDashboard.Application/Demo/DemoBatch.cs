using System.Buffers;
using System.Text.Json;
using OpsDashboard.Application.Demo.Generation;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Demo;

/// <summary>
/// One tick as a batch of the API. The ten ticks of a minute add up to exactly what the minute's history would hold: counts are
/// split, a gauge is read at the minute's first tick.
/// </summary>
internal static class DemoBatch
{
    public static string IdOf(DemoStory story, long tick) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{story.AnchorMinute}-{tick}");

    /// <returns>The body, or null when no series reports in this tick.</returns>
    public static byte[]? Write(DemoWorld world, long tick)
    {
        var (minute, part) = (DemoTicks.MinuteOf(tick), DemoTicks.PartOf(tick));
        var at = DateTimeOffset.FromUnixTimeMilliseconds(tick * DemoTicks.Milliseconds);
        var buffer = new ArrayBufferWriter<byte>(8_192);
        var any = false;
        using (var json = new Utf8JsonWriter(buffer))
        {
            var sample = new MinuteSample();
            json.WriteStartObject();
            json.WriteString("batchId"u8, IdOf(world.Story, tick));
            json.WriteStartArray("samples"u8);
            foreach (var (_, shape) in world.Series)
            {
                if (shape.Measure(minute, sample) && HasPart(sample, part))
                {
                    any = true;
                    json.WriteStartObject();
                    json.WriteString("sli"u8, shape.Sli);
                    json.WriteString("at"u8, at.UtcDateTime);
                    WritePart(json, sample, part);
                    json.WriteEndObject();
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return any ? buffer.WrittenSpan.ToArray() : null;
    }

    private static bool HasPart(MinuteSample sample, int part) => sample.Kind switch
    {
        SampleKind.Events => Part(sample.Good, part) + Part(sample.Bad, part) > 0,
        SampleKind.Reading => part == 0,
        SampleKind.Latencies => Enumerable.Range(0, sample.Points).Any(index => Part(sample.Point(index).Count, part) > 0),
    };

    private static void WritePart(Utf8JsonWriter json, MinuteSample sample, int part)
    {
        switch (sample.Kind)
        {
            case SampleKind.Events:
                json.WriteNumber("good"u8, Part(sample.Good, part));
                json.WriteNumber("total"u8, Part(sample.Good, part) + Part(sample.Bad, part));
                break;
            case SampleKind.Reading:
                json.WriteNumber("value"u8, sample.ValueMicros / 1_000_000m);
                break;
            case SampleKind.Latencies:
                WriteHistogram(json, sample, part);
                break;
        }
    }

    private static void WriteHistogram(Utf8JsonWriter json, MinuteSample sample, int part)
    {
        // Two points may share a bucket of the histogram, and bounds must ascend.
        var buckets = new SortedDictionary<long, long>();
        for (var i = 0; i < sample.Points; i++)
        {
            var (micros, count) = sample.Point(i);
            if (Part(count, part) is var share and > 0)
            {
                var bound = MinuteSample.BoundOf(micros);
                buckets[bound] = buckets.GetValueOrDefault(bound) + share;
            }
        }

        json.WriteStartObject("histogram"u8);
        json.WriteStartArray("upperBoundsMs"u8);
        foreach (var bound in buckets.Keys)
        {
            json.WriteNumberValue(bound / 1000m);
        }

        json.WriteEndArray();
        json.WriteStartArray("counts"u8);
        foreach (var count in buckets.Values)
        {
            json.WriteNumberValue(count);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static long Part(long whole, int part) =>
        (long)(((Int128)whole * (part + 1) / DemoTicks.PerMinute) - ((Int128)whole * part / DemoTicks.PerMinute));
}
