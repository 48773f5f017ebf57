using Microsoft.Extensions.Options;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents.Clocks;

/// <summary>Which clocks run for an incident, and when they have something to say.</summary>
internal sealed class IncidentClocks
{
    private readonly Dictionary<string, BusinessCalendar> calendars = new(StringComparer.Ordinal);
    private readonly long reminderMs;

    public IncidentClocks(IOptions<IncidentsOptions> options)
    {
        reminderMs = options.Value.UpdateReminderMinutes * 60_000L;
        foreach (var (platform, calendar) in options.Value.Calendars)
        {
            // The validator has refused calendars that cannot be built.
            calendars[platform] = calendar.TryBuild([], platform) ?? BusinessCalendar.Default;
        }
    }

    public static SeverityLevel LevelOf(IncidentRow incident)
    {
        var scale = ShippedScales.For(incident.Platform);
        return scale.Find(incident.Severity) ?? scale.Levels[Math.Clamp(incident.SeverityRank, 0, scale.Levels.Count - 1)];
    }

    public IReadOnlyList<IncidentClock> Of(IncidentRow incident)
    {
        var level = LevelOf(incident);
        var calendar = calendars.GetValueOrDefault(incident.Platform, BusinessCalendar.Default);
        var pauses = incident.Pauses.OrderBy(pause => pause.FromMs).Select(pause => new ClockPause(pause.FromMs, pause.UntilMs)).ToList();
        return
        [
            .. from kind in Enum.GetValues<ClockKind>()
               let term = level.Term(kind, incident.ReporterTier)
               where term is not null
               let span = SpanOf(incident, kind)
               select new IncidentClock(term, calendar, span.From, span.Until, pauses),
        ];
    }

    /// <summary>Sets the timers to what the clocks say now; what was told is not told again.</summary>
    public void Arm(IncidentRow incident, long nowMs)
    {
        var due = new Dictionary<IncidentTimer, long>();
        foreach (var clock in Of(incident).Where(clock => clock.StoppedMs is null))
        {
            Expect(incident, clock, nowMs, due);
        }

        foreach (var timer in Enum.GetValues<IncidentTimer>().Where(timer => timer == IncidentTimer.UpdateReminder || KindOf(timer) is not null))
        {
            incident.SetTimer(timer, due.TryGetValue(timer, out var at) ? at : null);
        }
    }

    private void Expect(IncidentRow incident, IncidentClock clock, long nowMs, Dictionary<IncidentTimer, long> due)
    {
        if (clock.DueMs is not { } runsOut)
        {
            return;
        }

        if (runsOut > nowMs)
        {
            // A pause or a milder severity gave time back: a miss after that is a new one.
            incident.ToldClocks &= ~Bit(clock.Term.Kind);
        }

        if (!WasTold(incident, clock.Term.Kind))
        {
            due[TimerOf(clock.Term.Kind)] = runsOut;
        }

        if (clock.Term.Kind == ClockKind.Communicate && ReminderOf(clock, runsOut) is var reminder && reminder > nowMs)
        {
            due[IncidentTimer.UpdateReminder] = reminder;
        }
    }

    public static bool WasTold(IncidentRow incident, ClockKind kind) => (incident.ToldClocks & Bit(kind)) != 0;

    public static void MarkTold(IncidentRow incident, ClockKind kind) => incident.ToldClocks |= Bit(kind);

    public static ClockKind? KindOf(IncidentTimer timer) => timer switch
    {
        IncidentTimer.Respond => ClockKind.Respond,
        IncidentTimer.SupportRespond => ClockKind.SupportRespond,
        IncidentTimer.Triage => ClockKind.Triage,
        IncidentTimer.Escalate => ClockKind.Escalate,
        IncidentTimer.Communicate => ClockKind.Communicate,
        IncidentTimer.Resolve => ClockKind.Resolve,
        IncidentTimer.Escalation or IncidentTimer.AcknowledgementExpiry or IncidentTimer.UpdateReminder or IncidentTimer.PostMortem or IncidentTimer.Snooze or IncidentTimer.Impact => null,
    };

    private static int Bit(ClockKind kind) => 1 << (int)kind;

    private static IncidentTimer TimerOf(ClockKind kind) => kind switch
    {
        ClockKind.Respond => IncidentTimer.Respond,
        ClockKind.SupportRespond => IncidentTimer.SupportRespond,
        ClockKind.Triage => IncidentTimer.Triage,
        ClockKind.Escalate => IncidentTimer.Escalate,
        ClockKind.Communicate => IncidentTimer.Communicate,
        ClockKind.Resolve => IncidentTimer.Resolve,
    };

    private long ReminderOf(IncidentClock clock, long due) => due - Math.Min(reminderMs, clock.Term.Span.RunningMs(clock.Calendar) / 2);

    private static (long From, long? Until) SpanOf(IncidentRow incident, ClockKind kind)
    {
        var detected = incident.DetectedAtMs;
        var resolved = incident.ResolvedAtMs;
        return kind switch
        {
            ClockKind.Respond => (detected, incident.AcknowledgedAtMs ?? resolved),
            ClockKind.SupportRespond => (detected, incident.SupportAnsweredAtMs ?? resolved),
            ClockKind.Triage => (detected, incident.TriagedAtMs ?? resolved),
            ClockKind.Escalate => (detected, Earliest(incident.AcknowledgedAtMs, incident.EscalatedAtMs, resolved)),
            ClockKind.Communicate => (Math.Max(detected, incident.CommunicatedAtMs ?? detected), resolved),
            ClockKind.Resolve => (detected, resolved),
        };
    }

    private static long? Earliest(params ReadOnlySpan<long?> instants)
    {
        long? first = null;
        foreach (var instant in instants)
        {
            first = instant is { } at && (first is null || at < first) ? at : first;
        }

        return first;
    }
}
