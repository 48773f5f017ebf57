namespace OpsDashboard.Application.Telemetry.Intake;

/// <summary>One sample that was not taken, and why; the others of its batch were.</summary>
/// <param name="Index">Position in the batch, from 0.</param>
public sealed record RejectedSample(int Index, string Rule, string Message);

/// <summary>A batch read and checked, its samples already merged into minutes.</summary>
public sealed class SampleBatch
{
    /// <summary>Unique per key; a retry carries the same.</summary>
    public required string BatchId { get; init; }

    /// <summary>Samples taken, before merging.</summary>
    public required int Accepted { get; init; }

    public required IReadOnlyList<RejectedSample> Rejected { get; init; }

    public required IReadOnlyCollection<SeriesMinute> Minutes { get; init; }
}

/// <summary>The answer to a batch. A batch that was committed before counts all its samples as duplicates.</summary>
public sealed record BatchReceipt(int Accepted, int Duplicates, IReadOnlyList<RejectedSample> Rejected);
