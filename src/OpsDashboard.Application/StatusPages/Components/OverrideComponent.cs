using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.StatusPages.Store;
using OpsDashboard.Domain.StatusPages;

namespace OpsDashboard.Application.StatusPages.Components;

/// <summary>Sets what the public is told of a component, whatever incidents and maintenance say; or takes that back.</summary>
public sealed record OverrideComponent : ICommand<Done>
{
    public const int MaxReasonLength = 500;

    public static Access Access => Access.Respond;

    public required int Id { get; init; }

    /// <summary>Null: derived again.</summary>
    public ComponentState? State { get; init; }

    /// <summary>Kept with the change; not shown to the public. Needed unless it is taken back.</summary>
    public string? Reason { get; init; }
}

internal sealed class OverrideComponentValidator : AbstractValidator<OverrideComponent>
{
    public OverrideComponentValidator()
    {
        RuleFor(change => change.State).IsInEnum().WithErrorCode("state.known").WithMessage("Choose a state.");
        RuleFor(change => change.Reason).Must((change, reason) => change.State is null || !string.IsNullOrWhiteSpace(reason)).WithErrorCode("reason.required").WithMessage("Say why.");
        RuleFor(change => change.Reason).MaximumLength(OverrideComponent.MaxReasonLength).WithErrorCode("reason.tooLong").WithMessage($"At most {OverrideComponent.MaxReasonLength} characters.");
    }
}

internal sealed class OverrideComponentHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<OverrideComponent, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(OverrideComponent request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var component = await db.Set<ComponentRow>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
        if (component is null)
        {
            return Failure.NotFound("This component");
        }

        foreach (var open in await db.Set<ComponentOverrideRow>().Where(row => row.ComponentId == component.Id && row.ToMs == null).ToListAsync(cancellationToken))
        {
            open.ToMs = now;
        }

        if (request.State is { } state)
        {
            db.Add(new ComponentOverrideRow
            {
                ComponentId = component.Id,
                State = state,
                Reason = request.Reason!.Trim(),
                Author = caller.Current.Name,
                FromMs = now,
            });
        }

        component.UpdatedAtMs = now;
        db.AnnounceStatus(now, component.Platform);
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}
