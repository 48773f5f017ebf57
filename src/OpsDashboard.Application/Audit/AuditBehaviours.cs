using System.Collections.Concurrent;
using System.Reflection;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Audit;

namespace OpsDashboard.Application.Audit;

/// <summary>A command that writes its own entries, since how it came out is not told by whether it failed: a wrong password is an answer.</summary>
internal interface ITellsItself;

/// <summary>Inside the command's transaction: what was done, with what it changed.</summary>
internal sealed class AuditBehaviour<TRequest, TResponse>(OpsDbContext db, AuditTrail trail, CallerContext caller, TimeProvider time) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>, ICommandMarker
    where TResponse : IOutcome<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        using var watch = new ChangeWatch(db);
        var response = await next();
        if (response.Failure is null && request is not ITellsItself)
        {
            await trail.AppendAsync(
                RequestFact.Of(request, caller, time.NowMs()) with { Outcome = AuditOutcome.Done, Changes = watch.Changes },
                cancellationToken);
        }

        return response;
    }
}

/// <summary>
/// Around everything: commands that a rule refused, and whatever was denied. Nothing of theirs was committed, so the entry has a
/// transaction of its own.
/// </summary>
internal sealed class RefusalBehaviour<TRequest, TResponse>(IServiceScopeFactory scopes, CallerContext caller, TimeProvider time) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IOutcome<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var response = await next();
        if (response.Failure is { } failure && (failure.Kind == FailureKind.Forbidden || (request is ICommandMarker && failure.Kind != FailureKind.Unavailable)))
        {
            await TellAsync(request, failure, cancellationToken);
        }

        return response;
    }

    private async Task TellAsync(TRequest request, Failure failure, CancellationToken cancellationToken)
    {
        var fact = RequestFact.Of(request, caller, time.NowMs()) with
        {
            Outcome = failure.Kind == FailureKind.Forbidden ? AuditOutcome.Denied : AuditOutcome.Refused,
            Detail = $"{failure.Kind}: {failure.Message}",
        };
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await scope.ServiceProvider.GetRequiredService<AuditTrail>().AppendAsync(fact, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        });
    }
}

/// <summary>What a request says of itself: who sends it, what it is called and what it is about.</summary>
internal static class RequestFact
{
    /// <summary>Names of the property that tells what a request is about, the most telling first.</summary>
    private static readonly string[] Subjects = ["Id", "IncidentId", "SliId", "PersonId", "Name", "Service", "Platform"];

    private static readonly ConcurrentDictionary<Type, IReadOnlyList<PropertyInfo>> Known = new();

    public static AuditFact Of(object request, CallerContext caller, long nowMs) => new()
    {
        AtMs = nowMs,
        Actor = caller.Current.Name,
        From = caller.Address,
        Action = request.GetType().Name,
        Object = SubjectOf(request),
        Outcome = AuditOutcome.Done,
        Detail = Redaction.Request(request, StoreJson.Options),
    };

    private static string? SubjectOf(object request)
    {
        var properties = Known.GetOrAdd(request.GetType(), type =>
            [.. Subjects.Select(name => type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance)).OfType<PropertyInfo>()]);
        return properties.Select(property => property.GetValue(request)?.ToString()).FirstOrDefault(text => !string.IsNullOrEmpty(text));
    }
}
