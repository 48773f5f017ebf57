using MediatR;
using OpsDashboard.Application.OnCall;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Incidents;

/// <summary>Names of the people who may be given a role or a task, in order.</summary>
public sealed record ListRespondents : IQuery<IReadOnlyList<string>>
{
    public static Access Access => Access.View;
}

internal sealed class ListRespondentsHandler(OnCallRoster roster) : IRequestHandler<ListRespondents, Outcome<IReadOnlyList<string>>>
{
    public async Task<Outcome<IReadOnlyList<string>>> Handle(ListRespondents request, CancellationToken cancellationToken) =>
        (await roster.PeopleAsync(cancellationToken)).Select(person => person.Name).ToList();
}
