using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain;

namespace OpsDashboard.Application.Slos.Maintenance;

/// <summary>Announces work on a platform or a service. Only what is still to come can be planned: the past is judged as it was.</summary>
public sealed record PlanMaintenance : ICommand<MaintenanceWindow>, IScoped
{
    public const int MaxDays = 14;
    public const int MaxDaysAhead = 400;
    public const int MaxReasonLength = 500;

    public static Access Access => Access.EditObjectives;

    Touches IScoped.Touches => Touches.One(Touched.Service(Platform, Service));

    public required string Platform { get; init; }

    /// <summary>Name within the platform; null: the whole platform.</summary>
    public string? Service { get; init; }

    public required DateTimeOffset Start { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>When customers were told; null: now. It decides the notice rule.</summary>
    public DateTimeOffset? AnnouncedAt { get; init; }

    public required string Reason { get; init; }
}

internal sealed class PlanMaintenanceValidator : AbstractValidator<PlanMaintenance>
{
    public PlanMaintenanceValidator(TimeProvider time)
    {
        var now = time.GetUtcNow();
        RuleFor(plan => plan.Platform).NotEmpty().WithErrorCode("platform.required").WithMessage("Choose a platform.");
        RuleFor(plan => plan.Start).GreaterThan(now).WithErrorCode("start.future")
            .WithMessage("The start must lie in the future: what was not announced in time counts as it was measured.");
        RuleFor(plan => plan.Start).LessThanOrEqualTo(now.AddDays(PlanMaintenance.MaxDaysAhead)).WithErrorCode("start.far")
            .WithMessage($"At most {PlanMaintenance.MaxDaysAhead} days ahead.");
        RuleFor(plan => plan.End).GreaterThan(plan => plan.Start).WithErrorCode("end.afterStart").WithMessage("The end must lie after the start.");
        RuleFor(plan => plan.End).Must((plan, end) => end - plan.Start <= TimeSpan.FromDays(PlanMaintenance.MaxDays)).WithErrorCode("end.tooLong")
            .WithMessage($"A window lasts at most {PlanMaintenance.MaxDays} days.");
        RuleFor(plan => plan.AnnouncedAt).LessThanOrEqualTo(now).WithErrorCode("announcedAt.past").WithMessage("An announcement that is still to come is none: at or before now.");
        RuleFor(plan => plan.AnnouncedAt).GreaterThan(now.AddDays(-PlanMaintenance.MaxDaysAhead)).WithErrorCode("announcedAt.old")
            .WithMessage($"At most {PlanMaintenance.MaxDaysAhead} days ago.");
        RuleFor(plan => plan.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithErrorCode("reason.required").WithMessage("Say what is done, in a sentence customers may read.");
        RuleFor(plan => plan.Reason).MaximumLength(PlanMaintenance.MaxReasonLength).WithErrorCode("reason.tooLong")
            .WithMessage($"At most {PlanMaintenance.MaxReasonLength} characters.");
    }
}

internal sealed class PlanMaintenanceHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<PlanMaintenance, Outcome<MaintenanceWindow>>
{
    public async Task<Outcome<MaintenanceWindow>> Handle(PlanMaintenance request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var affected = await AffectedServices.OfAsync(db, request.Platform, request.Service, cancellationToken);
        if (affected.Count == 0)
        {
            return Failure.Invalid(Unknown(request));
        }

        var row = new MaintenanceRow
        {
            Platform = request.Platform,
            Service = request.Service,
            StartMs = request.Start.ToUnixTimeMilliseconds(),
            EndMs = request.End.ToUnixTimeMilliseconds(),
            AnnouncedAtMs = request.AnnouncedAt?.ToUnixTimeMilliseconds() ?? now,
            Reason = request.Reason.Trim(),
            Author = caller.Current.Name,
        };
        var twin = await db.Set<MaintenanceRow>().AnyAsync(
            other => other.Platform == row.Platform && other.Service == row.Service && other.StartMs == row.StartMs && other.EndMs == row.EndMs,
            cancellationToken);
        if (twin)
        {
            return Failure.Conflict("This window is already planned.");
        }

        db.Add(row);
        db.Announce(now, AffectedServices.Notices(request.Platform, affected));
        await db.SaveChangesAsync(cancellationToken);
        return ListMaintenanceHandler.Describe(row, now, []);
    }

    private static IReadOnlyList<Fault> Unknown(PlanMaintenance request) => request.Service is null
        ? [new Fault("/platform", "platform.known", $"There is no platform \"{request.Platform}\".")]
        : [new Fault("/service", "service.known", $"There is no service \"{request.Service}\" on \"{request.Platform}\".")];
}

/// <summary>Which services a window of a platform or a service touches.</summary>
internal static class AffectedServices
{
    public static async Task<IReadOnlyList<string>> OfAsync(OpsDbContext db, string platform, string? service, CancellationToken cancellationToken)
    {
        var all = await db.ListServicePathsAsync(cancellationToken);
        return [.. all.Where(path => service is null ? path.StartsWith($"{platform}/", StringComparison.Ordinal) : path == $"{platform}/{service}")];
    }

    public static IEnumerable<(string Topic, string Key)> Notices(string platform, IReadOnlyList<string> services) =>
        [("maintenance", "all"), ("platform", platform), .. services.Select(path => ("service", path))];
}
