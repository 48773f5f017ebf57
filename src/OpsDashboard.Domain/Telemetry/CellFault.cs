namespace OpsDashboard.Domain.Telemetry;

/// <summary>Why a measurement cannot be counted.</summary>
public enum CellFault
{
    None,

    /// <summary>A count or a duration is below zero.</summary>
    Negative,

    /// <summary>More good events than events.</summary>
    GoodExceedsTotal,

    /// <summary>A count, value or sum is beyond what one minute may hold.</summary>
    Overflow,

    /// <summary>Bucket bounds that do not ascend, or whose number does not fit the counts.</summary>
    MalformedHistogram,
}

/// <summary>A measurement broke one of the rules of <see cref="CellFault"/>.</summary>
public sealed class InvalidMeasurementException : Exception
{
    public InvalidMeasurementException(CellFault fault)
        : base(Describe(fault)) => Fault = fault;

    public CellFault Fault { get; }

    /// <summary>One sentence for the sender.</summary>
    public static string Describe(CellFault fault) => fault switch
    {
        CellFault.None => "The measurement is valid.",
        CellFault.Negative => "Counts and durations must not be negative.",
        CellFault.GoodExceedsTotal => "Good events must not exceed total events.",
        CellFault.Overflow => "The count, value or sum is larger than one minute can hold.",
        CellFault.MalformedHistogram => "Bucket bounds must ascend, with one count each and at most one more for the values above the last bound.",
    };
}
