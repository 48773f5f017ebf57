using System.Text.Json;
using OpsDashboard.Application.Catalog;

namespace OpsDashboard.Application.Telemetry.Intake;

/// <summary>
/// Reads samples straight from the request's bytes. A value of the wrong type is that sample's fault; text that is not JSON
/// throws <see cref="JsonException"/> and is the body's.
/// </summary>
internal sealed class SampleReader(SeriesDirectory directory)
{
    // Sources send runs of samples of one instant; the text of the last one is cheaper to compare than to parse.
    private readonly byte[] lastAtText = new byte[40];
    private int lastAtLength;
    private long lastAtMs;

    public RawSample Sample { get; } = new();

    /// <summary>Reads the value the reader stands on, and leaves it on the value's last token.</summary>
    public void Read(ref Utf8JsonReader json)
    {
        Sample.Clear();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            Sample.Fail(SampleRule.Shape, "A sample must be a JSON object.");
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            ReadProperty(ref json);
        }
    }

    private void ReadProperty(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("sli"u8))
        {
            json.Read();
            ReadSli(ref json);
        }
        else if (json.ValueTextEquals("at"u8))
        {
            json.Read();
            ReadAt(ref json);
        }
        else if (json.ValueTextEquals("good"u8))
        {
            json.Read();
            Sample.Good = ReadCount(ref json, "good");
        }
        else if (json.ValueTextEquals("total"u8))
        {
            json.Read();
            Sample.Total = ReadCount(ref json, "total");
        }
        else if (json.ValueTextEquals("value"u8))
        {
            json.Read();
            Sample.Value = ReadNumber(ref json, "value");
        }
        else if (json.ValueTextEquals("valuesMs"u8))
        {
            json.Read();
            Sample.HasValuesMs = true;
            ReadNumbers(ref json, "valuesMs", Sample.ValuesMs);
        }
        else if (json.ValueTextEquals("histogram"u8))
        {
            json.Read();
            Sample.HasHistogram = true;
            ReadHistogram(ref json);
        }
        else
        {
            Sample.Fail(SampleRule.Shape, $"A sample has no field \"{Clip(json.GetString())}\".");
            json.Read();
            json.Skip();
        }
    }

    private void ReadSli(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            Sample.Fail(SampleRule.SliRequired, "sli must be a string: platform/service/sli.");
            json.Skip();
            return;
        }

        var found = json.ValueIsEscaped
            ? directory.TryFind(json.GetString()!, out var series)
            : directory.TryFind(json.ValueSpan, out series);
        Sample.Series = series;
        if (!found)
        {
            Sample.UnknownSli = Clip(json.GetString());
        }
    }

    private void ReadAt(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.String && !json.ValueIsEscaped)
        {
            var text = json.ValueSpan;
            if (lastAtLength > 0 && text.SequenceEqual(lastAtText.AsSpan(0, lastAtLength)))
            {
                Sample.AtMs = lastAtMs;
                return;
            }

            // Without an offset the text is not RFC 3339, and the parser would take it for this machine's zone.
            if (HasOffset(text) && json.TryGetDateTimeOffset(out var at))
            {
                Sample.AtMs = lastAtMs = at.ToUnixTimeMilliseconds();
                lastAtLength = text.Length <= lastAtText.Length ? text.Length : 0;
                text[..lastAtLength].CopyTo(lastAtText);
                return;
            }
        }

        Sample.Fail(SampleRule.AtFormat, "at must be an RFC 3339 instant with an offset, such as 2026-11-22T10:00:00Z.");
        json.Skip();
    }

    private static bool HasOffset(ReadOnlySpan<byte> text) =>
        text.Length >= 20 && (text[^1] is (byte)'Z' or (byte)'z' || (text[^3] == (byte)':' && text[^6] is (byte)'+' or (byte)'-'));

    private long? ReadCount(ref Utf8JsonReader json, string field)
    {
        if (json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var count))
        {
            return count;
        }

        Sample.Fail(SampleRule.CountsInteger, $"{field} must be a whole number of at most 64 bits.");
        json.Skip();
        return null;
    }

    private decimal? ReadNumber(ref Utf8JsonReader json, string field)
    {
        if (json.TokenType == JsonTokenType.Number && json.TryGetDecimal(out var number))
        {
            return number;
        }

        Sample.Fail(SampleRule.ValueNumber, $"{field} must be a number.");
        json.Skip();
        return null;
    }

    private void ReadNumbers(ref Utf8JsonReader json, string field, List<decimal> into)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            Sample.Fail(SampleRule.ValueNumber, $"{field} must be an array of numbers.");
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (ReadNumber(ref json, field) is { } number)
            {
                into.Add(number);
            }
        }
    }

    private void ReadHistogram(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            Sample.Fail(SampleRule.Shape, "histogram must be an object with upperBoundsMs and counts.");
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("upperBoundsMs"u8))
            {
                json.Read();
                ReadNumbers(ref json, "upperBoundsMs", Sample.UpperBoundsMs);
            }
            else if (json.ValueTextEquals("counts"u8))
            {
                json.Read();
                ReadCounts(ref json);
            }
            else
            {
                Sample.Fail(SampleRule.Shape, $"histogram has no field \"{Clip(json.GetString())}\".");
                json.Read();
                json.Skip();
            }
        }
    }

    private void ReadCounts(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            Sample.Fail(SampleRule.CountsInteger, "counts must be an array of whole numbers.");
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (ReadCount(ref json, "counts") is { } count)
            {
                Sample.Counts.Add(count);
            }
        }
    }

    private static string Clip(string? text) => text is { Length: > 120 } ? text[..120] + "…" : text ?? "";
}
