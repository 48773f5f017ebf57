using System.Globalization;
using System.Text;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Escalation;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Incidents.Work;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Incidents.PostMortems;

/// <summary>An action item is past its day. Published in the transaction that says so in the timeline, at most once a day an item.</summary>
public sealed record ActionItemOverdue(long IncidentId, long ItemId, string Title, string Owner, string? OwnerId, long DueMs, int Times, long AtMs) : INotification;

/// <summary>The document is not published 72 hours after it was opened. Published once, in the transaction that says so in the timeline.</summary>
/// <param name="OwnerId">The incident's lead, else who had it; null: nobody of the roster.</param>
public sealed record PostMortemOverdue(long IncidentId, long PostMortemId, string IncidentName, string Title, string? OwnerId, long AtMs) : INotification;

/// <summary>
/// Opens post-mortems and keeps the timer that says what of them is overdue: first the document after 72 hours, then each action
/// item, once a day until it is done, also long after the incident was closed.
/// </summary>
internal sealed class PostMortemDesk(OpsDbContext db, IncidentDesk incidents, IncidentTimeline timeline, IMediator mediator) : ITimerListener, INotificationHandler<IncidentChanged>, INotificationHandler<ResolutionUndone>
{
    public const long DueAfterMs = 72 * Instants.HourMs;
    private const int MostEntries = 200;

    public async Task Handle(IncidentChanged notification, CancellationToken cancellationToken)
    {
        if (notification.Kind != IncidentChangeKind.Resolved)
        {
            return;
        }

        // The entry of the resolution belongs into the template.
        await db.SaveChangesAsync(cancellationToken);
        if (await TakeAsync(notification.IncidentId, cancellationToken) is not { IsOpen: false, MergedIntoId: null } incident)
        {
            return;
        }

        var known = await db.Set<PostMortemRow>().Include(row => row.Items).SingleOrDefaultAsync(row => row.IncidentId == incident.Id, cancellationToken);
        if (known is not null)
        {
            // It was reopened meanwhile, which stopped the timer.
            await ArmAsync(incident, known, notification.AtMs, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }
        else if (incident.SeverityRank <= 1)
        {
            await OpenAsync(incident, "the product", notification.AtMs, cancellationToken);
        }
    }

    /// <summary>One that the slip opened and nobody has touched goes with it; another only waits.</summary>
    public async Task Handle(ResolutionUndone notification, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        var row = await db.Set<PostMortemRow>().Include(one => one.Items).SingleOrDefaultAsync(one => one.IncidentId == notification.IncidentId, cancellationToken);
        if (row is { Version: 1, Items.Count: 0 } && row.OpenedAtMs == notification.ResolvedAtMs)
        {
            db.Remove(row);
            timeline.Append(notification.IncidentId, TimelineKind.PostMortem, "The post-mortem is not wanted yet", null, notification.AtMs);
        }

        (await TakeAsync(notification.IncidentId, cancellationToken))?.SetTimer(IncidentTimer.PostMortem, null);
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task<PostMortemRow> OpenAsync(IncidentRow incident, string by, long nowMs, CancellationToken cancellationToken)
    {
        var row = new PostMortemRow
        {
            IncidentId = incident.Id,
            State = PostMortemState.Draft,
            Text = await TemplateAsync(incident, cancellationToken),
            OpenedBy = by,
            OpenedAtMs = nowMs,
            DueAtMs = nowMs + DueAfterMs,
            UpdatedBy = by,
            UpdatedAtMs = nowMs,
            Version = 1,
        };
        db.Add(row);
        timeline.Append(incident.Id, TimelineKind.PostMortem, $"Post-mortem opened, due {Words.Instant(row.DueAtMs)}", by, nowMs);
        await ArmAsync(incident, row, nowMs, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return row;
    }

    /// <summary>Sets the incident's timer to what is overdue next.</summary>
    public async Task ArmAsync(IncidentRow incident, PostMortemRow row, long nowMs, CancellationToken cancellationToken)
    {
        if (db.Entry(row).State != EntityState.Added)
        {
            await db.Entry(row).Collection(one => one.Items).LoadAsync(cancellationToken);
        }

        var dues = row.Items.Where(item => item.DoneAtMs is null).Select(item => Math.Max(item.DueAtMs, (item.ChasedAtMs + Instants.DayMs) ?? 0));
        if (row.State != PostMortemState.Published && row.ToldOverdueAtMs is null)
        {
            dues = dues.Append(row.DueAtMs);
        }

        var next = dues.DefaultIfEmpty(0).Min();
        incident.SetTimer(IncidentTimer.PostMortem, next == 0 ? null : Math.Max(next, nowMs));
    }

    public async Task FireAsync(IncidentRow incident, IncidentTimer timer, long nowMs, CancellationToken cancellationToken)
    {
        var row = await db.Set<PostMortemRow>().Include(one => one.Items).SingleOrDefaultAsync(one => one.IncidentId == incident.Id, cancellationToken);
        if (timer != IncidentTimer.PostMortem || row is null)
        {
            return;
        }

        if (row.State != PostMortemState.Published && row.ToldOverdueAtMs is null && row.DueAtMs <= nowMs)
        {
            row.ToldOverdueAtMs = nowMs;
            timeline.Append(incident.Id, TimelineKind.PostMortem, "The post-mortem is overdue: 72 hours have passed since it was opened", null, nowMs);
            var owner = incident.Roles.Find(role => role.Role == IncidentRole.Lead)?.PersonId ?? incident.AcknowledgedById;
            await mediator.Publish(new PostMortemOverdue(incident.Id, row.Id, incident.Name, incident.Title, owner is { Length: > 0 } ? owner : null, nowMs), cancellationToken);
        }

        foreach (var item in row.Items.Where(item => item.DoneAtMs is null && item.DueAtMs <= nowMs && (item.ChasedAtMs ?? 0) + Instants.DayMs <= nowMs))
        {
            item.ChasedAtMs = nowMs;
            item.Chased++;
            timeline.Append(incident.Id, TimelineKind.PostMortem, $"Action item overdue since {Words.Instant(item.DueAtMs)}: {item.Title} ({item.Owner})", null, nowMs);
            await mediator.Publish(new ActionItemOverdue(incident.Id, item.Id, item.Title, item.Owner, item.OwnerId, item.DueAtMs, item.Chased, nowMs), cancellationToken);
        }

        await ArmAsync(incident, row, nowMs, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Locks the incident, whose timer every change here sets anew.</summary>
    public Task<IncidentRow?> TakeAsync(long incidentId, CancellationToken cancellationToken) => incidents.TakeAsync(incidentId, cancellationToken);

    private async Task<string> TemplateAsync(IncidentRow incident, CancellationToken cancellationToken)
    {
        var entries = await db.Set<TimelineRow>().AsNoTracking()
            .Where(row => row.IncidentId == incident.Id && row.Kind != TimelineKind.Page)
            .OrderBy(row => row.AtMs).ThenBy(row => row.Id)
            .Take(MostEntries)
            .ToListAsync(cancellationToken);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## Summary\n\n{incident.Summary ?? $"{incident.Title}."}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"## Impact\n\n{incident.Severity} on {incident.Platform}");
        text.Append(incident.Services.Count == 0 ? ".\n" : $": {string.Join(", ", incident.Services.Select(service => $"{service.Path} ({Words.Impact(service.Impact)})"))}.\n");
        text.Append("\n## Times\n\n");
        Milestone("Started", incident.StartedAtMs);
        Milestone("Detected", incident.DetectedAtMs);
        Milestone("Acknowledged", incident.AcknowledgedAtMs);
        Milestone("Mitigated", incident.MitigatedAtMs);
        Milestone("Resolved", incident.ResolvedAtMs);
        text.Append("\n## Root cause\n\n\n## What went well\n\n\n## What went wrong\n\n\n## Where we were lucky\n\n\n## Timeline\n\n");
        foreach (var entry in entries)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {Words.Instant(entry.AtMs)} {entry.Text.ReplaceLineEndings(" ")}{(entry.Actor is { } actor ? $" ({actor})" : null)}\n");
        }

        return text.Length <= PostMortemRow.MaxTextLength ? text.ToString() : text.ToString(0, PostMortemRow.MaxTextLength);

        void Milestone(string name, long? at)
        {
            if (at is { } ms)
            {
                var after = TimeSpan.FromMilliseconds(ms - incident.StartedAtMs);
                text.Append(CultureInfo.InvariantCulture, $"- {name}: {Words.Instant(ms)}{(after > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $", {Math.Round(after.TotalMinutes)} min after the start") : null)}\n");
            }
        }
    }
}
