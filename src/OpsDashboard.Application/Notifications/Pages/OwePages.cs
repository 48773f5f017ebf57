using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Notifications.Channels;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Outbound;
using OpsDashboard.Application.Platform.Protection;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Notifications;
using OpsDashboard.Domain.OnCall;

namespace OpsDashboard.Application.Notifications.Pages;

/// <summary>
/// Writes the intents to page into the transaction of their cause: one for each contact method of each person, unique by
/// incident, level, cycle and contact method. Told of the same page twice, it writes nothing.
/// </summary>
internal sealed class OwePagesHandler(OpsDbContext db, Outbox outbox, KnownPages known, ChannelSetup channels, PublicAddress address, IncidentTimeline timeline, IFieldSeal seal)
    : INotificationHandler<PageOwed>
{
    // One transaction may page the same people for a thousand incidents.
    private readonly Dictionary<string, Reach> reaches = new(StringComparer.Ordinal);

    public async Task Handle(PageOwed notification, CancellationToken cancellationToken)
    {
        await known.ReadAsync([notification.IncidentId], cancellationToken);
        await ReadAsync(notification.People, cancellationToken);
        notification.Reach.Add(notification.People.Count(person => reaches[person.Id].Methods.Count > 0));
        foreach (var person in notification.People)
        {
            var reach = reaches[person.Id];
            if (reach.Methods.Count == 0 && known.Add(notification, person.Id, PageRow.NoContact))
            {
                db.Add(Row(notification, person, PageRow.NoContact, notification.AtMs, key: null, token: null));
                timeline.Append(notification.IncidentId, TimelineKind.Page, $"{person.Name} cannot be paged: no verified contact method on a channel that is set up", null, notification.AtMs);
            }

            foreach (var method in reach.Methods.Where(method => known.Add(notification, person.Id, method.Id)))
            {
                Owe(notification, person, method, reach.Quiet);
            }
        }
    }

    private void Owe(PageOwed owed, PersonRef person, ContactMethodRow method, QuietHours? quiet)
    {
        var due = owed.AtMs + (method.DelaySeconds * 1000L);
        due = owed.Urgent || quiet is null ? due : quiet.FirstLoud(due);
        var token = PageText.NewToken();
        var key = string.Create(CultureInfo.InvariantCulture, $"page/{owed.IncidentId}/{owed.Level}/{owed.Cycle}/{method.Id}");
        var text = PageText.For(
            method.Channel,
            owed,
            person,
            address.Link($"/p/{token}"),
            address.Link(string.Create(CultureInfo.InvariantCulture, $"/incidents/{owed.IncidentId}")));
        db.Add(Row(owed, person, method.Id, due, key, token));
        outbox.Add(
            new OutgoingMessage
            {
                DedupeKey = key,
                Channel = method.Channel,
                Address = seal.Open(method.Address),
                Subject = text.Subject,
                Text = text.Text,
                Html = text.Html,
                SigningSecret = seal.OpenAny(method.SigningSecret),
                Headers = method.Channel == Channel.Voice ? new Dictionary<string, string>(StringComparer.Ordinal) { [TwilioCallbacks.GatherHeader] = address.Link(TwilioCallbacks.PathOf(token)) } : null,
                NotBeforeMs = due,
            },
            MessageKind.Page,
            new ContactOfMessage(person.Id, method.Id));
    }

    private async Task ReadAsync(IReadOnlyList<PersonRef> people, CancellationToken cancellationToken)
    {
        var missing = people.Select(person => person.Id).Where(id => !reaches.ContainsKey(id)).Distinct(StringComparer.Ordinal).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        var methods = (await db.Set<ContactMethodRow>().AsNoTracking()
            .Where(row => missing.Contains(row.PersonId) && row.VerifiedAtMs != null)
            .OrderBy(row => row.Position)
            .ThenBy(row => row.Id)
            .ToListAsync(cancellationToken)).Where(channels.IsUsable).ToLookup(row => row.PersonId, StringComparer.Ordinal);
        var quiet = await db.Set<QuietHoursRow>().AsNoTracking().Where(row => missing.Contains(row.PersonId)).ToDictionaryAsync(row => row.PersonId, StringComparer.Ordinal, cancellationToken);
        foreach (var id in missing)
        {
            var hours = quiet.GetValueOrDefault(id);
            reaches[id] = new Reach([.. methods[id]], hours is null ? null : new QuietHours(hours.Zone, hours.FromMinute, hours.ToMinute));
        }
    }

    private static PageRow Row(PageOwed owed, PersonRef person, int contact, long due, string? key, string? token) => new()
    {
        IncidentId = owed.IncidentId,
        Level = owed.Level,
        Cycle = owed.Cycle,
        PersonId = person.Id,
        PersonName = person.Name,
        ContactId = contact,
        LevelName = owed.LevelName,
        Title = owed.Title,
        Platform = owed.Platform,
        Severity = owed.Severity,
        CatchAll = owed.CatchAll,
        MessageKey = key,
        TokenHash = token is null ? null : PageText.HashOf(token),
        OwedAtMs = owed.AtMs,
        DueMs = due,
    };

    private sealed record Reach(IReadOnlyList<ContactMethodRow> Methods, QuietHours? Quiet);
}
