using System.Text.Json;
using FluentValidation;
using MediatR;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Maintenance;

/// <summary>Announces work that recurs. Its windows of the next 60 days are planned at once, later ones as time goes on.</summary>
public sealed record PlanMaintenanceSeries : ICommand<MaintenanceSeries>, IScoped
{
    public static Access Access => Access.EditObjectives;

    Touches IScoped.Touches => Touches.One(Touched.Service(Platform, Service));

    public required string Platform { get; init; }

    /// <summary>Name within the platform; null: the whole platform.</summary>
    public string? Service { get; init; }

    public required MaintenanceRecurrence Rule { get; init; }

    public required string Reason { get; init; }
}

internal sealed class PlanMaintenanceSeriesValidator : AbstractValidator<PlanMaintenanceSeries>
{
    public PlanMaintenanceSeriesValidator()
    {
        RuleFor(plan => plan.Platform).NotEmpty().WithErrorCode("platform.required").WithMessage("Choose a platform.");
        RuleFor(plan => plan.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithErrorCode("reason.required").WithMessage("Say what is done, in a sentence customers may read.");
        RuleFor(plan => plan.Reason).MaximumLength(PlanMaintenance.MaxReasonLength).WithErrorCode("reason.tooLong")
            .WithMessage($"At most {PlanMaintenance.MaxReasonLength} characters.");
        RuleFor(plan => plan.Rule).Custom((rule, context) =>
        {
            foreach (var fault in rule.Check())
            {
                context.AddFailure(new FluentValidation.Results.ValidationFailure(fault.Pointer.TrimStart('/'), fault.Message) { ErrorCode = fault.Rule });
            }
        });
    }
}

internal sealed class PlanMaintenanceSeriesHandler(OpsDbContext db, MaintenanceWriter writer, CallerContext caller, TimeProvider time)
    : IRequestHandler<PlanMaintenanceSeries, Outcome<MaintenanceSeries>>
{
    public async Task<Outcome<MaintenanceSeries>> Handle(PlanMaintenanceSeries request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        if ((await AffectedServices.OfAsync(db, request.Platform, request.Service, cancellationToken)).Count == 0)
        {
            return request.Service is null
                ? Failure.Invalid("/platform", "platform.known", $"There is no platform \"{request.Platform}\".")
                : Failure.Invalid("/service", "service.known", $"There is no service \"{request.Service}\" on \"{request.Platform}\".");
        }

        var row = new MaintenanceSeriesRow
        {
            Platform = request.Platform,
            Service = request.Service,
            Rule = JsonSerializer.Serialize(request.Rule, StoreJson.Options),
            Reason = request.Reason.Trim(),
            Author = caller.Current.Name,
            CreatedAtMs = now,
            WrittenThroughMs = now,
        };
        db.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        var written = await writer.WriteAsync(row, now, cancellationToken);
        if (written == 0)
        {
            return Failure.Invalid("/until", "until.empty", "No window falls into the next 60 days by this rule.");
        }

        await db.SaveChangesAsync(cancellationToken);
        return ListMaintenanceSeriesHandler.Describe(row, now);
    }
}
