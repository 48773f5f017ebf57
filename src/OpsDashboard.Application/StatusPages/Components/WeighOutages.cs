using FluentValidation;
using MediatR;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.StatusPages;

namespace OpsDashboard.Application.StatusPages.Components;

/// <summary>Sets how much of its time each kind of outage counts as downtime on the public pages, where the weights are shown.</summary>
public sealed record WeighOutages(int DegradedPercent, int PartialPercent, int MajorPercent) : ICommand<Done>
{
    public static Access Access => Access.Administer;
}

internal sealed class WeighOutagesValidator : AbstractValidator<WeighOutages>
{
    public WeighOutagesValidator()
    {
        RuleFor(weights => weights.DegradedPercent).InclusiveBetween(0, 100).WithErrorCode("degradedPercent.range").WithMessage("Between 0 and 100.");
        RuleFor(weights => weights.PartialPercent).InclusiveBetween(0, 100).WithErrorCode("partialPercent.range").WithMessage("Between 0 and 100.");
        RuleFor(weights => weights.MajorPercent).InclusiveBetween(1, 100).WithErrorCode("majorPercent.range").WithMessage("Between 1 and 100.");
        RuleFor(weights => weights.PartialPercent).GreaterThanOrEqualTo(weights => weights.DegradedPercent).WithErrorCode("partialPercent.order")
            .WithMessage("A partial outage weighs at least as much as degraded performance.");
        RuleFor(weights => weights.MajorPercent).GreaterThanOrEqualTo(weights => weights.PartialPercent).WithErrorCode("majorPercent.order")
            .WithMessage("A major outage weighs at least as much as a partial one.");
    }
}

internal sealed class WeighOutagesHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<WeighOutages, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(WeighOutages request, CancellationToken cancellationToken)
    {
        await db.PutWeightsAsync(new OutageWeights(request.DegradedPercent, request.PartialPercent, request.MajorPercent), cancellationToken);
        db.AnnounceStatus(time.NowMs());
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }
}
