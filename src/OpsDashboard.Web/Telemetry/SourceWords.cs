using System.Globalization;
using OpsDashboard.Application.Telemetry.Probes;
using OpsDashboard.Application.Telemetry.Prometheus;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Telemetry;

/// <summary>Sources and probes in words.</summary>
internal static class SourceWords
{
    public static (string Word, string Icon, Tone Tone) Of(DataSourceState state) => state switch
    {
        DataSourceState.Working => ("Working", "circle-check", Tone.Ok),
        DataSourceState.Partial => ("Partly", "triangle", Tone.Warn),
        DataSourceState.Failing => ("Failing", "octagon", Tone.Bad),
        DataSourceState.Waiting => ("Starting", "clock", Tone.Info),
        DataSourceState.Unused => ("Unused", "circle-dashed", Tone.None),
        DataSourceState.NotAsked => ("Not asked", "circle-dashed", Tone.None),
    };

    public static (string Word, string Icon, Tone Tone) Of(ProbeVerdict? verdict) => verdict switch
    {
        ProbeVerdict.Up => ("Up", "circle-check", Tone.Ok),
        ProbeVerdict.Down => ("Down", "octagon", Tone.Bad),
        ProbeVerdict.Refused => ("Refused", "triangle", Tone.Warn),
        null => ("Starting", "clock", Tone.Info),
    };

    public static string Of(ProbeKind kind) => kind switch
    {
        ProbeKind.Http => "HTTP",
        ProbeKind.Tcp => "TCP",
        ProbeKind.Tls => "TLS",
    };

    public static string Of(PromQlShape shape) => shape switch
    {
        PromQlShape.GoodAndTotal => "Good and total events",
        PromQlShape.BadAndTotal => "Bad and total events",
        PromQlShape.Buckets => "Latency, from the buckets of a histogram",
        PromQlShape.Value => "A value",
    };

    /// <summary>As "35 s", "4 m" or "2 h 10 m".</summary>
    public static string Lag(long? seconds) => seconds switch
    {
        null => "—",
        < 120 => $"{seconds.Value.ToString(CultureInfo.InvariantCulture)} s",
        < 7_200 => $"{(seconds.Value / 60).ToString(CultureInfo.InvariantCulture)} m",
        _ => $"{(seconds.Value / 3_600).ToString(CultureInfo.InvariantCulture)} h {(seconds.Value / 60 % 60).ToString(CultureInfo.InvariantCulture)} m",
    };

    /// <summary>What the newest run measured.</summary>
    public static string Measured(ProbeSummary probe) => probe switch
    {
        { DaysLeft: { } days } => $"{decimal.Floor(days).ToString(CultureInfo.InvariantCulture)} days left",
        { Milliseconds: { } took } => $"{took.ToString(took < 10 ? "0.0" : "0", CultureInfo.InvariantCulture)} ms",
        _ => "—",
    };
}
