using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Notifications.Pages;

/// <summary>What the link in a page is still good for.</summary>
public enum LinkState
{
    /// <summary>Nobody has it: the button acknowledges.</summary>
    Open,

    /// <summary>This link acknowledged before.</summary>
    Used,

    /// <summary>Somebody has it, or it is over.</summary>
    Withdrawn,

    /// <summary>Older than a link may be.</summary>
    Expired,
}

/// <summary>What stands behind the link of a page. Asking changes nothing: mail scanners follow links too.</summary>
public sealed record OpenPageLink(string Token) : IQuery<PageLink>
{
    public static Access Access => Access.Public;
}

public sealed record PageLink
{
    public required long IncidentId { get; init; }

    public required string Title { get; init; }

    public required string Severity { get; init; }

    public required string Platform { get; init; }

    public required string PersonId { get; init; }

    public required string PersonName { get; init; }

    public required LinkState State { get; init; }

    public required DateTimeOffset OwedAt { get; init; }

    /// <summary>When it was used or withdrawn.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who has it, or that it is over.</summary>
    public string? Reason { get; init; }

    internal static PageLink Of(PageRow row, long nowMs, PagingOptions options) => new()
    {
        IncidentId = row.IncidentId,
        Title = row.Title,
        Severity = row.Severity,
        Platform = row.Platform,
        PersonId = row.PersonId,
        PersonName = row.PersonName,
        State = StateOf(row, nowMs, options),
        OwedAt = Instants.ToInstant(row.OwedAtMs),
        EndedAt = (row.UsedAtMs ?? row.WithdrawnAtMs) is { } ended ? Instants.ToInstant(ended) : null,
        Reason = row.WithdrawnReason,
    };

    private static LinkState StateOf(PageRow row, long nowMs, PagingOptions options)
    {
        if (row.UsedAtMs is not null)
        {
            return LinkState.Used;
        }

        if (row.WithdrawnAtMs is not null)
        {
            return LinkState.Withdrawn;
        }

        return nowMs < row.DueMs + (options.LinkHours * Instants.HourMs) ? LinkState.Open : LinkState.Expired;
    }
}

internal sealed class OpenPageLinkHandler(OpsDbContext db, IOptions<PagingOptions> options, TimeProvider time) : IRequestHandler<OpenPageLink, Outcome<PageLink>>
{
    public async Task<Outcome<PageLink>> Handle(OpenPageLink request, CancellationToken cancellationToken)
    {
        var hash = PageText.HashOf(request.Token);
        var row = await db.Set<PageRow>().AsNoTracking().SingleOrDefaultAsync(row => row.TokenHash == hash, cancellationToken);
        return row is null ? Failure.NotFound("This link") : PageLink.Of(row, time.NowMs(), options.Value);
    }
}

/// <summary>Acknowledges by the link of a page, as the person who was paged. The link is good for one time.</summary>
public sealed record AcknowledgeByLink(string Token) : ICommand<LinkUse>
{
    public static Access Access => Access.Respond;
}

/// <param name="Acknowledged">By this press, not by one before.</param>
public sealed record LinkUse(PageLink Link, bool Acknowledged);

internal sealed class AcknowledgeByLinkHandler(
    OpsDbContext db,
    IRequestHandler<AcknowledgeIncident, Outcome<IncidentSummary>> acknowledge,
    IOptions<PagingOptions> options,
    TimeProvider time) : IRequestHandler<AcknowledgeByLink, Outcome<LinkUse>>
{
    public async Task<Outcome<LinkUse>> Handle(AcknowledgeByLink request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var hash = PageText.HashOf(request.Token);
        var oldest = now - (options.Value.LinkHours * Instants.HourMs);
        // Of two presses at once one finds it unused.
        var taken = await db.Set<PageRow>()
            .Where(row => row.TokenHash == hash && row.UsedAtMs == null && row.WithdrawnAtMs == null && row.DueMs > oldest)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAtMs, now), cancellationToken);
        var page = await db.Set<PageRow>().AsNoTracking().SingleOrDefaultAsync(row => row.TokenHash == hash, cancellationToken);
        if (page is null)
        {
            return Failure.NotFound("This link");
        }

        if (taken == 0)
        {
            return new LinkUse(PageLink.Of(page, now, options.Value), Acknowledged: false);
        }

        // In the same transaction: the link is spent if and only if the incident is acknowledged.
        var outcome = await acknowledge.Handle(new AcknowledgeIncident(page.IncidentId, page.PersonId), cancellationToken);
        return outcome.Failure is { } failure ? failure : new LinkUse(PageLink.Of(page, now, options.Value), Acknowledged: true);
    }
}
