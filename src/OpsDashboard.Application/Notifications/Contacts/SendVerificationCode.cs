using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Notifications.Pages;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Protection;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Notifications.Contacts;

/// <summary>Sends a code to a contact method, to be entered where it was added. A new one makes the one before worthless.</summary>
public sealed record SendVerificationCode(int Id) : ICommand<Done>
{
    public static Access Access => Access.Respond;
}

internal sealed class SendVerificationCodeHandler(OpsDbContext db, Outbox outbox, ChannelSetup channels, IFieldSeal seal, CallerContext caller, TimeProvider time)
    : IRequestHandler<SendVerificationCode, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(SendVerificationCode request, CancellationToken cancellationToken)
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

        if (row.VerifiedAtMs is not null)
        {
            return Failure.Conflict("This contact method is verified.");
        }

        if (channels.Lack(row) is { } lack)
        {
            return Failure.Conflict(lack);
        }

        if (row.CodeSentAtMs is { } sent && now < sent + VerificationCode.PauseMs)
        {
            return Failure.Conflict("A code was sent less than a minute ago.");
        }

        Send(row, now);
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }

    private void Send(ContactMethodRow row, long now)
    {
        var code = VerificationCode.Create();
        row.CodeHash = VerificationCode.Hash(row.Id, code);
        row.CodeSentAtMs = now;
        row.CodeTries = 0;
        row.Sent++;
        var spoken = row.Channel == Channel.Voice ? string.Join(", ", code.AsEnumerable()) : code;
        outbox.Add(
            new OutgoingMessage
            {
                DedupeKey = $"verify/{row.Id}/{row.Sent}",
                Channel = row.Channel,
                Address = seal.Open(row.Address),
                Subject = "Verify this contact method for pages",
                Text = row.Channel == Channel.Webhook
                    ? PageText.Json(new { Type = "verification", Code = code })
                    : $"Your OpsDashboard code is {spoken}. It holds for 15 minutes. Whoever did not ask for it need do nothing.",
                SigningSecret = seal.OpenAny(row.SigningSecret),
            },
            MessageKind.Verification,
            new ContactOfMessage(row.PersonId, row.Id));
    }
}
