using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.StatusPages.Store;
using OpsDashboard.Domain.StatusPages;

namespace OpsDashboard.Application.StatusPages.Components;

/// <summary>A component as those who keep the page see it.</summary>
public sealed record ComponentSetup
{
    public required int Id { get; init; }

    public required string PublicId { get; init; }

    public required string Platform { get; init; }

    public string? Service { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Null: stands under the platform's title.</summary>
    public string? Group { get; init; }

    public required bool Shown { get; init; }

    /// <summary>Null: chosen from the service's objectives.</summary>
    public string? UptimeSlo { get; init; }

    /// <summary>What the public is told now.</summary>
    public required ComponentState State { get; init; }

    public ComponentOverride? Override { get; init; }
}

public sealed record ComponentOverride(ComponentState State, string Reason, string Author, DateTimeOffset Since);

/// <summary>The whole set-up of the status pages.</summary>
public sealed record StatusSetup(
    IReadOnlyList<ComponentSetup> Components,
    OutageWeights Weights,
    IReadOnlyList<SubscriberCount> Subscribers);

/// <summary>Confirmed subscribers of one page; addresses are told to nobody.</summary>
public sealed record SubscriberCount(string Page, int Email, int Webhook, int Pending);

public sealed record GetStatusSetup : IQuery<StatusSetup>
{
    public static Access Access => Access.View;
}

internal sealed class GetStatusSetupHandler(OpsDbContext db, StatusSources sources, TimeProvider time) : IRequestHandler<GetStatusSetup, Outcome<StatusSetup>>
{
    public async Task<Outcome<StatusSetup>> Handle(GetStatusSetup request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var read = await sources.ReadAsync(now, now, cancellationToken);
        var subscribers = await db.Set<SubscriberRow>().AsNoTracking()
            .Where(row => row.State != SubscriberState.Gone)
            .GroupBy(row => new { row.Page, row.Kind, row.State })
            .Select(group => new { group.Key.Page, group.Key.Kind, group.Key.State, Count = group.Count() })
            .ToListAsync(cancellationToken);
        return new StatusSetup(
            [.. read.Components.Select(row => Describe(row, read, now))],
            await db.ReadWeightsAsync(cancellationToken),
            [
                .. subscribers.GroupBy(row => row.Page, StringComparer.Ordinal).OrderBy(page => page.Key, StringComparer.Ordinal).Select(page => new SubscriberCount(
                    page.Key,
                    page.Where(row => row is { Kind: SubscriberKind.Email, State: SubscriberState.Confirmed }).Sum(row => row.Count),
                    page.Where(row => row is { Kind: SubscriberKind.Webhook, State: SubscriberState.Confirmed }).Sum(row => row.Count),
                    page.Where(row => row.State == SubscriberState.Pending).Sum(row => row.Count))),
            ]);
    }

    private static ComponentSetup Describe(ComponentRow row, StatusSources.Read read, long now)
    {
        var byHand = read.Overrides.LastOrDefault(one => one.ComponentId == row.Id && one.ToMs is null);
        return new ComponentSetup
        {
            Id = row.Id,
            PublicId = row.PublicId,
            Platform = row.Platform,
            Service = row.Service,
            Name = row.Name,
            Description = row.Description,
            Group = row.GroupName,
            Shown = row.Shown,
            UptimeSlo = row.UptimeSlo,
            State = read.TimelineOf(row).At(now),
            Override = byHand is null ? null : new(byHand.State, byHand.Reason, byHand.Author, Instants.ToInstant(byHand.FromMs)),
        };
    }
}
