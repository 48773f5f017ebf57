using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Clocks;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents;

/// <summary>An incident as it went, written down afterwards. Nobody is paged for it.</summary>
public sealed record RecordedIncident
{
    public required string Title { get; init; }

    public string? Summary { get; init; }

    public required string Platform { get; init; }

    /// <summary>A name of the platform's scale.</summary>
    public required string Severity { get; init; }

    /// <summary>Null: what follows from whether it is resolved.</summary>
    public IncidentPhase? Phase { get; init; }

    public required IReadOnlyList<AffectedService> Services { get; init; }

    public IReadOnlyList<string> Slos { get; init; } = [];

    public IReadOnlyList<Work.AffectedCustomer> Customers { get; init; } = [];

    /// <summary>Alerts of this group join it while it is open.</summary>
    public string? GroupKey { get; init; }

    /// <summary>In the order the domain asks for.</summary>
    public required IncidentMilestones Milestones { get; init; }

    /// <summary>Who took it and led it.</summary>
    public required string LeadId { get; init; }

    public required string Lead { get; init; }

    public IReadOnlyList<RecordedEntry> Timeline { get; init; } = [];

    public IReadOnlyList<RecordedUpdate> Updates { get; init; } = [];
}

/// <param name="Actor">Null: the product itself.</param>
public sealed record RecordedEntry(TimelineKind Kind, string Text, string? Actor, DateTimeOffset At);

/// <summary>An update for status page and customers.</summary>
public sealed record RecordedUpdate(string Text, PublicStatus Status, string Author, DateTimeOffset At);

/// <summary>Writes incidents of the past in the caller's transaction.</summary>
public sealed class IncidentRecord
{
    private readonly OpsDbContext db;
    private readonly IncidentDesk desk;
    private readonly IncidentClocks clocks;

    internal IncidentRecord(OpsDbContext db, IncidentDesk desk, IncidentClocks clocks) => (this.db, this.desk, this.clocks) = (db, desk, clocks);

    /// <summary>Replaces what this author recorded before.</summary>
    public async Task ReplaceAsync(string author, IReadOnlyList<RecordedIncident> incidents, long nowMs, CancellationToken cancellationToken)
    {
        var old = await db.Set<IncidentRow>().Where(row => row.OpenedBy == author).Select(row => row.Id).ToListAsync(cancellationToken);
        await db.Set<TimelineRow>().Where(row => old.Contains(row.IncidentId)).ExecuteDeleteAsync(cancellationToken);
        await db.Set<IncidentUpdateRow>().Where(row => old.Contains(row.IncidentId)).ExecuteDeleteAsync(cancellationToken);
        await db.Set<IncidentRow>().Where(row => old.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
        foreach (var incident in incidents)
        {
            await AddAsync(author, incident, nowMs, cancellationToken);
        }

        db.Announce(nowMs, ("incidents", "all"));
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task AddAsync(string author, RecordedIncident incident, long nowMs, CancellationToken cancellationToken)
    {
        var times = incident.Milestones;
        var level = ShippedScales.For(incident.Platform).Get(incident.Severity);
        var newest = incident.Updates.MaxBy(update => update.At);
        var row = new IncidentRow
        {
            Name = await desk.NextNameAsync(times.DetectedMs, cancellationToken),
            Title = incident.Title,
            Summary = incident.Summary,
            Platform = incident.Platform,
            Severity = level.Name,
            SeverityRank = level.Rank,
            Phase = incident.Phase ?? (times.ResolvedMs is null ? IncidentPhase.Investigation : IncidentPhase.Resolution),
            GroupKey = incident.GroupKey,
            OpenedBy = author,
            OpenedAtMs = times.DetectedMs,
            StartedAtMs = times.StartedMs,
            DetectedAtMs = times.DetectedMs,
            AcknowledgedAtMs = times.AcknowledgedMs,
            TriagedAtMs = times.AcknowledgedMs,
            MitigatedAtMs = times.MitigatedMs,
            ResolvedAtMs = times.ResolvedMs,
            AcknowledgedBy = incident.Lead,
            AcknowledgedById = incident.LeadId,
            Escalation = times.ResolvedMs is null ? EscalationState.Acknowledged : EscalationState.Ended,
            EscalationLevel = 0,
            CommunicatedAtMs = newest?.At.ToUnixTimeMilliseconds(),
            PublicTitle = newest is null ? null : incident.Title,
            PublicStatus = newest?.Status,
        };
        row.Services.AddRange(incident.Services.Select(service => new IncidentServiceRow { Path = service.Path, Impact = service.Impact }));
        row.Slos.AddRange(incident.Slos.Select(slo => new IncidentSloRow { Slo = slo }));
        row.Customers.AddRange(incident.Customers.Select(customer => new IncidentCustomerRow { Customer = customer.Name, Tier = customer.Tier }));
        row.Roles.Add(new IncidentRoleRow { Role = IncidentRole.Lead, PersonId = incident.LeadId, Person = incident.Lead });
        db.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        clocks.Arm(row, nowMs);
        db.AddRange(incident.Timeline.OrderBy(entry => entry.At).Select(entry => new TimelineRow
        {
            IncidentId = row.Id,
            Kind = entry.Kind,
            Text = entry.Text,
            Actor = entry.Actor,
            AtMs = entry.At.ToUnixTimeMilliseconds(),
        }));
        db.AddRange(incident.Updates.OrderBy(update => update.At).Select(update => new IncidentUpdateRow
        {
            IncidentId = row.Id,
            Text = update.Text,
            Status = update.Status,
            ToStatusPage = true,
            ToCustomers = true,
            Author = update.Author,
            AtMs = update.At.ToUnixTimeMilliseconds(),
        }));
        await db.SaveChangesAsync(cancellationToken);
    }
}
