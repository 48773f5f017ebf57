using OpsDashboard.Application.Catalog.OpenSlo.Yaml;

namespace OpsDashboard.Application.Catalog.OpenSlo.Reading;

internal static class SliReading
{
    private const string RatioExpectation = "good and total, or bad and total, or raw and rawType";
    private static readonly string[] Parts = ["good", "bad", "total", "raw"];

    public static SliSpec? Read(Fields spec)
    {
        var description = spec.Description();
        var threshold = spec.Object("thresholdMetric");
        var ratio = spec.Object("ratioMetric");
        spec.RefuseOthers();
        if (spec.Has("thresholdMetric") == spec.Has("ratioMetric"))
        {
            spec.Fault("thresholdMetric", "either thresholdMetric or ratioMetric", threshold is null ? "neither" : "both");
        }

        return new SliSpec { Description = description, ThresholdMetric = Metric(threshold), RatioMetric = Ratio(ratio) };
    }

    private static OpenSloRatioMetric? Ratio(Fields? ratio)
    {
        if (ratio is null)
        {
            return null;
        }

        var metric = new OpenSloRatioMetric
        {
            Counter = ratio.Flag("counter"),
            Good = Metric(ratio.Object("good")),
            Bad = Metric(ratio.Object("bad")),
            Total = Metric(ratio.Object("total")),
            RawType = ratio.Word("rawType", OpenSloWords.RawTypes),
            Raw = Metric(ratio.Object("raw")),
        };
        ratio.RefuseOthers();
        CheckParts(ratio);
        return metric;
    }

    private static void CheckParts(Fields ratio)
    {
        string[] given = [.. Parts.Where(ratio.Has)];
        var found = given.Length == 0 ? "none of them" : string.Join(" and ", given);
        if (ratio.Has("raw"))
        {
            if (given.Length > 1)
            {
                ratio.Fault("raw", RatioExpectation, found);
            }

            if (!ratio.Has("rawType"))
            {
                ratio.Fault("rawType", "success or failure, needed with raw", "nothing");
            }

            return;
        }

        if (ratio.Has("good") == ratio.Has("bad") || !ratio.Has("total"))
        {
            ratio.Fault(given.Length == 0 ? "good" : given[0], RatioExpectation, found);
        }

        if (ratio.Has("rawType"))
        {
            ratio.Fault("rawType", "no rawType without raw", "one");
        }
    }

    private static OpenSloMetricSource? Metric(Fields? metric)
    {
        var source = metric?.Object("metricSource", "a metricSource");
        metric?.RefuseOthers();
        if (source is null)
        {
            return null;
        }

        var reference = source.Text("metricSourceRef");
        var type = source.Text("type");
        if (!source.Has("metricSourceRef") && !source.Has("type"))
        {
            source.Fault("type", "a type, or metricSourceRef, the name of a DataSource that has one", "neither");
        }

        var content = source.Take("spec");
        if (content is not (null or YamlMap))
        {
            source.Fault("spec", "a mapping", content.Describe());
        }
        else if (content is null && source.Map.Find("spec") is null)
        {
            source.Fault("spec", "the query's spec; {} where the source needs none", "nothing");
        }

        source.RefuseOthers();
        return new OpenSloMetricSource
        {
            MetricSourceRef = reference,
            Type = type,
            Spec = content is YamlMap map ? SpecReading.ToMap(map) : OpenSloValue.Map.Empty,
        };
    }
}
