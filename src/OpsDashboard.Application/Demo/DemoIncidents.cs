using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.Work;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Demo;

/// <summary>What the story's outages were to the people who worked on them, and the slow sign-ins they work on now.</summary>
internal sealed class DemoIncidents(IncidentRecord record) : IDemoChapter
{
    private const string MeshLead = "Lead, Mesh team";

    public Task WriteAsync(DateTimeOffset anchor, int historyDays, long nowMs, CancellationToken cancellationToken)
    {
        var story = new DemoStory(anchor);
        var first = anchor.AddDays(-historyDays);
        return record.ReplaceAsync(
            DemoWorker.Author,
            [.. story.Incidents.Where(incident => incident.Start >= first).OrderBy(incident => incident.Start).Select(incident => Past(story, incident)), SlowSignIns(story)],
            nowMs,
            cancellationToken);
    }

    public Task EraseAsync(long nowMs, CancellationToken cancellationToken) => record.ReplaceAsync(DemoWorker.Author, [], nowMs, cancellationToken);

    private static RecordedIncident Past(DemoStory story, DemoIncident incident)
    {
        var (detected, taken) = (incident.Start.AddMinutes(3), incident.Start.AddMinutes(6));
        var mitigated = incident.End.AddMinutes(-1) > taken ? incident.End.AddMinutes(-1) : taken;
        var resolved = incident.End.AddMinutes(12);
        var isRelease = incident.Start == DateTimeOffset.FromUnixTimeMilliseconds(story.Outage.Start * 60_000L);
        var service = incident.ServiceId.Split('/')[1].Replace('-', ' ');
        return new RecordedIncident
        {
            Title = incident.Title,
            Summary = isRelease ? "Errors began four minutes after the release of 4.12.0 and ended with its rollback." : null,
            Platform = incident.ServiceId.Split('/')[0],
            Severity = incident.Severity,
            Services = [new AffectedService(incident.ServiceId, isRelease || incident.Severity == "Sev 1" ? ServiceImpact.MajorOutage : ServiceImpact.PartialOutage)],
            Customers = incident.Severity == "Sev 1" ? [new AffectedCustomer("Northwind", "Enterprise"), new AffectedCustomer("Fabrikam", "Professional")] : [],
            Milestones = Times(incident.Start, detected, taken, mitigated, resolved),
            LeadId = incident.Lead == MeshLead ? "lead-mesh-team" : "lead-serving-team",
            Lead = incident.Lead,
            Timeline =
            [
                new(TimelineKind.Opened, $"{incident.Severity} opened: {incident.Title}", null, detected),
                new(TimelineKind.Escalation, $"L1 Support: paging {incident.Lead}", null, detected),
                new(TimelineKind.Acknowledgement, $"{incident.Lead} has it", incident.Lead, taken),
                .. isRelease
                    ?
                    [
                        new RecordedEntry(TimelineKind.Change, "Deployment of model-serving-api 4.12.0", null, story.BadDeployment),
                        new RecordedEntry(TimelineKind.Note, "Errors began **four minutes after 4.12.0**. Rolling it back.", incident.Lead, taken.AddMinutes(18)),
                        new RecordedEntry(TimelineKind.Change, "Rollback of model-serving-api to 4.11.0", incident.Lead, story.BadDeployment.AddMinutes(43)),
                    ]
                    : (RecordedEntry[])[new(TimelineKind.Note, "One node of three does not answer; traffic goes round it.", incident.Lead, taken.AddMinutes(1))],
                new(TimelineKind.Phase, "Investigation → Mitigation", incident.Lead, mitigated),
                new(TimelineKind.Resolved, "Resolved", incident.Lead, resolved),
            ],
            Updates =
            [
                new($"We are investigating errors of the {service}.", PublicStatus.Investigating, incident.Lead, taken.AddMinutes(2)),
                new($"A fix for the {service} is in place. We are watching whether it holds.", PublicStatus.Monitoring, incident.Lead, mitigated.AddMinutes(2)),
                new($"The problem of the {service} is resolved.", PublicStatus.Resolved, incident.Lead, resolved),
            ],
        };
    }

    /// <summary>Open: the objective it burns is judged live, and its alerts join it.</summary>
    private static RecordedIncident SlowSignIns(DemoStory story)
    {
        const string slo = DemoStory.Authentication + "/latency-p95";
        const string lead = "Engineer, Identity team";
        var start = story.SlowDeployment;
        return new RecordedIncident
        {
            Title = "Every third sign-in is slow",
            Summary = "Since api-authentication 2.31.0 about a third of all sign-ins take longer than promised.",
            Platform = "agent-mesh",
            Severity = "Sev 2",
            Phase = IncidentPhase.Mitigation,
            Services = [new AffectedService(DemoStory.Authentication, ServiceImpact.Degraded)],
            Slos = [slo],
            Customers = [new AffectedCustomer("Northwind", "Enterprise")],
            GroupKey = AlertIdentity.GroupOf("slo", slo),
            Milestones = Times(start, start.AddMinutes(9), start.AddMinutes(13), start.AddHours(2), null),
            LeadId = "engineer-identity-team",
            Lead = lead,
            Timeline =
            [
                new(TimelineKind.Change, "Deployment of api-authentication 2.31.0", null, start.AddMinutes(-6)),
                new(TimelineKind.Opened, "Sev 2 opened: Every third sign-in is slow", null, start.AddMinutes(9)),
                new(TimelineKind.Escalation, $"Primary on-call: paging {lead}", null, start.AddMinutes(9)),
                new(TimelineKind.Acknowledgement, $"{lead} has it", lead, start.AddMinutes(13)),
                new(TimelineKind.Note, "Token signing waits for the key store on one node of three:\n\n- restarted the node, no change\n- a rollback waits for the **migration** of 2.31.0 to be undone", lead, start.AddMinutes(50)),
                new(TimelineKind.Phase, "Investigation → Mitigation", lead, start.AddHours(2)),
                new(TimelineKind.Note, "Half of the sign-ins go to the two healthy nodes now.", lead, start.AddHours(2).AddMinutes(5)),
            ],
            Updates =
            [
                new("We are investigating slow sign-ins.", PublicStatus.Investigating, lead, start.AddMinutes(25)),
                new("We have found the cause of the slow sign-ins and are working on a fix.", PublicStatus.Identified, lead, story.Anchor.AddMinutes(-40)),
            ],
        };
    }

    private static IncidentMilestones Times(DateTimeOffset started, DateTimeOffset detected, DateTimeOffset acknowledged, DateTimeOffset mitigated, DateTimeOffset? resolved) => new()
    {
        StartedMs = started.ToUnixTimeMilliseconds(),
        DetectedMs = detected.ToUnixTimeMilliseconds(),
        AcknowledgedMs = acknowledged.ToUnixTimeMilliseconds(),
        MitigatedMs = mitigated.ToUnixTimeMilliseconds(),
        ResolvedMs = resolved?.ToUnixTimeMilliseconds(),
    };
}
