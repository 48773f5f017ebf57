using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OpsDashboard.Application.Live;

/// <summary>
/// The in-process end of the change feed. Features and screens subscribe; only the feed pump publishes.
/// </summary>
public sealed class LiveBus(TimeProvider time, ILogger<LiveBus> log)
{
    private readonly ConcurrentDictionary<(string Topic, string Key), ConcurrentDictionary<LiveSubscription, byte>> byTopic = new();
    private readonly ConcurrentDictionary<LiveSubscription, byte> toEverything = new();

    /// <summary>
    /// Calls <paramref name="flush"/> with what changed, never twice at once: at most four times in any four times
    /// <paramref name="interval"/>, so a lone change is told at once and a stream of them at that pace.
    /// </summary>
    public LiveSubscription Subscribe(
        IReadOnlyCollection<(string Topic, string Key)> subjects,
        TimeSpan interval,
        Func<IReadOnlyCollection<Notice>, CancellationToken, Task> flush)
    {
        var subscription = new LiveSubscription(interval, flush, time, log, closed => Remove(closed, subjects));
        foreach (var subject in subjects)
        {
            byTopic.GetOrAdd(subject, _ => new()).TryAdd(subscription, 0);
        }

        subscription.Start();
        return subscription;
    }

    /// <summary>As <see cref="Subscribe"/>, for every topic and key.</summary>
    public LiveSubscription SubscribeToEverything(TimeSpan interval, Func<IReadOnlyCollection<Notice>, CancellationToken, Task> flush)
    {
        var subscription = new LiveSubscription(interval, flush, time, log, closed => toEverything.TryRemove(closed, out _));
        toEverything.TryAdd(subscription, 0);
        subscription.Start();
        return subscription;
    }

    internal void Publish(Notice notice)
    {
        if (byTopic.TryGetValue((notice.Topic, notice.Key), out var subscribers))
        {
            foreach (var subscriber in subscribers)
            {
                subscriber.Key.Mark(notice);
            }
        }

        foreach (var subscriber in toEverything)
        {
            subscriber.Key.Mark(notice);
        }
    }

    /// <summary>After a gap: every subscriber reads again.</summary>
    internal void PublishEverything(long sequence)
    {
        foreach (var (subject, subscribers) in byTopic)
        {
            foreach (var subscriber in subscribers)
            {
                subscriber.Key.Mark(new Notice(subject.Topic, subject.Key, sequence));
            }
        }

        foreach (var subscriber in toEverything)
        {
            subscriber.Key.Mark(Notice.Everything(sequence));
        }
    }

    private void Remove(LiveSubscription subscription, IReadOnlyCollection<(string Topic, string Key)> subjects)
    {
        foreach (var subject in subjects)
        {
            if (byTopic.TryGetValue(subject, out var subscribers))
            {
                subscribers.TryRemove(subscription, out _);
            }
        }
    }
}
