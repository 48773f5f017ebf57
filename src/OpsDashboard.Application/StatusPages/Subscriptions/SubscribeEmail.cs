using System.Net.Mail;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Platform.Outbound;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.StatusPages.Store;

namespace OpsDashboard.Application.StatusPages.Subscriptions;

/// <summary>
/// Asks an address whether it wants to be told of a page. The answer is the same whatever is known of the address, and an address is
/// asked at most once in ten minutes.
/// </summary>
public sealed record SubscribeEmail(string Page, string Email) : ICommand<Done>
{
    public const int MaxEmailLength = 254;

    public static Access Access => Access.Public;
}

internal sealed class SubscribeEmailValidator : AbstractValidator<SubscribeEmail>
{
    public SubscribeEmailValidator()
    {
        RuleFor(request => request.Email).Must(IsAddress).WithErrorCode("email.address").WithMessage("Enter an e-mail address, such as you@example.org.");
    }

    // The address goes into a mail header: nothing but one plain mailbox will do.
    private static bool IsAddress(string? email) =>
        email?.Trim() is { Length: > 2 and <= SubscribeEmail.MaxEmailLength } text
        && !text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter is '<' or '>' or ',' or ';' or '"')
        && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal);
}

internal sealed class SubscribeEmailHandler(
    OpsDbContext db,
    ISubscriberSeal seal,
    Outbox outbox,
    PublicAddress site,
    PlatformTitles titles,
    TimeProvider time) : IRequestHandler<SubscribeEmail, Outcome<Done>>
{
    /// <summary>Hard limit of subscriptions, confirmed or not.</summary>
    internal const int Most = 20_000;

    internal const long AskAgainMs = 10 * Instants.MinuteMs;
    internal const long ConfirmWithinMs = Instants.DayMs;

    public async Task<Outcome<Done>> Handle(SubscribeEmail request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        if (!await db.IsPageAsync(request.Page, cancellationToken))
        {
            return Failure.NotFound("This page");
        }

        var email = request.Email.Trim();
        var hash = Subscribers.AddressHash(request.Page, SubscriberKind.Email, email);
        var row = await db.Set<SubscriberRow>().SingleOrDefaultAsync(row => row.AddressHash == hash, cancellationToken);
        if (row is { State: SubscriberState.Confirmed } || (row is not null && row.AskedAtMs > now - AskAgainMs))
        {
            // Neither a second mail nor another answer: the form tells nobody who is subscribed.
            return default(Done);
        }

        if (row is null)
        {
            if (await db.Set<SubscriberRow>().CountAsync(one => one.State != SubscriberState.Gone, cancellationToken) >= Most)
            {
                return Failure.Unavailable("This page takes no further subscriptions.", TimeSpan.FromHours(1));
            }

            var leave = SubscriptionTokens.New();
            row = new SubscriberRow
            {
                Page = request.Page,
                Kind = SubscriberKind.Email,
                Address = email,
                AddressHash = hash,
                State = SubscriberState.Pending,
                LeaveHash = SubscriptionTokens.Hash(leave),
                LeaveSealed = seal.Seal(leave),
                CreatedAtMs = now,
            };
            db.Add(row);
        }

        var token = SubscriptionTokens.New();
        (row.ConfirmHash, row.ConfirmUntilMs, row.AskedAtMs) = (SubscriptionTokens.Hash(token), now + ConfirmWithinMs, now);
        await db.SaveChangesAsync(cancellationToken);
        var what = request.Page == StatusSite.All ? "all services" : titles.Of(request.Page);
        outbox.Enqueue(new OutgoingMessage
        {
            DedupeKey = $"status-confirm:{row.ConfirmHash}",
            Channel = Channel.Email,
            Address = email,
            Subject = $"Confirm your subscription to the status of {what}",
            Text = $"Somebody, hopefully you, asked for updates on the status of {what} to be sent to this address.\n\n"
                + $"To confirm, open this link within a day:\n{site.Url}/status/subscriptions/confirm?token={token}\n\n"
                + "If it was not you, do nothing: no further mail will come.",
        });
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}
