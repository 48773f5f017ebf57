using MediatR;

namespace OpsDashboard.Application.Platform.Requests;

/// <summary>The same rule for a screen, the API and the hub, because it sits on the request.</summary>
internal sealed class AuthoriseBehaviour<TRequest, TResponse>(CallerContext caller) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>, IGuarded
    where TResponse : IOutcome<TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        caller.Current.Allowed.Contains(TRequest.Access)
            ? next()
            : Task.FromResult(TResponse.FromFailure(Failure.Forbidden($"This needs a key that may {Describe(TRequest.Access)}.")));

    private static string Describe(Access access) => access switch
    {
        Access.View => "read",
        Access.Ingest => "write samples",
        Access.EditObjectives => "edit objectives",
        Access.Respond => "work on incidents",
        Access.Administer => "change the catalog",
    };
}
