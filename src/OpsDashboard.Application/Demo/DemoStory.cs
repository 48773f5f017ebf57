using OpsDashboard.Application.Demo.Generation;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Demo;

/// <summary>A deployment of the story, for whoever shows changes.</summary>
internal sealed record DemoDeployment(DateTimeOffset At, string ServiceId, string Version, string Author, DateTimeOffset? RolledBackAt);

/// <summary>An incident of the story, for whoever shows incidents.</summary>
internal sealed record DemoIncident(DateTimeOffset Start, DateTimeOffset End, string ServiceId, string Title, string Severity, string Lead);

/// <summary>A planned window of the story.</summary>
internal sealed record DemoMaintenance(string Platform, string? Service, DateTimeOffset Start, DateTimeOffset End, DateTimeOffset AnnouncedAt, string Reason);

/// <summary>
/// What happened, and when: all of it told from one instant, the hour in which the demo was first started. Ids are paths; names
/// of people are roles.
/// </summary>
internal sealed class DemoStory(DateTimeOffset anchor)
{
    public const string Serving = "mlops/model-serving-api";
    public const string Authentication = "agent-mesh/api-authentication";
    public const string Core = "agent-mesh/platform";

    private const string ServingLead = "Lead, Serving team";
    private static readonly TimeSpan Window = TimeSpan.FromHours(4);

    public DateTimeOffset Anchor { get; } = anchor;

    public int AnchorMinute { get; } = Minute(anchor);

    /// <summary>Nine days ago; four minutes later the errors began, and the rollback ended them.</summary>
    public DateTimeOffset BadDeployment => Day(-9).AddHours(13).AddMinutes(30);

    public Episode Outage => new(Minute(BadDeployment) + 4, Minute(BadDeployment) + 46, OutageShare);

    /// <summary>
    /// In the first days of a month the outage lies in the month before and no calendar month is breached by it; it is then severe
    /// enough to breach the objective over rolling days.
    /// </summary>
    private double OutageShare => BadDeployment >= Month(0) ? 0.34 : 0.62;

    /// <summary>A release made every third sign-in slow, and nobody has stopped it yet.</summary>
    public DateTimeOffset SlowDeployment => Anchor.AddHours(-14);

    public Episode SlowSignIns => new(Minute(SlowDeployment), int.MaxValue, 0.30);

    public Episode FailingPredictions => new(AnchorMinute - (4 * 1440), int.MaxValue, 0.0074);

    /// <summary>Features come late for four minutes of each hour.</summary>
    public int StaleFeaturesFrom => AnchorMinute - (80 * 60);

    /// <summary>Since then the check of the enterprise backups is silent.</summary>
    public int SilentBackupsFrom => AnchorMinute - (7 * 60);

    /// <summary>19 minutes of a month whose enterprise promise allows 4: it earned a credit of 10 %.</summary>
    public Episode CreditOutage => Lasting(Month(-2).AddDays(16).AddHours(15).AddMinutes(8), 19, 0.7);

    public Episode FeatureStoreOutage => Lasting(Day(-23).AddHours(9).AddMinutes(41), 8, 0.5);

    public Episode InferenceOutage => Lasting(Day(-41).AddHours(17).AddMinutes(12), 6, 0.6);

    public IReadOnlyList<DemoIncident> Incidents =>
    [
        Incident(CreditOutage, Core, "Requests to all core services fail", "Sev 1", "Lead, Mesh team"),
        Incident(InferenceOutage, "mlops/inference-engine", "Inference errors after a node was lost", "P1", "Lead, Inference team"),
        Incident(FeatureStoreOutage, "mlops/feature-store", "Feature store answers with errors", "P1", "Lead, Features team"),
        Incident(Outage, Serving, "API errors after a release", "P0", ServingLead),
    ];

    public IReadOnlyList<DemoDeployment> Deployments =>
    [
        .. Enumerable.Range(1, 12).Reverse().Select(week => new DemoDeployment(
            Day((-7 * week) - 3).AddHours(10).AddMinutes(15), Serving, $"4.{12 - week}.0", "Primary on-call, Serving team", null)),
        new(BadDeployment, Serving, "4.12.0", ServingLead, BadDeployment.AddMinutes(43)),
        new(BadDeployment.AddDays(2), Serving, "4.12.1", ServingLead, null),
        new(SlowDeployment.AddMinutes(-6), Authentication, "2.31.0", "Primary on-call, Identity team", null),
    ];

    /// <summary>
    /// Sundays 02:00 to 06:00 UTC for the mesh, announced four days ahead; a night each month for the infrastructure below mlops,
    /// and in the last month a second one that went beyond the cap of four hours.
    /// </summary>
    public IReadOnlyList<DemoMaintenance> Maintenance(int historyDays)
    {
        var first = Day(-historyDays);
        var sunday = first.AddDays((7 - (int)first.DayOfWeek) % 7).AddHours(2);
        var planned = new List<DemoMaintenance>();
        for (var start = sunday; start < Anchor.AddDays(15); start = start.AddDays(7))
        {
            planned.Add(new("agent-mesh", null, start, start + Window, start.AddDays(-4), "Weekly maintenance"));
        }

        for (var back = -(historyDays / 30) - 1; back <= 1; back++)
        {
            var night = MonthlyNight(back);
            planned.Add(new("mlops", "platform-infrastructure", night, night.AddHours(3), night.AddDays(-6), "Monthly patching"));
        }

        var second = OverlongNight;
        planned.Add(new("mlops", "platform-infrastructure", second, second.AddMinutes(150), second.AddDays(-1), "Replacement of a storage shelf"));
        return planned;
    }

    /// <summary>What failed while the infrastructure was worked on, beyond what its cap forgives too.</summary>
    public IReadOnlyList<Episode> InfrastructureWork(int historyDays) =>
    [
        .. Enumerable.Range(-(historyDays / 30) - 1, (historyDays / 30) + 3).Select(back => Lasting(MonthlyNight(back).AddMinutes(20), 25, 0.6)),
        Lasting(OverlongNight.AddMinutes(130), 12, 0.6),
    ];

    private DateTimeOffset OverlongNight => Month(-1).AddDays(20).AddHours(22);

    private DateTimeOffset MonthlyNight(int monthsBack) => Month(monthsBack).AddDays(8).AddHours(22);

    private DateTimeOffset Day(int days) => new DateTimeOffset(Anchor.UtcDateTime.Date, TimeSpan.Zero).AddDays(days);

    private DateTimeOffset Month(int months) => new DateTimeOffset(Anchor.UtcDateTime.Year, Anchor.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(months);

    private static int Minute(DateTimeOffset at) => TimeIndex.MinuteOf(at.ToUnixTimeMilliseconds());

    private static Episode Lasting(DateTimeOffset start, int minutes, double share) => new(Minute(start), Minute(start) + minutes, share);

    private static DemoIncident Incident(Episode span, string service, string title, string severity, string lead) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(TimeIndex.StartOfMinute(span.Start)),
        DateTimeOffset.FromUnixTimeMilliseconds(TimeIndex.StartOfMinute(span.End)),
        service,
        title,
        severity,
        lead);
}
