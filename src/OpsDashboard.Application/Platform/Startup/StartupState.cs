namespace OpsDashboard.Application.Platform.Startup;

/// <summary>How far the process has come since it started; readiness and workers ask here.</summary>
public sealed class StartupState
{
    private readonly TaskCompletionSource catalogsLoaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource statusesComplete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool storeReady;

    public bool IsStoreReady => storeReady;

    public bool AreCatalogsLoaded => catalogsLoaded.Task.IsCompletedSuccessfully;

    /// <summary>Every objective has been judged since this process, or the one that evaluates, started.</summary>
    public bool AreStatusesComplete => statusesComplete.Task.IsCompletedSuccessfully;

    /// <summary>Workers that need series and objectives wait here.</summary>
    public Task CatalogsLoaded => catalogsLoaded.Task;

    /// <summary>Work that reads whole months waits here: it would take the start's processors from the statuses and the first page.</summary>
    public Task StatusesComplete => statusesComplete.Task;

    internal void StoreIsReady() => storeReady = true;

    internal void CatalogsAreLoaded() => catalogsLoaded.TrySetResult();

    internal void StatusesAreComplete() => statusesComplete.TrySetResult();
}
