using System.Globalization;
using MediatR;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Incidents.Clocks;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.OnCall;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.Incidents.Escalation;

/// <summary>Calls people, level by level. Works inside the caller's transaction, on an incident taken for change.</summary>
internal sealed class Escalator(OnCallRoster roster, IncidentTimeline timeline, IMediator mediator, IOptions<IncidentsOptions> options)
{
    private readonly Dictionary<string, EscalationPolicy> policies = new(StringComparer.Ordinal);

    private readonly Dictionary<(string Platform, string? Service, string Severity), EscalationPolicy> chosen = [];

    // One transaction sees one roster: a burst of a thousand incidents asks once a level, not once an incident.
    private readonly Dictionary<(string Policy, int Level, long NowMs), IReadOnlyList<PersonRef>> asked = [];
    private (long NowMs, string LevelName, IReadOnlyList<PersonRef> People, bool CatchAll)? manager;

    /// <summary>Begins the escalation of a new incident; who is due at once is called at once.</summary>
    public async Task StartAsync(IncidentRow incident, string? policyId, long nowMs, CancellationToken cancellationToken)
    {
        var policy = await ChooseAsync(incident, policyId, cancellationToken);
        incident.PolicyIsChosen = policyId is not null && policy.Id == policyId;
        Adopt(incident, EscalationRun.Start(PlanOf(policy), nowMs));
        if (incident.EscalationDueAtMs <= nowMs)
        {
            await FireAsync(incident, nowMs, cancellationToken);
        }
    }

    /// <summary>The timer is due: calls the next level, and where nobody stands the one after it at once.</summary>
    public async Task FireAsync(IncidentRow incident, long nowMs, CancellationToken cancellationToken)
    {
        var policy = await PolicyOfAsync(incident, cancellationToken);
        var plan = PlanOf(policy);
        var unreached = false;
        for (var empty = 0; empty < policy.Levels.Count; empty++)
        {
            var run = incident.Run.Advance(plan, nowMs);
            Adopt(incident, run);
            if (run.State == EscalationState.Exhausted)
            {
                await CallCatchAllAsync(incident, "Nobody took it after all levels were called", nowMs, cancellationToken);
                return;
            }

            var call = await CallLevelAsync(incident, policy, nowMs, cancellationToken);
            if (call == LevelCall.Made)
            {
                return;
            }

            unreached |= call == LevelCall.Unreached;
        }

        await CallCatchAllAsync(incident, Nobody(unreached), nowMs, cancellationToken);
    }

    /// <summary>A person calls the next level now, whoever has acknowledged.</summary>
    public async Task EscalateNowAsync(IncidentRow incident, long nowMs, CancellationToken cancellationToken)
    {
        var policy = await PolicyOfAsync(incident, cancellationToken);
        var plan = PlanOf(policy);
        var unreached = false;
        for (var empty = 0; empty < policy.Levels.Count; empty++)
        {
            Adopt(incident, incident.Run.EscalateNow(plan, nowMs));
            var call = await CallLevelAsync(incident, policy, nowMs, cancellationToken);
            if (call == LevelCall.Made)
            {
                return;
            }

            unreached |= call == LevelCall.Unreached;
        }

        await CallCatchAllAsync(incident, Nobody(unreached), nowMs, cancellationToken);
    }

    /// <summary>An acknowledgement expired, the incident came back or got worse: the first level is called at once.</summary>
    public async Task RestartAsync(IncidentRow incident, long nowMs, CancellationToken cancellationToken)
    {
        await ChooseAsync(incident, incident.PolicyIsChosen ? incident.PolicyId : null, cancellationToken);
        Adopt(incident, incident.Run.Restart(nowMs));
        await FireAsync(incident, nowMs, cancellationToken);
    }

    /// <summary>Somebody has it: nothing is called until the acknowledgement expires.</summary>
    public async Task AcknowledgeAsync(IncidentRow incident, string by, long nowMs, CancellationToken cancellationToken)
    {
        Adopt(incident, incident.Run.Acknowledge());
        incident.Unanswered = false;
        ExpectWork(incident, nowMs);
        await mediator.Publish(new PagesWithdrawn(incident.Id, $"Acknowledged by {by}", nowMs), cancellationToken);
    }

    /// <summary>Nobody is called until then, and an acknowledgement does not expire before.</summary>
    public async Task SnoozeAsync(IncidentRow incident, long untilMs, string reason, long nowMs, CancellationToken cancellationToken)
    {
        Adopt(incident, incident.Run.Snooze());
        incident.SnoozedUntilMs = untilMs;
        incident.SetTimer(IncidentTimer.Snooze, untilMs);
        incident.Unanswered = false;
        ExpectWork(incident, nowMs);
        await mediator.Publish(new PagesWithdrawn(incident.Id, reason, nowMs), cancellationToken);
    }

    /// <summary>A step was taken back: it stands where it stood before, and the pages that had not left are wanted again.</summary>
    public async Task ResumeAsync(IncidentRow incident, EscalationRun before, long? snoozedUntilMs, long steppedMs, long nowMs, CancellationToken cancellationToken)
    {
        Adopt(incident, before.Resume(nowMs));
        if (before.State == EscalationState.Snoozed)
        {
            incident.SnoozedUntilMs = snoozedUntilMs;
            incident.SetTimer(IncidentTimer.Snooze, snoozedUntilMs);
        }

        ExpectWork(incident, nowMs);
        await mediator.Publish(new PagesRestored(incident.Id, steppedMs, nowMs), cancellationToken);
    }

    /// <summary>No page of the level called last has reached anybody: the next one is called, unless somebody has it meanwhile.</summary>
    /// <returns>Whether it was called.</returns>
    public async Task<bool> PassAsync(IncidentRow incident, int level, int cycle, long nowMs, CancellationToken cancellationToken)
    {
        if (incident.Run is not { State: EscalationState.Running } run || run.Level != level || run.Cycle != cycle)
        {
            return false;
        }

        timeline.Append(incident.Id, TimelineKind.Escalation, $"{incident.LevelName}: no page reached anybody; calling the next level", null, nowMs);
        var policy = await PolicyOfAsync(incident, cancellationToken);
        // The next round waits for its time: it would ask the same people by the same ways.
        while (incident.EscalationLevel + 1 < policy.Levels.Count)
        {
            Adopt(incident, incident.Run.Advance(PlanOf(policy), nowMs));
            if (await CallLevelAsync(incident, policy, nowMs, cancellationToken) == LevelCall.Made)
            {
                return true;
            }
        }

        await CallCatchAllAsync(incident, Nobody(unreached: true), nowMs, cancellationToken);
        return true;
    }

    /// <summary>A sign of work: the acknowledgement holds for another while.</summary>
    public void ExpectWork(IncidentRow incident, long nowMs)
    {
        var expires = incident.Escalation == EscalationState.Acknowledged && incident.MitigatedAtMs is null && IncidentClocks.LevelOf(incident).IsUrgent;
        incident.SetTimer(
            IncidentTimer.AcknowledgementExpiry,
            expires ? nowMs + (options.Value.AcknowledgementExpiryMinutes * Instants.MinuteMs) : null);
    }

    public async Task EndAsync(IncidentRow incident, string reason, long nowMs, CancellationToken cancellationToken)
    {
        Adopt(incident, incident.Run.End());
        incident.Unanswered = false;
        incident.SetTimer(IncidentTimer.AcknowledgementExpiry, null);
        await mediator.Publish(new PagesWithdrawn(incident.Id, reason, nowMs), cancellationToken);
    }

    /// <summary>A promise of time was missed: the operations manager learns it.</summary>
    public async Task CallManagerAsync(IncidentRow incident, ClockTerm term, int times, long nowMs, CancellationToken cancellationToken)
    {
        if (manager is not { } known || known.NowMs != nowMs)
        {
            manager = known = await FindManagerAsync(nowMs, cancellationToken);
        }

        var (_, levelName, people, catchAll) = known;
        timeline.Append(
            incident.Id,
            TimelineKind.Clock,
            $"{Describe(term.Kind)} missed: {term.Span} {(people.Count == 0 ? "are over; nobody is there to be told" : $"are over; paging {Names(people)}")}",
            null,
            nowMs);
        if (people.Count > 0)
        {
            await mediator.Publish(
                Page(incident, people, PageOwed.ClockLevel + (int)term.Kind, levelName, times, catchAll, nowMs) with
                {
                    Title = $"{Describe(term.Kind)} missed ({term.Span}): {incident.Title}",
                },
                cancellationToken);
        }
    }

    public static string Describe(ClockKind clock) => clock switch
    {
        ClockKind.Respond => "Response time",
        ClockKind.SupportRespond => "Support response time",
        ClockKind.Triage => "Triage time",
        ClockKind.Escalate => "Escalation time",
        ClockKind.Communicate => "Update",
        ClockKind.Resolve => "Resolution time",
    };

    private async Task<(long NowMs, string LevelName, IReadOnlyList<PersonRef> People, bool CatchAll)> FindManagerAsync(long nowMs, CancellationToken cancellationToken)
    {
        var level = (await roster.FindPolicyAsync(options.Value.ManagerPolicy, cancellationToken))?.Levels[0];
        var people = level is null ? [] : await roster.WhoAsync(level.Targets, nowMs, cancellationToken);
        return people.Count > 0
            ? (nowMs, level!.Name, people, false)
            : (nowMs, "Catch-all", await roster.CatchAllAsync(nowMs, cancellationToken), true);
    }

    private static string Nobody(bool unreached) => unreached ? "Nobody on any level can be reached" : "Nobody is on call on any level";

    private async Task<LevelCall> CallLevelAsync(IncidentRow incident, EscalationPolicy policy, long nowMs, CancellationToken cancellationToken)
    {
        var level = policy.Levels[incident.EscalationLevel];
        incident.LevelName = level.Name;
        var key = (policy.Id, incident.EscalationLevel, nowMs);
        if (!asked.TryGetValue(key, out var people))
        {
            people = await roster.WhoAsync(level.Targets, nowMs, cancellationToken);
            asked[key] = people;
        }

        if (people.Count == 0)
        {
            timeline.Append(incident.Id, TimelineKind.Escalation, $"{level.Name}: nobody is on call; calling the next level", null, nowMs);
            return LevelCall.Empty;
        }

        var page = Page(incident, people, incident.EscalationLevel, level.Name, incident.EscalationCycle, catchAll: false, nowMs);
        await mediator.Publish(page, cancellationToken);
        if (page.Reach.IsNobody)
        {
            timeline.Append(incident.Id, TimelineKind.Escalation, $"{level.Name}: {Names(people)} cannot be reached; calling the next level", null, nowMs);
            return LevelCall.Unreached;
        }

        incident.Unanswered = false;
        if (incident.EscalationLevel > 0)
        {
            incident.EscalatedAtMs ??= nowMs;
        }

        timeline.Append(incident.Id, TimelineKind.Escalation, $"{level.Name}: paging {Names(people)}{RoundOf(incident)}", null, nowMs);
        return LevelCall.Made;
    }

    /// <summary>A page is never dropped: who is to be asked when nobody else is, is paged, and a banner shows on every screen.</summary>
    private async Task CallCatchAllAsync(IncidentRow incident, string why, long nowMs, CancellationToken cancellationToken)
    {
        incident.Unanswered = true;
        var people = await roster.CatchAllAsync(nowMs, cancellationToken);
        timeline.Append(
            incident.Id,
            TimelineKind.Escalation,
            people.Count == 0 ? $"{why}, and there is nobody else to page" : $"{why}; paging the catch-all: {Names(people)}",
            null,
            nowMs);
        if (people.Count > 0)
        {
            await mediator.Publish(
                Page(incident, people, PageOwed.CatchAllLevel, "Catch-all", incident.EscalationCycle, catchAll: true, nowMs),
                cancellationToken);
        }
    }

    private static PageOwed Page(IncidentRow incident, IReadOnlyList<PersonRef> people, int level, string levelName, int cycle, bool catchAll, long nowMs) => new(
        incident.Id,
        incident.Title,
        incident.Platform,
        incident.Severity,
        IncidentClocks.LevelOf(incident).IsUrgent,
        level,
        levelName,
        cycle,
        people,
        catchAll,
        nowMs);

    private static void Adopt(IncidentRow incident, EscalationRun run)
    {
        incident.Run = run;
        if (run.State != EscalationState.Snoozed)
        {
            incident.SnoozedUntilMs = null;
            incident.SetTimer(IncidentTimer.Snooze, null);
        }

        incident.SetTimer(IncidentTimer.Escalation, run.DueMs);
    }

    private async Task<EscalationPolicy> ChooseAsync(IncidentRow incident, string? policyId, CancellationToken cancellationToken)
    {
        var service = incident.Services.Select(row => row.Path).FirstOrDefault(path => path.Contains('/', StringComparison.Ordinal));
        var policy = (policyId is null ? null : await roster.FindPolicyAsync(policyId, cancellationToken))
            ?? await MeantAsync((incident.Platform, service?[(service.IndexOf('/', StringComparison.Ordinal) + 1)..], incident.Severity), cancellationToken);
        incident.PolicyId = policy.Id;
        policies[policy.Id] = policy;
        return policy;
    }

    private async Task<EscalationPolicy> MeantAsync((string Platform, string? Service, string Severity) place, CancellationToken cancellationToken)
    {
        if (!chosen.TryGetValue(place, out var policy))
        {
            chosen[place] = policy = await roster.PolicyForAsync(place.Platform, place.Service, place.Severity, cancellationToken);
        }

        return policy;
    }

    /// <summary>The policy as it is now; one that was removed is replaced by the one for its severity.</summary>
    private async Task<EscalationPolicy> PolicyOfAsync(IncidentRow incident, CancellationToken cancellationToken) =>
        incident.PolicyId is { } id && policies.TryGetValue(id, out var known) ? known : await ChooseAsync(incident, incident.PolicyId, cancellationToken);

    private static EscalationPlan PlanOf(EscalationPolicy policy) => new([.. policy.Levels.Select(level => level.DelaySeconds * 1_000L)], policy.Repeats);

    private static string Names(IReadOnlyList<PersonRef> people) => string.Join(", ", people.Select(person => person.Name));

    private static string RoundOf(IncidentRow incident) =>
        incident.EscalationCycle == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" (round {incident.EscalationCycle + 1})");
}

/// <summary>What became of the call of a level.</summary>
internal enum LevelCall
{
    Made,

    /// <summary>Nobody is on call there.</summary>
    Empty,

    /// <summary>Somebody is, and no page has a way to them.</summary>
    Unreached,
}
