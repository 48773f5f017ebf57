using OpsDashboard.Application.OnCall.History;
using OpsDashboard.Application.OnCall.Schedules;

namespace OpsDashboard.Application.Demo;

/// <summary>
/// Who is on call in the story: four engineers take weekly turns, Mondays at nine in Berlin. One of them leaves within the next two
/// weeks, in the middle of a turn, which the search for gaps finds.
/// </summary>
internal sealed class DemoOnCall(OnCallRecord record) : IDemoChapter
{
    public const string Schedule = "on-call";

    private const string Zone = "Europe/Berlin";
    private const int Week = 7;

    private static readonly RecordedPerson[] Staff =
    [
        new("lead-serving-team", "Lead, Serving team", ["l2-engineering"], Zone),
        new("lead-mesh-team", "Lead, Mesh team", ["l2-engineering"], "America/New_York"),
        new("architect-on-duty", "Architect on duty", ["l3-architecture"], Zone),
        new("operations-manager", "Operations manager", ["operations-manager", "management"], Zone),
        new("executive-on-duty", "Executive on duty", ["executive"], "America/New_York"),
        new("support-lead", "Support lead", ["l1-support", "customer-support"], Zone),
        new("customer-success-lead", "Customer success lead", ["customer-success"], "Europe/London"),
        new("business-owner", "Business owner", ["business-stakeholders"], Zone),
        new("finance-partner", "Finance partner", ["finance"], Zone),
        new("compliance-officer", "Compliance officer", ["compliance", "compliance-officer"], Zone),
        new("legal-counsel", "Legal counsel", ["legal"], Zone),
        new("audit-committee-chair", "Audit committee chair", ["audit-committee"], "Europe/London"),
        new("board-secretary", "Board secretary", ["board"], "Europe/London"),
    ];

    private static readonly (string Id, string Name)[] Turns =
    [
        ("engineer-serving-team", "Engineer, Serving team"),
        ("engineer-mesh-team", "Engineer, Mesh team"),
        ("engineer-identity-team", "Engineer, Identity team"),
        ("engineer-features-team", "Engineer, Features team"),
    ];

    public Task WriteAsync(DateTimeOffset anchor, int historyDays, long nowMs, CancellationToken cancellationToken)
    {
        // The turn of the anchor's week is the first engineer's as primary, the next week's the second's.
        var monday = Monday(anchor);
        var begin = monday.AddDays(-Week * Turns.Length * ((historyDays / (Week * Turns.Length)) + 1));
        var leaves = monday.AddDays(Week + 2).AddHours(17);
        var schedule = new RecordedSchedule(
            Schedule,
            "On-call",
            Zone,
            begin,
            [Position("primary", "Primary", begin, 0), Position("secondary", "Secondary", begin, 1)],
            [new RecordedOverride("primary", "lead-serving-team", monday.AddDays(Week + 5).AddHours(9), monday.AddDays(Week + 5).AddHours(19), "Family day")]);
        var people = Turns.Select((one, index) => new RecordedPerson(one.Id, one.Name, ["l2-engineering"], Zone, index == 2 ? leaves : null));
        return record.ReplaceAsync(DemoWorker.Author, [.. people, .. Staff], [schedule], nowMs, cancellationToken);
    }

    public Task EraseAsync(long nowMs, CancellationToken cancellationToken) => record.ReplaceAsync(DemoWorker.Author, [], [], nowMs, cancellationToken);

    private static DateTimeOffset Monday(DateTimeOffset anchor)
    {
        var day = new DateTimeOffset(anchor.UtcDateTime.Date, TimeSpan.Zero);
        return day.AddDays(-(((int)day.DayOfWeek + 6) % Week));
    }

    private static PositionTerms Position(string id, string name, DateTimeOffset begin, int shift) => new()
    {
        Id = id,
        Name = name,
        Layers =
        [
            new LayerTerms
            {
                Name = "Weekly",
                Every = "week",
                At = "09:00",
                Anchor = begin.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                People = [.. Turns.Select((_, index) => Turns[(index + shift) % Turns.Length].Id)],
            },
        ],
    };
}
