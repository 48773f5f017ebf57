using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Notifications.Pages;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Protection;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Notifications.Contacts;

/// <summary>Sends a page about nothing to a verified contact method, by the way every page takes.</summary>
public sealed record SendTestPage(int Id) : ICommand<Done>
{
    public static Access Access => Access.Respond;
}

internal sealed class SendTestPageHandler(OpsDbContext db, Outbox outbox, ChannelSetup channels, IFieldSeal seal, CallerContext caller, TimeProvider time)
    : IRequestHandler<SendTestPage, Outcome<Done>>
{
    private const long PauseMs = 10_000;

    public async Task<Outcome<Done>> Handle(SendTestPage request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var row = await db.Set<ContactMethodRow>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
        if (row is null)
        {
            return Failure.NotFound("This contact method");
        }

        if (ContactRight.Objection(caller.Current, row.PersonId) is { } objection)
        {
            return objection;
        }

        if (row.VerifiedAtMs is null)
        {
            return Failure.Conflict("Verify the contact method first: what is not verified is never paged.");
        }

        if (channels.Lack(row) is { } lack)
        {
            return Failure.Conflict(lack);
        }

        if (row.TestedAtMs is { } tested && now < tested + PauseMs)
        {
            return Failure.Conflict("A test page was sent less than ten seconds ago.");
        }

        row.TestedAtMs = now;
        row.Sent++;
        const string Text = "This is a test page you asked for. Nothing is broken, and nothing needs to be done.";
        outbox.Add(
            new OutgoingMessage
            {
                DedupeKey = $"test/{row.Id}/{row.Sent}",
                Channel = row.Channel,
                Address = seal.Open(row.Address),
                Subject = "Test page",
                Text = row.Channel == Channel.Webhook ? PageText.Json(new { Type = "test", Text }) : Text,
                SigningSecret = seal.OpenAny(row.SigningSecret),
            },
            MessageKind.Test,
            new ContactOfMessage(row.PersonId, row.Id));
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}
