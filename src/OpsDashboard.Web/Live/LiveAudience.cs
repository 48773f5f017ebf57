using System.Diagnostics.Metrics;

namespace OpsDashboard.Web.Live;

/// <summary>Who follows what, so that nothing is sent for what nobody follows. SignalR's own groups cannot be asked.</summary>
internal sealed class LiveAudience : IDisposable
{
    /// <summary>Enough to follow every objective of a large page one by one.</summary>
    public const int MaxPerConnection = 500;

    private readonly Lock gate = new();
    private readonly Dictionary<string, HashSet<LiveSubject>> byConnection = new(StringComparer.Ordinal);
    private readonly Dictionary<LiveSubject, int> followers = [];
    private readonly Meter meter;

    public LiveAudience(IMeterFactory meters)
    {
        meter = meters.Create("OpsDashboard");
        meter.CreateObservableUpDownCounter("ops.live.connections", () => Count(byConnection), "{connection}", "Programs and wallboards connected to the live hub");
        meter.CreateObservableUpDownCounter("ops.live.subjects", () => Count(followers), "{subject}", "Subjects that at least one connection follows");
    }

    /// <summary>False when the connection follows as much as it may; following twice counts once.</summary>
    public bool TryJoin(string connection, LiveSubject subject)
    {
        lock (gate)
        {
            if (!byConnection.TryGetValue(connection, out var subjects))
            {
                byConnection[connection] = subjects = [];
            }

            if (subjects.Count >= MaxPerConnection && !subjects.Contains(subject))
            {
                return false;
            }

            if (subjects.Add(subject))
            {
                followers[subject] = followers.GetValueOrDefault(subject) + 1;
            }

            return true;
        }
    }

    public void Leave(string connection, LiveSubject subject)
    {
        lock (gate)
        {
            if (byConnection.TryGetValue(connection, out var subjects) && subjects.Remove(subject))
            {
                Forget(subject);
            }
        }
    }

    public void LeaveAll(string connection)
    {
        lock (gate)
        {
            if (byConnection.Remove(connection, out var subjects))
            {
                foreach (var subject in subjects)
                {
                    Forget(subject);
                }
            }
        }
    }

    public bool Follows(LiveSubject subject)
    {
        lock (gate)
        {
            return followers.ContainsKey(subject);
        }
    }

    /// <summary>Everything at least one connection follows, at this moment.</summary>
    public IReadOnlyList<LiveSubject> Subjects()
    {
        lock (gate)
        {
            return [.. followers.Keys];
        }
    }

    public void Dispose() => meter.Dispose();

    private void Forget(LiveSubject subject)
    {
        var left = followers[subject] - 1;
        if (left == 0)
        {
            followers.Remove(subject);
        }
        else
        {
            followers[subject] = left;
        }
    }

    private int Count(System.Collections.ICollection counted)
    {
        lock (gate)
        {
            return counted.Count;
        }
    }
}
