using OpsDashboard.Application.Catalog;

namespace OpsDashboard.Application.Telemetry.Intake;

/// <summary>The fields of one sample as they were read; reused from sample to sample.</summary>
internal sealed class RawSample
{
    public Series? Series { get; set; }

    /// <summary>The path that named no series, for the answer.</summary>
    public string? UnknownSli { get; set; }

    public long? AtMs { get; set; }

    public long? Good { get; set; }

    public long? Total { get; set; }

    public decimal? Value { get; set; }

    public List<decimal> ValuesMs { get; } = [];

    public bool HasValuesMs { get; set; }

    public List<decimal> UpperBoundsMs { get; } = [];

    public List<long> Counts { get; } = [];

    public bool HasHistogram { get; set; }

    /// <summary>First thing wrong with the way it is written.</summary>
    public (string Rule, string Message)? Malformed { get; set; }

    public void Clear()
    {
        Series = null;
        UnknownSli = null;
        AtMs = Good = Total = null;
        Value = null;
        Malformed = null;
        HasValuesMs = HasHistogram = false;
        ValuesMs.Clear();
        UpperBoundsMs.Clear();
        Counts.Clear();
    }

    public void Fail(string rule, string message) => Malformed ??= (rule, message);
}
