using System.Buffers;
using System.Text.Json;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Telemetry.Self;

/// <summary>What the product measured of itself, as a batch of its own API.</summary>
internal static class SelfBatch
{
    public const string Availability = "opsdashboard/web/availability";
    public const string Latency = "opsdashboard/web/latency";

    public static byte[] Write(string batchId, IReadOnlyList<MeasuredMinute> minutes)
    {
        var buffer = new ArrayBufferWriter<byte>(2_048);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("batchId"u8, batchId);
            json.WriteStartArray("samples"u8);
            foreach (var minute in minutes)
            {
                Begin(json, Availability, minute);
                json.WriteNumber("good"u8, minute.Good);
                json.WriteNumber("total"u8, minute.Total);
                json.WriteEndObject();

                Begin(json, Latency, minute);
                WriteDurations(json, minute);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Begin(Utf8JsonWriter json, string sli, MeasuredMinute minute)
    {
        json.WriteStartObject();
        json.WriteString("sli"u8, sli);
        json.WriteString("at"u8, DateTimeOffset.FromUnixTimeMilliseconds(TimeIndex.StartOfMinute(minute.Minute)).UtcDateTime);
    }

    private static void WriteDurations(Utf8JsonWriter json, MeasuredMinute minute)
    {
        if (minute.Durations.Count == 0)
        {
            // A quiet minute is a measured one: nobody asked.
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
