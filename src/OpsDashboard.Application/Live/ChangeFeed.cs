using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Live;

/// <summary>How a command says what it changed; the row commits with the change.</summary>
internal static class ChangeFeed
{
    /// <summary>Takes effect with the next SaveChanges. What is said of one subject many times before it is told once.</summary>
    public static void Announce(this OpsDbContext db, long nowMs, params IEnumerable<(string Topic, string Key)> subjects) =>
        db.Announcements.Add(nowMs, subjects);
}

/// <summary>What a context is to tell with its next save, in one row for all: the timers of a thousand incidents tell of each once.</summary>
internal sealed class Announcements
{
    private const int MostInARow = 500;

    private readonly HashSet<(string Topic, string Key)> told = [];
    private readonly List<(string Topic, string Key)> subjects = [];
    private long atMs;

    public void Add(long nowMs, IEnumerable<(string Topic, string Key)> more)
    {
        atMs = Math.Max(atMs, nowMs);
        subjects.AddRange(more.Where(told.Add));
    }

    public IEnumerable<ChangeRow> Take()
    {
        foreach (var page in subjects.Chunk(MostInARow))
        {
            yield return new ChangeRow { Topic = Subjects.FeedTopic, Detail = Subjects.Pack(page), AtMs = atMs };
        }

        subjects.Clear();
        told.Clear();
        atMs = 0;
    }
}
