namespace OpsDashboard.Application.Telemetry.Intake;

/// <summary>Bulk writes of telemetry, which each database product does best its own way.</summary>
internal interface ISampleStore
{
    /// <summary>
    /// Merges the batches into their hours, remembers their ids and writes one feed row, in one durable transaction.
    /// </summary>
    /// <returns>For each batch whether it was new; one that had been committed before changes nothing.</returns>
    Task<IReadOnlyList<bool>> CommitAsync(IReadOnlyList<PendingBatch> batches, long nowMs, CancellationToken cancellationToken);

    /// <summary>Writes whole hours, replacing what was there; for filling history, not for samples.</summary>
    Task WriteHoursAsync(IReadOnlyList<HourChunkRow> hours, CancellationToken cancellationToken);
}
