using MediatR;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Slos.Status;

/// <summary>The newest status of one objective.</summary>
public sealed record GetSloStatus(string Id) : IQuery<SloStatus>, IScoped
{
    public static Access Access => Access.View;

    Touches IScoped.Touches => Touches.One(Touched.Of(Id));
}

internal sealed class GetSloStatusHandler(StatusBoard board) : IRequestHandler<GetSloStatus, Outcome<SloStatus>>
{
    public Task<Outcome<SloStatus>> Handle(GetSloStatus request, CancellationToken cancellationToken) =>
        Task.FromResult(board.Find(request.Id) is { } status
            ? (Outcome<SloStatus>)status
            : Failure.NotFound($"Objective {request.Id}"));
}
