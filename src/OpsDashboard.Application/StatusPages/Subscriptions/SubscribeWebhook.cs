using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.StatusPages.Store;

namespace OpsDashboard.Application.StatusPages.Subscriptions;

/// <summary>Asks a URL whether it wants to be told of a page, by a challenge it must repeat.</summary>
public sealed record SubscribeWebhook(string Page, string Url) : ICommand<WebhookSubscription>
{
    public const int MaxUrlLength = 400;

    public static Access Access => Access.Public;
}

/// <param name="Secret">Key of the signature of every notice. Told this once.</param>
/// <param name="LeaveToken">Ends the subscription. Told this once, and in every notice.</param>
public sealed record WebhookSubscription(string Secret, string LeaveToken);

internal sealed class SubscribeWebhookValidator : AbstractValidator<SubscribeWebhook>
{
    public SubscribeWebhookValidator() => RuleFor(request => request.Url)
        .Must(url => url?.Trim() is { Length: <= SubscribeWebhook.MaxUrlLength } text
            && Uri.TryCreate(text, UriKind.Absolute, out var parsed)
            && parsed.Scheme is "http" or "https" && parsed.UserInfo.Length == 0)
        .WithErrorCode("url.absolute").WithMessage("Enter an address that starts with https:// or http://, without a password.");
}

internal sealed class SubscribeWebhookHandler(OpsDbContext db, ISubscriberSeal seal, TimeProvider time)
    : IRequestHandler<SubscribeWebhook, Outcome<WebhookSubscription>>
{
    public async Task<Outcome<WebhookSubscription>> Handle(SubscribeWebhook request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        if (!await db.IsPageAsync(request.Page, cancellationToken))
        {
            return Failure.NotFound("This page");
        }

        if (await db.Set<SubscriberRow>().CountAsync(one => one.State != SubscriberState.Gone, cancellationToken) >= SubscribeEmailHandler.Most)
        {
            return Failure.Unavailable("This page takes no further subscriptions.", TimeSpan.FromHours(1));
        }

        var url = request.Url.Trim();
        var hash = Subscribers.AddressHash(request.Page, SubscriberKind.Webhook, url);
        var (secret, leave) = (SubscriptionTokens.New(), SubscriptionTokens.New());
        if (await db.Set<SubscriberRow>().SingleOrDefaultAsync(row => row.AddressHash == hash, cancellationToken) is { } known)
        {
            if (known.State == SubscriberState.Confirmed || known.CreatedAtMs > now - SubscribeEmailHandler.AskAgainMs)
            {
                // The answer reads as for a new one, and its tokens open nothing.
                return new WebhookSubscription(secret, leave);
            }

            known.Leave();
            await db.SaveChangesAsync(cancellationToken);
        }

        db.Add(new SubscriberRow
        {
            Page = request.Page,
            Kind = SubscriberKind.Webhook,
            Address = url,
            AddressHash = hash,
            State = SubscriberState.Pending,
            LeaveHash = SubscriptionTokens.Hash(leave),
            LeaveSealed = seal.Seal(leave),
            SecretSealed = seal.Seal(secret),
            CreatedAtMs = now,
            NextChallengeMs = now,
        });
        db.AnnounceStatus(now);
        await db.SaveChangesAsync(cancellationToken);
        return new WebhookSubscription(secret, leave);
    }
}
