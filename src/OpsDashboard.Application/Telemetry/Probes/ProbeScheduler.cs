using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Telemetry.Probes;

/// <summary>
/// Runs every probe in its interval on the one node that holds the lease. Each has its own place within the interval, so that
/// a hundred probes are not a hundred calls in the same second.
/// </summary>
internal sealed class ProbeScheduler(
    IServiceProvider services,
    ProbeRunner runner,
    ProbeRecorder recorder,
    SourceMetrics metrics,
    StartupState startup,
    TimeProvider time,
    IOptions<ProbesOptions> options,
    ILogger<ProbeScheduler> log) : BackgroundService, IFeedListener
{
    private readonly Dictionary<int, Running> probes = [];
    private readonly Lease lease = services.CreateLease("probes");
    private readonly SemaphoreSlim slots = new(options.Value.AtOnce);
    private volatile bool stale = true;

    public Task OnNoticesAsync(IReadOnlyList<Notice> notices, CancellationToken cancellationToken)
    {
        stale |= notices.Any(notice => notice.Topic == "catalog");
        return Task.CompletedTask;
    }

    public Task RefreshAsync(CancellationToken cancellationToken)
    {
        stale = true;
        return Task.CompletedTask;
    }

    /// <summary>When the probe runs next: its place in the interval follows from its path and stays the same.</summary>
    internal static long NextRunMs(string path, int intervalSeconds, long nowMs)
    {
        var interval = intervalSeconds * 1000L;
        var place = Place(path) % interval;
        var into = (nowMs - place) % interval;
        return nowMs - into + interval;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await startup.CatalogsLoaded.WaitAsync(stoppingToken);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await SuperviseAsync(stoppingToken);
                await Task.Delay(Lease.RenewEvery / 2, time, stoppingToken);
            }
        }
        finally
        {
            await StopAllAsync();
            await lease.ReleaseAsync(CancellationToken.None);
        }
    }

    private async Task SuperviseAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (!await lease.HoldAsync(stoppingToken))
            {
                await StopAllAsync();
                stale = true;
                return;
            }

            if (stale)
            {
                stale = false;
                await ArrangeAsync(stoppingToken);
            }

            await recorder.FlushAsync(time.NowMs(), stoppingToken);
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            // The probes go on; their samples wait for nobody.
            stale = true;
            SourceLog.ProbesFailed(log, fault);
        }
    }

    private async Task ArrangeAsync(CancellationToken stoppingToken)
    {
        await using var scope = services.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<OpsDbContext>().Set<ProbeRow>().AsNoTracking().ToListAsync(stoppingToken);
        var wanted = rows.ToDictionary(row => row.Id);
        foreach (var (id, running) in probes.ToList())
        {
            if (!wanted.TryGetValue(id, out var row) || row.Definition != running.Definition)
            {
                probes.Remove(id);
                await running.StopAsync();
            }
        }

        foreach (var row in rows.Where(row => !probes.ContainsKey(row.Id)))
        {
            probes[row.Id] = new Running(row.Definition, token => RunAsync(row, token), stoppingToken);
        }
    }

    private async Task RunAsync(ProbeRow row, CancellationToken cancellationToken)
    {
        var probe = row.ReadDefinition();
        var isNew = row.LastAtMs is null;
        while (!cancellationToken.IsCancellationRequested)
        {
            // The first result of a new probe is awaited by the one who added it.
            if (!isNew)
            {
                var now = time.NowMs();
                await Task.Delay(TimeSpan.FromMilliseconds(NextRunMs(row.Path, probe.IntervalSeconds, now) - now), time, cancellationToken);
            }

            isNew = false;
            await slots.WaitAsync(cancellationToken);
            try
            {
                var began = time.NowMs();
                var result = await runner.RunAsync(probe, cancellationToken);
                metrics.Probed(result.Verdict.ToString());
                await recorder.RecordAsync(row, result, began, cancellationToken);
            }
            finally
            {
                slots.Release();
            }
        }
    }

    private async Task StopAllAsync()
    {
        var all = probes.Values.ToList();
        probes.Clear();
        await Task.WhenAll(all.Select(running => running.StopAsync()));
    }

    // FNV-1a: string.GetHashCode differs from process to process.
    private static long Place(string path)
    {
        var hash = 2166136261u;
        foreach (var c in path)
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

        return hash;
    }

    private sealed class Running
    {
        private readonly CancellationTokenSource stop;
        private readonly Task loop;

        public Running(string definition, Func<CancellationToken, Task> run, CancellationToken stoppingToken)
        {
            Definition = definition;
            stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            loop = Task.Run(() => run(stop.Token), CancellationToken.None);
        }

        public string Definition { get; }

        public async Task StopAsync()
        {
            await stop.CancelAsync();
            await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stop.Dispose();
        }
    }
}
