using FluentValidation;
using MediatR;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Dashboards.Operational;

/// <summary>What the operational screens show: objectives worst budget first, what fires, and today's maintenance. A filter that is null does not filter.</summary>
public sealed record GetOperationsBoard : IQuery<OperationsBoard>
{
    public const int MaxFilterLength = 200;

    public static Access Access => Access.View;

    public string? Platform { get; init; }

    /// <summary>Service name, or platform/service.</summary>
    public string? Service { get; init; }

    public string? Tier { get; init; }

    public BoardState? State { get; init; }

    /// <summary>Words that all must stand in the id, name or tier, in any case and order.</summary>
    public string? Text { get; init; }
}

/// <summary>How an objective is told on a board: its own state, or that planned maintenance runs on it. In order of urgency.</summary>
public enum BoardState
{
    Breached,
    AtRisk,
    NoData,
    Maintenance,
    Healthy,
}

/// <summary>Shared by all readers with the same filter until something changes: the same instance means the same content.</summary>
public sealed record OperationsBoard
{
    /// <summary>Worst first.</summary>
    public required IReadOnlyList<BoardObjective> Objectives { get; init; }

    /// <summary>Objectives by state under the same filters but the one on state; every state is there.</summary>
    public required IReadOnlyDictionary<BoardState, int> Tally { get; init; }

    /// <summary>Burn alerts that fire under the same filters but the one on state: pages first, the newest first.</summary>
    public required IReadOnlyList<FiringAlert> Alerts { get; init; }

    /// <summary>Planned maintenance that touches the present day in UTC, earliest first.</summary>
    public required IReadOnlyList<MaintenanceOfDay> Maintenance { get; init; }

    public required BoardFacets Facets { get; init; }

    /// <summary>Objectives there are without any filter.</summary>
    public required int Known { get; init; }

    /// <summary>Newest evaluation of any objective; null while there is none.</summary>
    public required DateTimeOffset? EvaluatedAt { get; init; }
}

public readonly record struct BoardObjective(SloStatus Status, BoardState State);

public sealed record FiringAlert(SloStatus Objective, BurnAlertStatus Alert);

/// <summary>What can be filtered by, in alphabetical order.</summary>
public sealed record BoardFacets(IReadOnlyList<string> Platforms, IReadOnlyList<string> Services, IReadOnlyList<string> Tiers);

internal sealed class GetOperationsBoardValidator : AbstractValidator<GetOperationsBoard>
{
    public GetOperationsBoardValidator()
    {
        RuleFor(request => request.Platform).MaximumLength(GetOperationsBoard.MaxFilterLength);
        RuleFor(request => request.Service).MaximumLength(GetOperationsBoard.MaxFilterLength);
        RuleFor(request => request.Tier).MaximumLength(GetOperationsBoard.MaxFilterLength);
        RuleFor(request => request.Text).MaximumLength(GetOperationsBoard.MaxFilterLength);
        RuleFor(request => request.State).IsInEnum();
    }
}

internal sealed class GetOperationsBoardHandler(BoardCache boards, CallerContext caller) : IRequestHandler<GetOperationsBoard, Outcome<OperationsBoard>>
{
    public async Task<Outcome<OperationsBoard>> Handle(GetOperationsBoard request, CancellationToken cancellationToken) =>
        await boards.GetAsync(request, caller.Current.ScopeOf(GetOperationsBoard.Access), cancellationToken);
}
