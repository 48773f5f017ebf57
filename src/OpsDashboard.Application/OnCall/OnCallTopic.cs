using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.OnCall;

/// <summary>People, schedules, overrides and policies are one subject: each may change who is on call.</summary>
internal static class OnCallTopic
{
    public const string Name = "oncall";

    public static void AnnounceOnCall(this OpsDbContext db, long nowMs) => db.Announce(nowMs, (Name, "all"));
}
