using MediatR;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Compliance;

/// <summary>What the program was built from, for a scanner.</summary>
public sealed record ListPackages : IQuery<BuildEvidence>
{
    public static Access Access => Access.ReadAudit;
}

internal sealed class ListPackagesHandler(IHostEvidence host) : IRequestHandler<ListPackages, Outcome<BuildEvidence>>
{
    public Task<Outcome<BuildEvidence>> Handle(ListPackages request, CancellationToken cancellationToken) => Task.FromResult<Outcome<BuildEvidence>>(host.Build());
}
