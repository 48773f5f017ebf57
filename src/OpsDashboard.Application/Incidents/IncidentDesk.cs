using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Clocks;
using OpsDashboard.Application.Incidents.Escalation;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents;

/// <summary>What is known of an incident when it opens.</summary>
internal sealed record NewIncident
{
    public required string Title { get; init; }

    public string? Summary { get; init; }

    public required string Platform { get; init; }

    /// <summary>A name of the platform's scale.</summary>
    public required string Severity { get; init; }

    /// <summary>platform/service.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    public IReadOnlyList<string> Slos { get; init; } = [];

    public string? ReporterTier { get; init; }

    public string? GroupKey { get; init; }

    public string? PolicyId { get; init; }

    /// <summary>Null: the product, from an alert.</summary>
    public string? Author { get; init; }

    /// <summary>The alert that opens it.</summary>
    public AlertToAttach? Alert { get; init; }

    public required long StartedMs { get; init; }
}

/// <summary>An alert that opens or joins an incident.</summary>
/// <param name="Service">Name within the platform.</param>
/// <param name="SloId">platform/service/slo, when it tells of an objective.</param>
/// <param name="Severity">A name of the platform's scale.</param>
/// <param name="GroupKey">Alerts of one group join one open incident.</param>
internal sealed record AlertToAttach(
    long AlertId,
    string Title,
    string? Description,
    string Platform,
    string? Service,
    string? SloId,
    string Severity,
    string GroupKey,
    string? PolicyId,
    long StartedMs);

/// <summary>Where incidents open, are taken for change, and hear of their alerts. Works inside the caller's transaction.</summary>
internal sealed class IncidentDesk(
    OpsDbContext db,
    IncidentTimeline timeline,
    Escalator escalator,
    IncidentClocks clocks,
    IncidentEnding ending,
    IMediator mediator)
{
    public async Task<IncidentRow> OpenAsync(NewIncident incident, long nowMs, CancellationToken cancellationToken) =>
        (await OpenAllAsync([incident], nowMs, cancellationToken))[0];

    /// <summary>Each of the alerts opens an incident of its own.</summary>
    /// <returns>The incidents' ids, in the order of the alerts.</returns>
    public async Task<IReadOnlyList<long>> OpenForAsync(IReadOnlyList<AlertToAttach> alerts, long nowMs, CancellationToken cancellationToken) =>
        [.. (await OpenAllAsync([.. alerts.Select(Describe)], nowMs, cancellationToken)).Select(row => row.Id)];

    /// <summary>Opens the incidents of a burst together: two writes for all of them, and one look at what is tracked.</summary>
    private async Task<IReadOnlyList<IncidentRow>> OpenAllAsync(IReadOnlyList<NewIncident> incidents, long nowMs, CancellationToken cancellationToken)
    {
        if (incidents.Count == 0)
        {
            return [];
        }

        var names = await NextNamesAsync(nowMs, incidents.Count, cancellationToken);
        var rows = incidents.Select((incident, i) => Row(incident, names[i], nowMs)).ToList();
        db.AddRange(rows);
        await db.SaveChangesAsync(cancellationToken);
        // With every look at what is tracked a burst would take the square of its size.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            await mediator.Publish(new PagesAhead(rows.ConvertAll(row => row.Id)), cancellationToken);
            foreach (var (row, incident) in rows.Zip(incidents))
            {
                await BeginAsync(row, incident, nowMs, cancellationToken);
            }
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = true;
        }

        await db.SaveChangesAsync(cancellationToken);
        return rows;
    }

    private async Task BeginAsync(IncidentRow row, NewIncident incident, long nowMs, CancellationToken cancellationToken)
    {
        timeline.Append(row.Id, TimelineKind.Opened, $"{row.Severity} opened: {row.Title}", incident.Author, nowMs);
        await escalator.StartAsync(row, incident.PolicyId, nowMs, cancellationToken);
        clocks.Arm(row, nowMs);
        await mediator.Publish(new IncidentChanged(row.Id, IncidentChangeKind.Opened, nowMs), cancellationToken);
        if (incident.Alert is { } alert)
        {
            row.Alerts.Add(new IncidentAlertRow { AlertId = alert.AlertId, Title = Cut(alert.Title), AttachedAtMs = nowMs });
            timeline.Append(row.Id, TimelineKind.Alert, $"Alert: {alert.Title}", null, nowMs);
        }
    }

    private static IncidentRow Row(NewIncident incident, string name, long nowMs)
    {
        var level = ShippedScales.For(incident.Platform).Get(incident.Severity);
        var row = new IncidentRow
        {
            Name = name,
            Title = Cut(incident.Title),
            Summary = incident.Summary,
            Platform = incident.Platform,
            Severity = level.Name,
            SeverityRank = level.Rank,
            Phase = IncidentPhase.Detection,
            ReporterTier = incident.ReporterTier,
            GroupKey = incident.GroupKey,
            OpenedBy = incident.Author ?? "alert",
            OpenedAtMs = nowMs,
            StartedAtMs = Math.Min(incident.StartedMs, nowMs),
            DetectedAtMs = nowMs,
        };
        row.Services.AddRange(incident.Services.Distinct(StringComparer.Ordinal).Select(service => new IncidentServiceRow
        {
            Path = service,
            Impact = level.Rank == 0 ? ServiceImpact.MajorOutage : ServiceImpact.Degraded,
        }));
        row.Slos.AddRange(incident.Slos.Distinct(StringComparer.Ordinal).Select(slo => new IncidentSloRow { Slo = slo }));
        return row;
    }

    /// <summary>
    /// Takes an incident for change: from here to the end of the transaction nobody else changes it, so that an acknowledgement and
    /// a timer that race see each other.
    /// </summary>
    public async Task<IncidentRow?> TakeAsync(long incidentId, CancellationToken cancellationToken) =>
        (await TakeAsync([incidentId], cancellationToken)).SingleOrDefault();

    public async Task<IReadOnlyList<IncidentRow>> TakeAsync(IReadOnlyCollection<long> incidentIds, CancellationToken cancellationToken)
    {
        await db.Set<IncidentRow>().Where(row => incidentIds.Contains(row.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Version, row => row.Version + 1), cancellationToken);
        return await db.Set<IncidentRow>().AsSplitQuery()
            .Include(row => row.Timers)
            .Include(row => row.Pauses)
            .Include(row => row.Services)
            .Include(row => row.Roles)
            .Where(row => incidentIds.Contains(row.Id))
            .OrderBy(row => row.Id)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Ends a change: clocks are set to the new state, viewers and other features are told, and all is saved.</summary>
    public async Task TellAsync(IncidentRow incident, IncidentChangeKind kind, long nowMs, CancellationToken cancellationToken)
    {
        await mediator.Publish(new IncidentChanged(incident.Id, kind, nowMs), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Alerts of a burst join an incident together: it is taken, told and saved once, whatever their number.</summary>
    public async Task AttachToAsync(long incidentId, IReadOnlyList<AlertToAttach> alerts, long nowMs, CancellationToken cancellationToken)
    {
        if (await TakeAsync(incidentId, cancellationToken) is not { } incident)
        {
            return;
        }

        // What counts for the incident is each service and objective once, and the worst severity.
        var worstFirst = alerts.OrderBy(alert => ShippedScales.For(alert.Platform).Find(alert.Severity)?.Rank).ToList();
        foreach (var alert in worstFirst.DistinctBy(alert => (alert.Platform, alert.Service, alert.SloId)))
        {
            await JoinAsync(incident, alert, nowMs, cancellationToken);
        }

        var linked = await db.Set<IncidentAlertRow>().Where(row => row.IncidentId == incident.Id).Select(row => row.AlertId).ToHashSetAsync(cancellationToken);
        incident.Alerts.AddRange(alerts.Where(alert => linked.Add(alert.AlertId)).Select(alert => new IncidentAlertRow { AlertId = alert.AlertId, Title = Cut(alert.Title), AttachedAtMs = nowMs }));

        timeline.Append(incident.Id, TimelineKind.Alert, $"Alert: {Titles(alerts.Select(alert => alert.Title))}", null, nowMs);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Alerts fire no longer. An incident nobody took ends with its last alert; one that somebody has, waits for that person.</summary>
    public async Task AlertsClearedAsync(IReadOnlyCollection<long> alertIds, long nowMs, CancellationToken cancellationToken)
    {
        var links = new List<IncidentAlertRow>();
        foreach (var page in alertIds.Chunk(400))
        {
            links.AddRange(await db.Set<IncidentAlertRow>().Where(row => page.Contains(row.AlertId) && row.ClearedAtMs == null).ToListAsync(cancellationToken));
        }

        // Of an alert that was told to several incidents the newest hears of it.
        foreach (var ofIncident in links.GroupBy(link => link.AlertId).Select(ofAlert => ofAlert.MaxBy(link => link.IncidentId)!).GroupBy(link => link.IncidentId).ToList())
        {
            if (await TakeAsync(ofIncident.Key, cancellationToken) is { } incident)
            {
                await ClearAsync(incident, [.. ofIncident], nowMs, cancellationToken);
            }
        }
    }

    private async Task ClearAsync(IncidentRow incident, IReadOnlyList<IncidentAlertRow> links, long nowMs, CancellationToken cancellationToken)
    {
        foreach (var link in links)
        {
            link.ClearedAtMs = nowMs;
        }

        timeline.Append(incident.Id, TimelineKind.Alert, $"Alert cleared: {Titles(links.Select(link => link.Title))}", null, nowMs);
        await db.SaveChangesAsync(cancellationToken);
        if (!incident.IsOpen || await db.Set<IncidentAlertRow>().AnyAsync(row => row.IncidentId == incident.Id && row.ClearedAtMs == null, cancellationToken))
        {
            return;
        }

        if (incident.AcknowledgedAtMs is null)
        {
            await ending.ResolveAsync(incident, "All alerts cleared before anybody took it", null, nowMs, cancellationToken);
            await TellAsync(incident, IncidentChangeKind.Resolved, nowMs, cancellationToken);
            return;
        }

        timeline.Append(incident.Id, TimelineKind.Alert, "All alerts have cleared; resolve the incident when the fix holds", null, nowMs);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The first few by name: the timeline is read by people, and the alerts have a list of their own.</summary>
    private static string Titles(IEnumerable<string> titles)
    {
        const int named = 3;
        var all = titles.ToList();
        return all.Count <= named + 1
            ? string.Join("; ", all)
            : string.Create(CultureInfo.InvariantCulture, $"{string.Join("; ", all.Take(named))} and {all.Count - named:N0} more");
    }

    private async Task JoinAsync(IncidentRow incident, AlertToAttach alert, long nowMs, CancellationToken cancellationToken)
    {
        if (alert.Service is { } service && incident.Services.TrueForAll(row => row.Path != $"{alert.Platform}/{service}"))
        {
            incident.Services.Add(new IncidentServiceRow { Path = $"{alert.Platform}/{service}", Impact = ServiceImpact.Degraded });
        }

        if (alert.SloId is { } slo && !await db.Set<IncidentSloRow>().AnyAsync(row => row.IncidentId == incident.Id && row.Slo == slo, cancellationToken))
        {
            incident.Slos.Add(new IncidentSloRow { Slo = slo });
        }

        if (incident.IsOpen && ShippedScales.For(incident.Platform).Find(alert.Severity) is { } level && level.Rank < incident.SeverityRank)
        {
            await WorsenAsync(incident, level, nowMs, cancellationToken);
        }
    }

    private async Task WorsenAsync(IncidentRow incident, SeverityLevel level, long nowMs, CancellationToken cancellationToken)
    {
        timeline.Append(incident.Id, TimelineKind.Severity, $"Raised from {incident.Severity} to {level.Name} by a worse alert", null, nowMs);
        (incident.Severity, incident.SeverityRank) = (level.Name, level.Rank);
        if (incident.Escalation == EscalationState.Acknowledged)
        {
            escalator.ExpectWork(incident, nowMs);
        }
        else
        {
            await escalator.RestartAsync(incident, nowMs, cancellationToken);
        }

        clocks.Arm(incident, nowMs);
        await TellAsync(incident, IncidentChangeKind.SeverityChanged, nowMs, cancellationToken);
    }

    private static NewIncident Describe(AlertToAttach alert) => new()
    {
        Title = alert.Title,
        Summary = alert.Description,
        Platform = alert.Platform,
        Severity = alert.Severity,
        Services = alert.Service is null ? [] : [$"{alert.Platform}/{alert.Service}"],
        Slos = alert.SloId is null ? [] : [alert.SloId],
        GroupKey = alert.GroupKey,
        PolicyId = alert.PolicyId,
        Alert = alert,
        StartedMs = alert.StartedMs,
    };

    private static string Cut(string title) => title.Length <= IncidentRow.MaxTitleLength ? title : $"{title[..(IncidentRow.MaxTitleLength - 1)]}…";

    /// <summary>#incident-YYYY-MM-DD-XXX by the UTC day of its detection (SLA Playbook, 2.2, Triage).</summary>
    internal async Task<string> NextNameAsync(long nowMs, CancellationToken cancellationToken) => (await NextNamesAsync(nowMs, 1, cancellationToken))[0];

    private async Task<IReadOnlyList<string>> NextNamesAsync(long nowMs, int count, CancellationToken cancellationToken)
    {
        var date = Instants.ToInstant(nowMs).UtcDateTime;
        var day = int.Parse(date.ToString("yyyyMMdd", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var counted = await db.Set<IncidentDayRow>().Where(row => row.Day == day)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Last, row => row.Last + count), cancellationToken);
        if (counted == 0)
        {
            db.Add(new IncidentDayRow { Day = day, Last = count });
            await db.SaveChangesAsync(cancellationToken);
        }

        var last = await db.Set<IncidentDayRow>().AsNoTracking().Where(row => row.Day == day).Select(row => row.Last).SingleAsync(cancellationToken);
        return [.. Enumerable.Range(last - count + 1, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"#incident-{date:yyyy-MM-dd}-{number:000}"))];
    }
}
