namespace OpsDashboard.Application.Telemetry.Intake;

/// <summary>A batch on its way to the store, and the caller who waits for its commit.</summary>
internal sealed class PendingBatch(string id, SampleBatch batch)
{
    private readonly TaskCompletionSource<bool> committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Name of the key and batch id.</summary>
    public string Id { get; } = id;

    public SampleBatch Batch { get; } = batch;

    /// <summary>True: committed now. False: had been committed before.</summary>
    public Task<bool> Committed => committed.Task;

    public void Complete(bool isNew) => committed.TrySetResult(isNew);

    public void Fail(Exception fault) => committed.TrySetException(fault);
}
