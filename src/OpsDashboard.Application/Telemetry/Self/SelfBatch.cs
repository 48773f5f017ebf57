using System.Buffers;
using System.Text.Json;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Telemetry.Self;

/// <summary>Samples that were acknowledged, and how many of them the store holds.</summary>
internal readonly record struct ReadBack(long Found, long Promised);

/// <summary>What the product measured of itself, as a batch of its own API.</summary>
internal static class SelfBatch
{
    public const string Availability = "opsdashboard/web/availability";
    public const string Latency = "opsdashboard/web/latency";

    public const string IntakeDurability = "opsdashboard/web/intake-durability";

    /// <param name="now">Minute in which acknowledged batches were read back.</param>
    public static byte[] Write(string batchId, IReadOnlyList<MeasuredMinute> minutes, int now, ReadBack readBack)
    {
        var buffer = new ArrayBufferWriter<byte>(2_048);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("batchId"u8, batchId);
            json.WriteStartArray("samples"u8);
            foreach (var minute in minutes)
            {
                WriteCounts(json, Availability, minute.Minute, minute.Good, minute.Total);
                Begin(json, Latency, minute.Minute);
                WriteDurations(json, minute);
                json.WriteEndObject();
            }

            if (readBack.Promised > 0)
            {
                WriteCounts(json, IntakeDurability, now, readBack.Found, readBack.Promised);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteCounts(Utf8JsonWriter json, string sli, int minute, long good, long total)
    {
        Begin(json, sli, minute);
        json.WriteNumber("good"u8, good);
        json.WriteNumber("total"u8, total);
        json.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter json, string sli, int minute)
    {
        json.WriteStartObject();
        json.WriteString("sli"u8, sli);
        json.WriteString("at"u8, DateTimeOffset.FromUnixTimeMilliseconds(TimeIndex.StartOfMinute(minute)).UtcDateTime);
    }

    private static void WriteDurations(Utf8JsonWriter json, MeasuredMinute minute)
    {
        if (minute.Durations.Count == 0)
        {
            json.WriteStartArray("valuesMs"u8);
            json.WriteEndArray();
            return;
        }

        json.WriteStartObject("histogram"u8);
        json.WriteStartArray("upperBoundsMs"u8);
        foreach (var (bound, _) in minute.Durations)
        {
            json.WriteNumberValue(bound / 1000m);
        }

        json.WriteEndArray();
        json.WriteStartArray("counts"u8);
        foreach (var (_, count) in minute.Durations)
        {
            json.WriteNumberValue(count);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
