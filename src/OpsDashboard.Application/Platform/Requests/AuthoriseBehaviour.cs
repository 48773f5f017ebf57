using MediatR;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Platform.Requests;

/// <summary>
/// The same rule for a screen, the API and the hub, because it sits on the request: first whether the caller may do this at all,
/// then whether to what the request is about. What lies outside a caller's reach does not exist for them.
/// </summary>
internal sealed class AuthoriseBehaviour<TRequest, TResponse>(CallerContext caller, IServiceProvider services, TimeProvider time) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>, IGuarded
    where TResponse : IOutcome<TResponse>
{
    private static readonly Failure NotThere = Failure.NotFound("What this names");

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (!caller.Current.May(TRequest.Access))
        {
            return TResponse.FromFailure(Failure.Forbidden($"This needs somebody who may {Describe(TRequest.Access)}."));
        }

        if (request is IDangerous && caller.Current.ConfirmedUntilMs <= time.NowMs())
        {
            return TResponse.FromFailure(Failure.Unconfirmed());
        }

        var scope = caller.Current.ScopeOf(TRequest.Access);
        if (scope.IsEverything)
        {
            return await next();
        }

        if (await TouchesOfAsync(request, cancellationToken) is { } touches)
        {
            if (!touches.AreWithin(scope))
            {
                return TResponse.FromFailure(NotThere);
            }
        }
        else if (request is ICommandMarker)
        {
            return TResponse.FromFailure(Failure.Forbidden("This reaches further than your role does."));
        }

        // The words of a handler would tell what is not there from what is not theirs.
        var response = await next();
        return response.Failure switch
        {
            null => services.GetService<ITrim<TRequest, TResponse>>() is { } trim ? trim.Trim(response, scope) : response,
            { Kind: FailureKind.NotFound } => TResponse.FromFailure(NotThere),
            _ => response,
        };
    }

    private async ValueTask<Touches?> TouchesOfAsync(TRequest request, CancellationToken cancellationToken)
    {
        if (request is IScoped scoped)
        {
            return scoped.Touches;
        }

        foreach (var source in services.GetServices<ITouchSource>())
        {
            if (await source.FindAsync(request, cancellationToken) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static string Describe(Access access) => access switch
    {
        Access.Public => "do what everyone may",
        Access.Self => "sign in",
        Access.View => "read",
        Access.ReadReports => "read reports",
        Access.ReadAudit => "read the audit trail",
        Access.Ingest => "write samples",
        Access.EditObjectives => "edit objectives",
        Access.EditKpis => "edit KPIs",
        Access.EditSchedules => "edit schedules",
        Access.Respond => "work on incidents",
        Access.Administer => "change the catalog",
        Access.ManagePeople => "manage people",
        Access.ManageKeys => "manage keys",
        Access.Vouch => "vouch for others",
    };
}
