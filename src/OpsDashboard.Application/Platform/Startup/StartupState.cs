namespace OpsDashboard.Application.Platform.Startup;

/// <summary>How far the process has come since it started; readiness and workers ask here.</summary>
public sealed class StartupState
{
    private readonly TaskCompletionSource catalogsLoaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool storeReady;
    private volatile bool statusesComplete;

    public bool IsStoreReady => storeReady;

    public bool AreCatalogsLoaded => catalogsLoaded.Task.IsCompletedSuccessfully;

    /// <summary>Every objective has been judged since this process, or the one that evaluates, started.</summary>
    public bool AreStatusesComplete => statusesComplete;

    /// <summary>Workers that need series and objectives wait here.</summary>
    public Task CatalogsLoaded => catalogsLoaded.Task;

    internal void StoreIsReady() => storeReady = true;

    internal void CatalogsAreLoaded() => catalogsLoaded.TrySetResult();

    internal void StatusesAreComplete() => statusesComplete = true;
}
