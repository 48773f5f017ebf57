using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.StatusPages;

/// <summary>How a change says which public pages look different.</summary>
internal static class StatusTopics
{
    public const string Topic = "status";

    public static void AnnounceStatus(this OpsDbContext db, long nowMs, params IEnumerable<string> platforms) =>
        db.Announce(nowMs, [(Topic, StatusSite.All), .. platforms.Distinct(StringComparer.Ordinal).Select(platform => (Topic, platform))]);
}
