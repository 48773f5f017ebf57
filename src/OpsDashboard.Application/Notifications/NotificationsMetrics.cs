using System.Diagnostics.Metrics;
using OpsDashboard.Application.Notifications.Delivery;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Notifications;

/// <summary>How delivery fares.</summary>
internal sealed class NotificationsMetrics : IDisposable
{
    private readonly Meter meter;
    private readonly Counter<long> attempts;
    private readonly Histogram<double> duration;
    private readonly Histogram<double> latency;
    private readonly Counter<long> takenOver;
    private readonly Counter<long> recordFaults;
    private long waiting;
    private long dead;

    public NotificationsMetrics(IMeterFactory factory)
    {
        meter = factory.Create(RequestMetrics.MeterName);
        attempts = meter.CreateCounter<long>("ops.notifications.attempts", "{attempt}", "Tries to hand a message to its channel, by channel and outcome");
        duration = meter.CreateHistogram<double>("ops.notifications.attempt_duration", "s", "Time a try took");
        latency = meter.CreateHistogram<double>("ops.notifications.latency", "s", "Time from when a message was due until its channel took it");
        takenOver = meter.CreateCounter<long>("ops.notifications.taken_over", "{message}", "Messages taken over from a process that ended while it sent them");
        recordFaults = meter.CreateCounter<long>("ops.notifications.record_faults", "{fault}", "Times the end of tries could not be recorded at once");
        meter.CreateObservableUpDownCounter("ops.notifications.waiting", () => Volatile.Read(ref waiting), "{message}", "Messages that are due, or under way, and not taken yet");
        meter.CreateObservableUpDownCounter("ops.notifications.dead_letters", () => Volatile.Read(ref dead), "{message}", "Messages that were given up and wait for a person");
    }

    public void Ended(EndedAttempt ended, TimeSpan took)
    {
        var channel = new KeyValuePair<string, object?>("channel", ended.Message.Channel.ToString());
        attempts.Add(1, channel, new KeyValuePair<string, object?>("outcome", ended.Result.Outcome.ToString()));
        duration.Record(took.TotalSeconds, channel);
        if (ended.Result.Outcome == AttemptOutcome.Sent)
        {
            latency.Record(Math.Max(0, ended.EndedAtMs - ended.Message.FirstDueMs) / 1000.0, channel);
        }
    }

    public void Stands(int due, int givenUp)
    {
        Volatile.Write(ref waiting, due);
        Volatile.Write(ref dead, givenUp);
    }

    public void TookOver(int count) => takenOver.Add(count);

    public void RecordFailed() => recordFaults.Add(1);

    public void Dispose() => meter.Dispose();
}
