using System.Diagnostics.Metrics;

namespace OpsDashboard.Web.Metrics;

/// <summary>What one instrument has measured so far, by its tags.</summary>
internal sealed class InstrumentReadings(Instrument instrument)
{
    /// <summary>Combinations of tags kept; further ones are counted together, so that a mistake in tags cannot fill the memory.</summary>
    public const int MostSeries = 500;

    private static readonly double[] SecondBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly double[] CountBounds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];
    private static readonly string Overflow = PrometheusText.Labels(("overflow", "true"));

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Series> series = new(StringComparer.Ordinal);
    private readonly Shape shape = ShapeOf(instrument);
    private readonly double[] bounds = instrument.Unit == "s" ? SecondBounds : CountBounds;

    private enum Shape
    {
        Sum,
        Level,
        Histogram,
    }

    public string Name { get; } = NameOf(instrument);

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = LabelsOf(tags);
        lock (gate)
        {
            if (!series.TryGetValue(labels, out var found))
            {
                if (series.Count >= MostSeries)
                {
                    labels = Overflow;
                }

                if (!series.TryGetValue(labels, out found))
                {
                    series[labels] = found = new Series(shape == Shape.Histogram ? new long[bounds.Length] : []);
                }
            }

            Add(found, value);
        }
    }

    public void WriteTo(PrometheusText text)
    {
        lock (gate)
        {
            if (series.Count == 0)
            {
                return;
            }

            text.Family(Name, TypeOf(instrument, shape), instrument.Description ?? instrument.Name);
            foreach (var (labels, found) in series)
            {
                if (shape == Shape.Histogram)
                {
                    WriteHistogram(text, labels, found);
                }
                else
                {
                    text.Sample(Name, labels, found.Sum);
                }
            }
        }
    }

    private void Add(Series found, double value)
    {
        found.Count++;
        found.Sum = shape == Shape.Level || instrument.IsObservable ? value : found.Sum + value;
        for (var bucket = 0; bucket < found.Buckets.Length; bucket++)
        {
            if (value <= bounds[bucket])
            {
                found.Buckets[bucket]++;
                break;
            }
        }
    }

    private void WriteHistogram(PrometheusText text, string labels, Series found)
    {
        var prefix = labels.Length == 0 ? "" : labels + ",";
        var below = 0L;
        for (var bucket = 0; bucket < bounds.Length; bucket++)
        {
            below += found.Buckets[bucket];
            text.Sample(Name + "_bucket", prefix + PrometheusText.Labels(("le", PrometheusText.Number(bounds[bucket]))), below);
        }

        text.Sample(Name + "_bucket", prefix + PrometheusText.Labels(("le", "+Inf")), found.Count);
        text.Sample(Name + "_sum", labels, found.Sum);
        text.Sample(Name + "_count", labels, found.Count);
    }

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var pairs = new (string, string)[tags.Length];
        for (var tag = 0; tag < tags.Length; tag++)
        {
            pairs[tag] = (tags[tag].Key, tags[tag].Value?.ToString() ?? "");
        }

        return PrometheusText.Labels(pairs);
    }

    private static Shape ShapeOf(Instrument instrument)
    {
        var kind = instrument.GetType().Name;
        return kind.StartsWith("Histogram", StringComparison.Ordinal) ? Shape.Histogram
            : kind.Contains("Gauge", StringComparison.Ordinal) ? Shape.Level
            : Shape.Sum;
    }

    private static bool IsCounter(Instrument instrument)
    {
        var kind = instrument.GetType().Name;
        return kind.Contains("Counter", StringComparison.Ordinal) && !kind.Contains("UpDown", StringComparison.Ordinal);
    }

    private static string TypeOf(Instrument instrument, Shape shape) =>
        shape == Shape.Histogram ? "histogram" : IsCounter(instrument) ? "counter" : "gauge";

    // ops.telemetry.samples becomes ops_telemetry_samples_total; a unit in words becomes a suffix, {sample} does not.
    private static string NameOf(Instrument instrument)
    {
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            "1" => "_ratio",
            _ => "",
        };
        var name = PrometheusText.Name(instrument.Name);
        name = name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit;
        return IsCounter(instrument) ? name + "_total" : name;
    }

    private sealed class Series(long[] buckets)
    {
        public long[] Buckets { get; } = buckets;

        public long Count { get; set; }

        public double Sum { get; set; }
    }
}
