using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Alerts.Desk;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Alerts;

/// <summary>
/// Takes in what senders say of alerts, inside the caller's transaction: the alert, the incident it opens and the page that is owed
/// commit together or not at all.
/// </summary>
public sealed class AlertDesk
{
    private readonly OpsDbContext db;
    private readonly IncidentDesk incidents;
    private readonly IMediator mediator;
    private readonly MaintenanceToday maintenance;
    private readonly TimeProvider time;

    internal AlertDesk(OpsDbContext db, IncidentDesk incidents, IMediator mediator, MaintenanceToday maintenance, TimeProvider time) =>
        (this.db, this.incidents, this.mediator, this.maintenance, this.time) = (db, incidents, mediator, maintenance, time);

    /// <summary>An alert fires. Told again it is counted, and pages nobody again.</summary>
    public async Task RaiseAsync(AlertSignal signal, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        // The product's own alerts come in order, whatever their clocks say: no firing of theirs is overtaken by its end.
        await ApplyAsync([new AlertMessage(signal, null, null)], _ => null, now, cancellationToken);
        await AnnounceAsync(now, cancellationToken);
    }

    /// <summary>An alert fires no longer; one that is not open is left alone.</summary>
    public async Task ClearAsync(string key, long endsAtMs, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var book = await AlertBook.ReadAsync(db, [key], cancellationToken);
        if (book.Open(key) is { } alert && book.Close(key, AlertSequence.ClosedBy(book.Known(key), null, long.MaxValue), endsAtMs, now))
        {
            await SettleAsync([], [alert], now, cancellationToken);
            await AnnounceAsync(now, cancellationToken);
        }
    }

    /// <summary>Takes messages in their order. The caller announces.</summary>
    /// <param name="platformOf">Platform of an integration; null: it has none.</param>
    /// <returns>One verdict a message.</returns>
    internal async Task<IReadOnlyList<MessageVerdict>> ApplyAsync(
        IReadOnlyList<AlertMessage> messages,
        Func<int?, string?> platformOf,
        long nowMs,
        CancellationToken cancellationToken)
    {
        var book = await AlertBook.ReadAsync(db, messages.Select(message => message.Key), cancellationToken);
        var terms = await AlertTerms.ReadAsync(db, maintenance, nowMs, cancellationToken);
        var opened = new List<AlertRow>();
        var cleared = new List<AlertRow>();
        var verdicts = new List<MessageVerdict>(messages.Count);
        foreach (var message in messages)
        {
            verdicts.Add(message.EndsAtMs is { } endsAt
                ? Resolve(book, message, endsAt, cleared, nowMs)
                : Fire(book, terms, message, platformOf(message.Signal.IntegrationId), opened, nowMs));
        }

        await SettleAsync(opened, cleared, nowMs, cancellationToken);
        return verdicts;
    }

    /// <summary>Lets alerts page whose silence or maintenance is over, and mutes open ones that a new silence covers.</summary>
    /// <returns>How many changed.</returns>
    internal async Task<int> ReviewMutesAsync(long nowMs, CancellationToken cancellationToken)
    {
        var terms = await AlertTerms.ReadAsync(db, maintenance, nowMs, cancellationToken);
        var changed = new List<AlertRow>();
        foreach (var alert in await db.Set<AlertRow>().Where(row => row.OpenKey != null).ToListAsync(cancellationToken))
        {
            var (mute, silenceId) = terms.MuteOf(AlertText.Read(alert.Labels), alert.Platform, alert.Service);
            if (mute != alert.Mute || silenceId != alert.SilenceId)
            {
                (alert.Mute, alert.SilenceId) = (mute, silenceId);
                changed.Add(alert);
            }
        }

        await AttachAsync(changed, nowMs, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return changed.Count;
    }

    /// <summary>Whether <see cref="ReviewMutesAsync"/> would change anything; reads only.</summary>
    internal async Task<bool> AnyMuteChangedAsync(long nowMs, CancellationToken cancellationToken)
    {
        var terms = await AlertTerms.ReadAsync(db, maintenance, nowMs, cancellationToken);
        var open = await db.Set<AlertRow>().AsNoTracking()
            .Where(row => row.OpenKey != null && (terms.MuteAnything || row.Mute != AlertMute.None))
            .Select(row => new { row.Labels, row.Platform, row.Service, row.Mute, row.SilenceId })
            .ToListAsync(cancellationToken);
        return open.Exists(alert => terms.MuteOf(AlertText.Read(alert.Labels), alert.Platform, alert.Service) != (alert.Mute, alert.SilenceId));
    }

    internal async Task AnnounceAsync(long nowMs, CancellationToken cancellationToken)
    {
        db.Announce(nowMs, ("alerts", "all"));
        await db.SaveChangesAsync(cancellationToken);
    }

    private static MessageVerdict Fire(AlertBook book, AlertTerms terms, AlertMessage message, string? integrationPlatform, List<AlertRow> opened, long nowMs)
    {
        var known = book.Known(message.Key);
        var alert = book.Open(message.Key);
        // Who does not say when it began means the firing that is open, or a new one.
        var starts = message.StartsAtMs ?? (alert is null ? nowMs : known.Where(occurrence => occurrence.IsOpen).Max(occurrence => occurrence.StartsAtMs));
        var verdict = message.StartsAtMs is null && alert is null ? FiringVerdict.Opens : AlertSequence.OfFiring(known, starts, nowMs);
        if (verdict == FiringVerdict.Late)
        {
            return MessageVerdict.Ignored;
        }

        if (alert is null)
        {
            alert = Open(terms, message.Signal, integrationPlatform, nowMs);
            book.Add(alert);
            book.AddOccurrence(message.Key, alert, starts, null, nowMs);
            opened.Add(alert);
            return MessageVerdict.Opened;
        }

        (alert.Title, alert.Description, alert.Link) = AlertText.Texts(message.Signal);
        alert.Annotations = AlertText.Write(message.Signal.Annotations);
        alert.LastSeenAtMs = nowMs;
        alert.Repeats++;
        if (verdict == FiringVerdict.FiresAgain)
        {
            alert.Occurrences++;
            book.AddOccurrence(message.Key, alert, starts, null, nowMs);
        }
        else if (book.Occurrence(message.Key, starts) is { } occurrence)
        {
            occurrence.Repeats++;
        }

        return MessageVerdict.Repeated;
    }

    private static MessageVerdict Resolve(AlertBook book, AlertMessage message, long endsAtMs, List<AlertRow> cleared, long nowMs)
    {
        var known = book.Known(message.Key);
        var closed = AlertSequence.ClosedBy(known, message.StartsAtMs, endsAtMs);
        if (closed.Count == 0)
        {
            if (message.StartsAtMs is { } starts && AlertSequence.MustRemember(known, starts))
            {
                book.AddOccurrence(message.Key, null, starts, Math.Max(endsAtMs, starts), nowMs);
            }

            return MessageVerdict.Ignored;
        }

        var alert = book.Open(message.Key);
        if (!book.Close(message.Key, closed, endsAtMs, nowMs))
        {
            return MessageVerdict.Repeated;
        }

        cleared.Add(alert!);
        return MessageVerdict.Resolved;
    }

    private static AlertRow Open(AlertTerms terms, AlertSignal signal, string? integrationPlatform, long nowMs)
    {
        var route = terms.Route(signal, signal.Labels, integrationPlatform);
        var labels = new Dictionary<string, string>(signal.Labels, StringComparer.Ordinal);
        labels.TryAdd("platform", route.Platform);
        labels.TryAdd("severity", AlertTerms.SeverityOf(route));
        if (route.Service is not null)
        {
            labels.TryAdd("service", route.Service);
        }

        var (mute, silenceId) = terms.MuteOf(labels, route.Platform, route.Service);
        var (title, description, link) = AlertText.Texts(signal);
        return new AlertRow
        {
            Key = signal.Key,
            OpenKey = signal.Key,
            GroupKey = signal.GroupKey,
            Source = signal.Source,
            IntegrationId = signal.IntegrationId,
            Title = title,
            Description = description,
            Link = link,
            Labels = AlertText.Write(labels),
            Annotations = AlertText.Write(signal.Annotations),
            Platform = route.Platform,
            Service = route.Service,
            Level = route.Level,
            Severity = AlertTerms.SeverityOf(route),
            Action = route.Action,
            PolicyId = route.PolicyId,
            StartsAtMs = Math.Min(signal.StartsAtMs, nowMs),
            OpenedAtMs = nowMs,
            LastSeenAtMs = nowMs,
            StaleAfterSeconds = signal.StaleAfterSeconds,
            Mute = mute,
            SilenceId = silenceId,
            IncidentId = signal.IncidentId,
        };
    }

    /// <summary>Gives the new alerts their numbers, then lets incidents open, grow and quieten.</summary>
    private async Task SettleAsync(List<AlertRow> opened, List<AlertRow> cleared, long nowMs, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        await AttachAsync(opened, nowMs, cancellationToken);
        foreach (var alert in opened)
        {
            await mediator.Publish(
                new AlertOpened(alert.Id, alert.Title, alert.Platform, alert.Service, alert.Severity, alert.Level, alert.Action, alert.Mute != AlertMute.None, nowMs),
                cancellationToken);
        }

        var ended = cleared.Where(alert => alert.IncidentId is not null).Select(alert => alert.Id).ToList();
        if (ended.Count > 0)
        {
            await incidents.AlertsClearedAsync(ended, nowMs, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>What began and ended within one transaction, is muted, or may not page opens no incident.</summary>
    private async Task AttachAsync(IReadOnlyCollection<AlertRow> alerts, long nowMs, CancellationToken cancellationToken)
    {
        var paging = alerts.Where(alert => alert is { IsOpen: true, Action: AlertAction.Page, Mute: AlertMute.None, IncidentId: null }).ToList();
        var places = await AlertGrouping.GroupAsync(db, paging, nowMs, cancellationToken);
        var fresh = places.Where(place => place.IncidentId is null).ToList();
        var opened = await incidents.OpenForAsync([.. fresh.Select(place => ToAttach(place.Alerts[0]))], nowMs, cancellationToken);
        foreach (var (place, id) in fresh.Zip(opened))
        {
            place.Alerts[0].IncidentId = id;
            await JoinAsync(id, place.Alerts.Skip(1), nowMs, cancellationToken);
        }

        foreach (var place in places.Where(place => place.IncidentId is not null))
        {
            await JoinAsync(place.IncidentId!.Value, place.Alerts, nowMs, cancellationToken);
        }
    }

    /// <summary>Together: a burst takes its incident once.</summary>
    private async Task JoinAsync(long incidentId, IEnumerable<AlertRow> alerts, long nowMs, CancellationToken cancellationToken)
    {
        var joining = alerts.ToList();
        joining.ForEach(alert => alert.IncidentId = incidentId);
        if (joining.Count > 0)
        {
            await incidents.AttachToAsync(incidentId, joining.ConvertAll(ToAttach), nowMs, cancellationToken);
        }
    }

    private static AlertToAttach ToAttach(AlertRow alert) => new(
        alert.Id,
        alert.Title,
        alert.Description,
        alert.Platform,
        alert.Service,
        alert.Source == AlertSource.BurnRate ? AlertText.Read(alert.Labels).GetValueOrDefault("slo") : null,
        alert.Severity,
        alert.GroupKey,
        alert.PolicyId,
        alert.StartsAtMs);
}
