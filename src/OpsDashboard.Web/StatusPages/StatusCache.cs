using System.Collections.Concurrent;
using System.Collections.Frozen;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Outbound;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Startup;
using OpsDashboard.Application.StatusPages;

namespace OpsDashboard.Web.StatusPages;

/// <summary>
/// Every public answer of this node, rendered and compressed ahead of the request. It is made anew when the live bus says that
/// something changed, when time changes something, and once a minute; a store that is away leaves the last answers standing.
/// </summary>
internal sealed partial class StatusCache(
    StatusRenderer renderer,
    IServiceScopeFactory scopes,
    StartupState startup,
    LiveBus bus,
    PublicAddress address,
    TimeProvider time,
    ILogger<StatusCache> log) : BackgroundService
{
    /// <summary>Most answers kept besides those made ahead: months of history and single incidents.</summary>
    private const int MostAsked = 500;

    private static readonly TimeSpan Conflation = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BackOff = TimeSpan.FromSeconds(2);

    private static readonly (string Topic, string Key)[] Subjects = [("status", StatusSite.All), ("incidents", "all"), ("maintenance", "all"), ("catalog", "all")];

    private readonly TaskCompletionSource wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim woken = new(0, 1);
    private volatile FrozenDictionary<string, StatusEntry> entries = FrozenDictionary<string, StatusEntry>.Empty;
    private volatile ConcurrentDictionary<string, StatusEntry> asked = new(StringComparer.Ordinal);
    private volatile StatusSite? site;

    public bool IsReady => first.Task.IsCompletedSuccessfully;

    /// <summary>What the answers were made of; null before the first.</summary>
    public StatusSite? Site => site;

    /// <summary>Completes when the first answers stand; has them made at once if the start has left them for later.</summary>
    public Task ReadyAsync(CancellationToken cancellationToken)
    {
        wanted.TrySetResult();
        return first.Task.WaitAsync(cancellationToken);
    }

    public StatusEntry? Find(string path) => entries.TryGetValue(path, out var entry) ? entry : null;

    /// <summary>An answer that is made when first asked for and kept until something changes.</summary>
    /// <param name="render">Null when there is no such thing.</param>
    public async Task<StatusEntry?> GetAsync(string key, Func<Task<string?>> render)
    {
        var kept = asked;
        if (kept.TryGetValue(key, out var known))
        {
            return known;
        }

        if (await render() is not { } text)
        {
            return null;
        }

        var entry = StatusEntry.Of(EntryKind.Page, StatusRenderer.Html, text, null, time.GetUtcNow());
        if (kept.Count < MostAsked)
        {
            kept[key] = entry;
        }

        return entry;
    }

    public override void Dispose()
    {
        woken.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await startup.CatalogsLoaded.WaitAsync(stoppingToken);
        await Task.WhenAny(startup.StatusesComplete, wanted.Task).WaitAsync(stoppingToken);
        await using var live = bus.Subscribe(Subjects, Conflation, (_, _) =>
        {
            if (woken.CurrentCount == 0)
            {
                woken.Release();
            }

            return Task.CompletedTask;
        });
        while (!stoppingToken.IsCancellationRequested)
        {
            TimeSpan pause;
            try
            {
                pause = await RefreshAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                RefreshFailed(log, fault);
                pause = BackOff;
            }

            await WaitAsync(pause, stoppingToken);
        }
    }

    /// <returns>How long the answers hold if nothing happens.</returns>
    private async Task<TimeSpan> RefreshAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var outcome = await scope.ServiceProvider.GetRequiredService<IDispatcher>().Send(new GetStatusSite(), cancellationToken);
        var read = outcome.Succeeded ? outcome.Value : throw new InvalidOperationException(outcome.Failure!.Message);
        var made = new Dictionary<string, StatusEntry>(StringComparer.Ordinal);
        foreach (var name in read.Platforms.Select(platform => platform.Id).Prepend(StatusSite.All))
        {
            await AddAsync(made, read.Page(name)!);
        }

        foreach (var component in read.Components)
        {
            Put(made, $"/status/components/{component.Id}/badge.svg", EntryKind.Badge, "image/svg+xml", StatusBadges.State(component.Name, component.State));
            Put(made, $"/status/components/{component.Id}/uptime.svg", EntryKind.Badge, "image/svg+xml", StatusBadges.Uptime($"{component.Name} uptime", component.Uptime));
        }

        site = read;
        entries = made.ToFrozenDictionary(StringComparer.Ordinal);
        asked = new(StringComparer.Ordinal);
        first.TrySetResult();
        var holds = read.ChangesAt - time.GetUtcNow();
        return holds < Conflation ? Conflation : holds > Longest ? Longest : holds;
    }

    private async Task AddAsync(Dictionary<string, StatusEntry> made, StatusPage page)
    {
        var home = StatusWords.Home(page.Name);
        var (document, fragment) = await renderer.PageAsync(page);
        Put(made, home, EntryKind.Page, StatusRenderer.Html, document);
        Put(made, $"{home}/fragment", EntryKind.Page, StatusRenderer.Html, fragment);
        foreach (var (name, text) in new StatusJson(page, address.Url).All())
        {
            Put(made, $"{(page.Name == StatusSite.All ? "" : home)}/api/v2/{name}", EntryKind.Json, "application/json; charset=utf-8", text);
        }

        var feeds = new StatusFeeds(page, address.Url);
        Put(made, $"{home}/history.atom", EntryKind.Feed, "application/atom+xml; charset=utf-8", feeds.Atom());
        Put(made, $"{home}/history.rss", EntryKind.Feed, "application/rss+xml; charset=utf-8", feeds.Rss());
        Put(made, $"{home}/badge.svg", EntryKind.Badge, "image/svg+xml", StatusBadges.State(page.Name == StatusSite.All ? "status" : page.Title, page.Worst));
    }

    private void Put(Dictionary<string, StatusEntry> made, string path, EntryKind kind, string contentType, string text) =>
        made[path] = StatusEntry.Of(kind, contentType, text, Find(path), time.GetUtcNow());

    private async Task WaitAsync(TimeSpan pause, CancellationToken stoppingToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var waited = woken.WaitAsync(timer.Token);
        await Task.WhenAny(waited, Task.Delay(pause, time, timer.Token));
        await timer.CancelAsync();
        await waited.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(2720, LogLevel.Warning, "The public status pages could not be made anew; the last ones are shown")]
    private static partial void RefreshFailed(ILogger logger, Exception fault);
}
