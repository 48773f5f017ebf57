using Microsoft.AspNetCore.SignalR;
using OpsDashboard.Application.Live;

namespace OpsDashboard.Web.Live;

/// <summary>Hands the notices of this process's change feed to the hub's groups, conflated, and only where someone listens.</summary>
internal sealed class LiveRelay(LiveBus bus, LiveAudience audience, IHubContext<LiveHub, ILiveClient> hub, TimeProvider time) : IHostedService
{
    private static readonly TimeSpan Conflation = TimeSpan.FromMilliseconds(100);

    /// <summary>SignalR closes a connection that takes nothing for ten seconds; the others do not wait for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private LiveSubscription? subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        subscription = bus.SubscribeToEverything(Conflation, RelayAsync);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (subscription is not null)
        {
            await subscription.DisposeAsync();
        }
    }

    private async Task RelayAsync(IReadOnlyCollection<Notice> notices, CancellationToken cancellationToken)
    {
        var sends = notices.SelectMany(Followed).Select(SendAsync).ToList();
        if (sends.Count > 0)
        {
            await Task.WhenAny(Task.WhenAll(sends), Task.Delay(Patience, time, cancellationToken));
        }
    }

    private IEnumerable<(LiveSubject Subject, long Sequence)> Followed(Notice notice)
    {
        if (notice.IsEverything)
        {
            return audience.Subjects().Select(subject => (subject, notice.Sequence));
        }

        var subject = new LiveSubject(notice.Topic, notice.Key);
        return audience.Follows(subject) ? [(subject, notice.Sequence)] : [];
    }

    private Task SendAsync((LiveSubject Subject, long Sequence) change) =>
        hub.Clients.Group(change.Subject.Group).Changed(change.Subject.Topic, change.Subject.Key, change.Sequence);
}
