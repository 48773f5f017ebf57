using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Live;

/// <summary>How a command says what it changed; the row commits with the change.</summary>
internal static class ChangeFeed
{
    public static void Announce(this OpsDbContext db, long nowMs, params IEnumerable<(string Topic, string Key)> subjects) =>
        db.Add(new ChangeRow { Topic = Subjects.FeedTopic, Detail = Subjects.Pack(subjects), AtMs = nowMs });
}
