using System.Globalization;
using System.Text.Json;

namespace OpsDashboard.Application.Telemetry.Prometheus;

/// <summary>One series of an answer.</summary>
/// <param name="Labels">By name.</param>
/// <param name="Values">One per minute of the span; null where the source gave none. May be NaN or infinite.</param>
internal sealed record MinuteSeries(IReadOnlyDictionary<string, string> Labels, double?[] Values);

/// <summary>Reads the answer to a range query and believes nothing in it: shape, grid and order are checked.</summary>
internal static class MinuteMatrix
{
    /// <summary>Most series of one answer; a query for counts should give one, a histogram as many as it has buckets.</summary>
    public const int MaxSeries = 500;

    /// <param name="from">First minute asked for.</param>
    /// <param name="to">First minute not asked for.</param>
    /// <exception cref="SourceFaultException">The answer is not what the API promises.</exception>
    public static IReadOnlyList<MinuteSeries> Read(ReadOnlyMemory<byte> json, int from, int to)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("status", out var status))
            {
                throw Lie("the answer is not one of the Prometheus API");
            }

            if (!status.ValueEquals("success"))
            {
                throw Refused(root);
            }

            var data = root.GetProperty("data");
            if (!data.GetProperty("resultType").ValueEquals("matrix"))
            {
                throw Lie($"the result is a {Clip(data.GetProperty("resultType").ToString())}, not a matrix");
            }

            var result = data.GetProperty("result");
            if (result.GetArrayLength() > MaxSeries)
            {
                throw new SourceFaultException($"The query gives {result.GetArrayLength()} series, more than {MaxSeries}: aggregate it.", mayPass: false);
            }

            return [.. result.EnumerateArray().Select(series => ReadSeries(series, from, to))];
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new SourceFaultException("The answer is not JSON of the Prometheus API.", mayPass: false, fault);
        }
    }

    /// <summary>The reason of an answer that says error; null when it says none.</summary>
    public static string? ReadError(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("error", out var error)
                && error.ValueKind == JsonValueKind.String
                ? Clip(error.GetString()!)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static MinuteSeries ReadSeries(JsonElement series, int from, int to)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var label in series.GetProperty("metric").EnumerateObject())
        {
            labels[label.Name] = label.Value.GetString() ?? "";
        }

        var values = new double?[to - from];
        var last = from - 1;
        foreach (var point in series.GetProperty("values").EnumerateArray())
        {
            if (point.GetArrayLength() != 2)
            {
                throw Lie("a point is not a pair of time and value");
            }

            var minute = MinuteOf(point[0]);
            if (minute < from || minute >= to)
            {
                throw Lie("it gives points outside the span asked for");
            }

            if (minute <= last)
            {
                throw Lie("points are out of order");
            }

            last = minute;
            values[minute - from] = Number(point[1].GetString());
        }

        return new MinuteSeries(labels, values);
    }

    /// <summary>A point stands at the end of its minute.</summary>
    private static int MinuteOf(JsonElement time)
    {
        var seconds = time.GetDecimal();
        if (seconds % 60 != 0 || seconds is < 60 or > 60m * int.MaxValue)
        {
            throw Lie("points do not stand on whole minutes");
        }

        return (int)(seconds / 60) - 1;
    }

    private static double Number(string? text) => text switch
    {
        "NaN" => double.NaN,
        "+Inf" or "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Lie($"\"{Clip(text ?? "")}\" is no number"),
    };

    private static SourceFaultException Lie(string what) => new($"The answer cannot be right: {what}.", mayPass: false);

    private static SourceFaultException Refused(JsonElement root) =>
        new($"The source refused the query: {(root.TryGetProperty("error", out var error) ? Clip(error.ToString()) : "it gave no reason")}", mayPass: false);

    private static string Clip(string text) => text.Length > 200 ? text[..200] + "…" : text;
}
