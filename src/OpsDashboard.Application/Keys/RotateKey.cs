using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Keys.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Keys;

namespace OpsDashboard.Application.Keys;

/// <summary>Makes the key that follows one: it may do the same, and both are good until the first is revoked or expires.</summary>
/// <param name="Days">Days the new one lives, 1 to 90.</param>
public sealed record RotateKey(string Id, int Days = KeyTerms.MostDays) : ICommand<CreatedKey>, IDangerous
{
    public static Access Access => Access.ManageKeys;
}

internal sealed class RotateKeyValidator : AbstractValidator<RotateKey>
{
    public RotateKeyValidator() =>
        RuleFor(request => request.Days).InclusiveBetween(1, KeyTerms.MostDays).WithErrorCode("days.range").WithMessage($"Between 1 and {KeyTerms.MostDays} days.");
}

internal sealed class RotateKeyHandler(OpsDbContext db, KeyMint mint, TimeProvider time) : IRequestHandler<RotateKey, Outcome<CreatedKey>>
{
    public async Task<Outcome<CreatedKey>> Handle(RotateKey request, CancellationToken cancellationToken)
    {
        var row = await db.Set<ApiKeyRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
        return row?.IsLive(time.NowMs()) != true
            ? Failure.NotFound("A live key of this id")
            : await mint.AddAsync(new KeyMint.Terms(row.Name, row.Verbs, row.Places, row.Sources, row.Tier, request.Days), row.Id, cancellationToken);
    }
}

/// <summary>Refuses a key for good, on every node within seconds.</summary>
public sealed record RevokeKey(string Id) : ICommand<Done>, IDangerous
{
    public static Access Access => Access.ManageKeys;
}

internal sealed class RevokeKeyHandler(OpsDbContext db, ApiKeys keys, CallerContext caller, TimeProvider time) : IRequestHandler<RevokeKey, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(RevokeKey request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var row = await db.Set<ApiKeyRow>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
        if (row?.IsLive(now) != true)
        {
            return Failure.NotFound("A live key of this id");
        }

        (row.RevokedAtMs, row.RevokedBy) = (now, caller.Current.Name);
        db.Announce(now, (ApiKeys.Topic, "all"));
        await db.SaveChangesAsync(cancellationToken);
        keys.Forget();
        return default(Done);
    }
}
