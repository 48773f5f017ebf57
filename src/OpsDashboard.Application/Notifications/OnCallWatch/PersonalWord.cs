using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Protection;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Notifications.OnCallWatch;

/// <summary>A word to one person that is no page: by the first quiet way they can be reached, or by the first of any for what cannot wait.</summary>
internal sealed class PersonalWord(OpsDbContext db, Outbox outbox, ChannelSetup channels, IFieldSeal seal)
{
    private static readonly Channel[] Quiet = [Channel.Email, Channel.Slack];

    /// <param name="key">Names the word; the same again is not sent twice.</param>
    /// <returns>Whether there is a way.</returns>
    public async Task<bool> SendAsync(string personId, string key, string subject, string text, bool urgent, long atMs, CancellationToken cancellationToken)
    {
        var usable = urgent ? channels.Usable.ToList() : channels.Usable.Intersect(Quiet).ToList();
        var method = await db.Set<ContactMethodRow>().AsNoTracking()
            .Where(row => row.PersonId == personId && row.VerifiedAtMs != null && usable.Contains(row.Channel))
            .OrderBy(row => row.Position)
            .ThenBy(row => row.Id)
            .FirstOrDefaultAsync(cancellationToken);
        if (method is null)
        {
            return false;
        }

        outbox.Enqueue(new OutgoingMessage
        {
            DedupeKey = $"{key}/{method.Id}",
            Channel = method.Channel,
            Address = seal.Open(method.Address),
            Subject = subject,
            Text = text,
            SigningSecret = seal.OpenAny(method.SigningSecret),
            NotBeforeMs = atMs,
        });
        return true;
    }
}
