using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Telemetry.Prometheus;

/// <summary>
/// Runs one poller per data source on the one node that holds the lease, and replaces a poller when its source or SLIs change.
/// </summary>
internal sealed class PrometheusSupervisor(
    IServiceProvider services,
    PollerParts parts,
    StartupState startup,
    TimeProvider time,
    ILogger<PrometheusSupervisor> log) : BackgroundService, IFeedListener
{
    private readonly Dictionary<int, Running> pollers = [];
    private readonly Lease lease = services.CreateLease("prometheus");
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
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            // The pollers go on: each plan is fenced by the lease, so one that was lost stops them by itself.
            stale = true;
            SourceLog.SupervisionFailed(log, fault);
        }
    }

    private async Task ArrangeAsync(CancellationToken stoppingToken)
    {
        var wanted = (await LoadAsync(stoppingToken)).Where(source => source.Slis.Count > 0).ToDictionary(source => source.Source.Id);
        foreach (var (id, running) in pollers.ToList())
        {
            if (!wanted.TryGetValue(id, out var source) || Print(source) != running.Print)
            {
                pollers.Remove(id);
                await running.StopAsync();
            }
        }

        foreach (var (id, source) in wanted)
        {
            if (!pollers.ContainsKey(id))
            {
                pollers[id] = new Running(Print(source), new SourcePoller(source, lease, parts), stoppingToken);
            }
        }
    }

    private async Task<IReadOnlyList<PolledSource>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        return PolledSources.Of(await db.ListDataSourcesAsync(cancellationToken), await db.ListSlisAsync(cancellationToken));
    }

    private async Task StopAllAsync()
    {
        var all = pollers.Values.ToList();
        pollers.Clear();
        await Task.WhenAll(all.Select(running => running.StopAsync()));
    }

    /// <summary>Everything a poller was made from; another print needs another poller.</summary>
    private static string Print(PolledSource source) => JsonSerializer.Serialize(source, StoreJson.Options);

    private sealed class Running
    {
        private readonly CancellationTokenSource stop;
        private readonly Task loop;

        public Running(string print, SourcePoller poller, CancellationToken stoppingToken)
        {
            Print = print;
            stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            loop = Task.Run(() => poller.RunAsync(stop.Token), CancellationToken.None);
        }

        public string Print { get; }

        public async Task StopAsync()
        {
            await stop.CancelAsync();
            await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stop.Dispose();
        }
    }
}

/// <summary>Which SLIs are read from which source.</summary>
internal static class PolledSources
{
    /// <summary>An SLI that names no source belongs to the only one, if there is just one.</summary>
    public static IReadOnlyList<PolledSource> Of(IReadOnlyList<StoredDataSource> sources, IReadOnlyList<StoredSli> slis)
    {
        var speaking = sources.Where(source => PrometheusSettings.Speaks(source.Definition)).ToList();
        var only = speaking.Count == 1 ? speaking[0].Definition.Id : null;
        var bySource = slis.ToLookup(sli => sli.Definition.Source is SliSource.Prometheus polled ? polled.DataSource ?? only : null, StringComparer.Ordinal);
        return [.. speaking.Select(source => new PolledSource(source, [.. bySource[source.Definition.Id]]))];
    }
}
