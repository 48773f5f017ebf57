using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsDashboard.Web.Ui.Charts;

/// <summary>What a chart shows; js/chart.js decides how it looks in either theme. Instants are Unix milliseconds.</summary>
public sealed record ChartSpec
{
    public required ChartKind Kind { get; init; }

    /// <summary>The chart in one sentence, for those who do not see it.</summary>
    public required string Label { get; init; }

    /// <summary>[From, To) of the time axis.</summary>
    public required long From { get; init; }

    public required long To { get; init; }

    public ChartAxis Y { get; init; } = new();

    /// <summary>At most six; names are unique.</summary>
    public required IReadOnlyList<ChartSeries> Series { get; init; }

    public IReadOnlyList<ChartThreshold> Thresholds { get; init; } = [];

    public IReadOnlyList<ChartMark> Marks { get; init; } = [];

    public IReadOnlyList<ChartBand> Bands { get; init; } = [];
}

[JsonConverter(typeof(CamelCaseNames<ChartKind>))]
public enum ChartKind
{
    Line,
    Area,
    Step,
    Column,
}

/// <param name="Unit">Set after the figure: "%", "ms", "×".</param>
/// <param name="Digits">Digits after the point; null: as the size of the value asks.</param>
public sealed record ChartAxis(double? Min = null, double? Max = null, string? Unit = null, int? Digits = null);

/// <param name="Role">Colour role: "1" to "4", "before", "ok", "warn", "bad".</param>
public sealed record ChartSeries(string Name, string Role, IReadOnlyList<ChartPoint> Points, bool Dashed = false);

/// <summary>A value at an instant; null leaves a gap.</summary>
[JsonConverter(typeof(ChartPointPair))]
public readonly record struct ChartPoint(long At, double? Value);

public sealed record ChartThreshold(double Value, string Label, [property: JsonConverter(typeof(CamelCaseNames<Tone>))] Tone Tone);

public sealed record ChartMark(long At, string Label, [property: JsonConverter(typeof(CamelCaseNames<Tone>))] Tone Tone);

public sealed record ChartBand(long From, long To, string? Label, [property: JsonConverter(typeof(CamelCaseNames<Tone>))] Tone Tone);

/// <summary>New points of one series.</summary>
public sealed record ChartDelta(string Name, IReadOnlyList<ChartPoint> Points);

internal sealed class CamelCaseNames<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase)
    where TEnum : struct, Enum;

/// <summary>Points travel as [at, value], a third of the size of named members.</summary>
internal sealed class ChartPointPair : JsonConverter<ChartPoint>
{
    public override ChartPoint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var pair = JsonSerializer.Deserialize<double?[]>(ref reader, options);
        return pair is [{ } at, var value] ? new ChartPoint((long)at, value) : throw new JsonException("A point is [at, value].");
    }

    public override void Write(Utf8JsonWriter writer, ChartPoint value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.At);
        if (value.Value is { } number && double.IsFinite(number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WriteEndArray();
    }
}
