using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Telemetry.Intake;

/// <summary>The rules a sample can break; the names are part of the API.</summary>
internal static class SampleRule
{
    public const string Shape = "sample.shape";
    public const string SliRequired = "sli.required";
    public const string SliUnknown = "sli.unknown";
    public const string SliTooMany = "sli.cardinality";
    public const string AtRequired = "at.required";
    public const string AtFormat = "at.rfc3339";
    public const string AtTooOld = "at.tooOld";
    public const string AtAhead = "at.ahead";
    public const string CountsRequired = "counts.required";
    public const string CountsInteger = "counts.integer";
    public const string LatencyRequired = "latency.required";
    public const string ValueRequired = "value.required";
    public const string ValueNumber = "value.number";

    public static string Of(CellFault fault) => fault switch
    {
        CellFault.None => throw new ArgumentOutOfRangeException(nameof(fault)),
        CellFault.Negative => "counts.negative",
        CellFault.GoodExceedsTotal => "counts.goodExceedsTotal",
        CellFault.Overflow => "counts.overflow",
        CellFault.MalformedHistogram => "histogram.shape",
    };
}
