using System.Security.Cryptography;
using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Platform.Requests.Idempotency;

/// <summary>
/// Answers a repeated command with the first answer. Runs inside the command's transaction, so that the change and the memory of it
/// commit together.
/// </summary>
internal sealed class IdempotencyBehaviour<TRequest, TResponse>(OpsDbContext db, IStoreProvider provider, CallerContext caller, TimeProvider time)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>, ICommandMarker
    where TResponse : IOutcome<TResponse>
{
    /// <summary>How long an answer is remembered.</summary>
    private const long KeepMs = Instants.DayMs;

    private const int MaxKeyLength = 200;

    private static readonly bool IsShownOnce = Array.Exists(typeof(TResponse).GetGenericArguments(), value => value.IsAssignableTo(typeof(IShownOnce)));

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (caller.IdempotencyKey is not { } key || IsShownOnce)
        {
            return await next();
        }

        if (key.Length > MaxKeyLength)
        {
            return TResponse.FromFailure(Failure.Invalid("/", "idempotencyKey.tooLong", $"Idempotency-Key has at most {MaxKeyLength} characters."));
        }

        var now = time.NowMs();
        var id = $"{caller.Current.Name}/{typeof(TRequest).Name}/{key}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, StoreJson.Options)));
        var known = await db.Set<AnsweredCommandRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.AtMs > now - KeepMs, cancellationToken);
        if (known is not null)
        {
            return known.RequestHash == hash
                ? TResponse.FromAnswer(known.Answer)
                : TResponse.FromFailure(Failure.Conflict("This Idempotency-Key was used for a different request."));
        }

        var response = await next();
        return response.Failure is null ? await RememberAsync(id, hash, response, now, cancellationToken) : response;
    }

    private async Task<TResponse> RememberAsync(string id, string hash, TResponse response, long now, CancellationToken cancellationToken)
    {
        await db.Set<AnsweredCommandRow>().Where(row => row.AtMs <= now - KeepMs).ExecuteDeleteAsync(cancellationToken);
        db.Add(new AnsweredCommandRow { Id = id, RequestHash = hash, Answer = response.ToAnswer(), AtMs = now });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return response;
        }
        catch (DbUpdateException fault) when (provider.IsDuplicateKey(fault))
        {
            // The same write arrived twice at once; this one rolls back, the other stands.
            return TResponse.FromFailure(Failure.Conflict("The same request is just being answered; send it again."));
        }
    }
}
