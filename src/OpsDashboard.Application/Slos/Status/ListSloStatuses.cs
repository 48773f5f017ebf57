using MediatR;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Status;

/// <summary>Objectives with their newest status, worst budget first. Filters that are null do not filter.</summary>
public sealed record ListSloStatuses : IQuery<IReadOnlyList<SloStatus>>
{
    public static Access Access => Access.View;

    public string? Platform { get; init; }

    /// <summary>Service name, or platform/service.</summary>
    public string? Service { get; init; }

    public string? Tier { get; init; }

    public SloState? State { get; init; }
}

internal sealed class ListSloStatusesHandler(StatusBoard board) : IRequestHandler<ListSloStatuses, Outcome<IReadOnlyList<SloStatus>>>
{
    public Task<Outcome<IReadOnlyList<SloStatus>>> Handle(ListSloStatuses request, CancellationToken cancellationToken)
    {
        var found = board.All.Where(status => Matches(status, request)).ToList();
        found.Sort(WorstFirst.Instance);
        return Task.FromResult<Outcome<IReadOnlyList<SloStatus>>>(found);
    }

    private static bool Matches(SloStatus status, ListSloStatuses request) =>
        (request.Platform is null || status.Platform == request.Platform)
        && (request.Service is null || status.Service == request.Service || $"{status.Platform}/{status.Service}" == request.Service)
        && (request.Tier is null || status.Tier == request.Tier)
        && (request.State is null || status.State == request.State);
}

internal sealed class TrimSloStatuses : ITrim<ListSloStatuses, Outcome<IReadOnlyList<SloStatus>>>
{
    public Outcome<IReadOnlyList<SloStatus>> Trim(Outcome<IReadOnlyList<SloStatus>> response, Scope scope) =>
        response.Value.Where(status => scope.Covers(status.Platform, status.Service)).ToList();
}

/// <summary>What is wrong now, what will be wrong soon, what is unknown, what is well; within each the smaller budget first.</summary>
internal sealed class WorstFirst : IComparer<SloStatus>
{
    public static readonly WorstFirst Instance = new();

    public int Compare(SloStatus? x, SloStatus? y)
    {
        var byState = Rank(x!.State).CompareTo(Rank(y!.State));
        if (byState != 0)
        {
            return byState;
        }

        var byBudget = (x.Budget.RemainingRatio ?? decimal.MaxValue).CompareTo(y.Budget.RemainingRatio ?? decimal.MaxValue);
        return byBudget != 0 ? byBudget : string.CompareOrdinal(x.Id, y.Id);
    }

    private static int Rank(SloState state) => state switch
    {
        SloState.Breached => 0,
        SloState.AtRisk => 1,
        SloState.NoData => 2,
        SloState.Healthy => 3,
    };
}
