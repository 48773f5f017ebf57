using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Protection;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain.Notifications;

namespace OpsDashboard.Application.Notifications.Contacts;

/// <param name="Name">Before the @; the domain is that of the record.</param>
public sealed record RecordedContact(string PersonId, string Name, int DelayMinutes, QuietHours? Quiet);

/// <summary>Contact methods of people who are made up. Their mailboxes lie in a domain nobody can have, so nothing is sent to them.</summary>
public sealed class ContactRecord
{
    private const string Domain = DemoMailboxOptions.Domain;

    private readonly OpsDbContext db;
    private readonly IFieldSeal seal;

    internal ContactRecord(OpsDbContext db, IFieldSeal seal) => (this.db, this.seal) = (db, seal);

    /// <summary>Replaces what was recorded before; others' contact methods stay. Runs in the caller's transaction.</summary>
    public async Task ReplaceAsync(IReadOnlyList<RecordedContact> contacts, long nowMs, CancellationToken cancellationToken)
    {
        var known = await db.Set<ContactMethodRow>().Where(row => row.IsDemo).ToListAsync(cancellationToken);
        var people = known.Select(row => row.PersonId).Concat(contacts.Select(contact => contact.PersonId)).ToHashSet(StringComparer.Ordinal);
        db.RemoveRange(known);
        db.RemoveRange(await db.Set<QuietHoursRow>().Where(row => people.Contains(row.PersonId)).ToListAsync(cancellationToken));
        db.AddRange(contacts.Select(contact => new ContactMethodRow
        {
            PersonId = contact.PersonId,
            Channel = Channel.Email,
            Address = seal.Close(contact.Name + Domain),
            IsDemo = true,
            Label = "",
            Position = 0,
            DelaySeconds = contact.DelayMinutes * 60,
            VerifiedAtMs = nowMs,
            CreatedAtMs = nowMs,
        }));
        db.AddRange(contacts.Where(contact => contact.Quiet is not null).Select(contact => new QuietHoursRow
        {
            PersonId = contact.PersonId,
            Zone = contact.Quiet!.Zone,
            FromMinute = contact.Quiet.FromMinute,
            ToMinute = contact.Quiet.ToMinute,
        }));
        db.Announce(nowMs, ("paging", "all"));
        await db.SaveChangesAsync(cancellationToken);
    }
}
