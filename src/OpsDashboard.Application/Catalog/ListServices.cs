using MediatR;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;

namespace OpsDashboard.Application.Catalog;

/// <summary>Paths platform/service of all services, in order.</summary>
public sealed record ListServices : IQuery<IReadOnlyList<string>>
{
    public static Access Access => Access.View;
}

internal sealed class ListServicesHandler(OpsDbContext db) : IRequestHandler<ListServices, Outcome<IReadOnlyList<string>>>
{
    public async Task<Outcome<IReadOnlyList<string>>> Handle(ListServices request, CancellationToken cancellationToken) =>
        (await db.ListServicePathsAsync(cancellationToken)).ToList();
}

internal sealed class TrimServices : ITrim<ListServices, Outcome<IReadOnlyList<string>>>
{
    public Outcome<IReadOnlyList<string>> Trim(Outcome<IReadOnlyList<string>> response, Scope scope) =>
        response.Value.Where(path => scope.Covers(new Touched(path))).ToList();
}
