using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Application.StatusPages.Store;
using OpsDashboard.Domain;

namespace OpsDashboard.Application.StatusPages.Components;

/// <summary>Adds a component to the public pages, or changes one. Its id, its platform and its history stay.</summary>
public sealed record SaveComponent : ICommand<Done>
{
    public const int MaxNameLength = 120;
    public const int MaxDescriptionLength = 500;
    public const int MostComponents = 500;

    public static Access Access => Access.Administer;

    /// <summary>Null: a new one.</summary>
    public int? Id { get; init; }

    public required string Platform { get; init; }

    /// <summary>Path platform/service; null: its state is set by hand alone.</summary>
    public string? Service { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public string? Group { get; init; }

    public required bool Shown { get; init; }

    public string? UptimeSlo { get; init; }
}

internal sealed class SaveComponentValidator : AbstractValidator<SaveComponent>
{
    public SaveComponentValidator()
    {
        RuleFor(component => component.Platform).NotEmpty().WithErrorCode("platform.required").WithMessage("Choose a platform.");
        RuleFor(component => component.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithErrorCode("name.required").WithMessage("A name customers know.");
        RuleFor(component => component.Name).MaximumLength(SaveComponent.MaxNameLength).WithErrorCode("name.tooLong").WithMessage($"At most {SaveComponent.MaxNameLength} characters.");
        RuleFor(component => component.Description).MaximumLength(SaveComponent.MaxDescriptionLength).WithErrorCode("description.tooLong").WithMessage($"At most {SaveComponent.MaxDescriptionLength} characters.");
        RuleFor(component => component.Group).MaximumLength(SaveComponent.MaxNameLength).WithErrorCode("group.tooLong").WithMessage($"At most {SaveComponent.MaxNameLength} characters.");
        RuleFor(component => component.Service)
            .Must((component, service) => string.IsNullOrEmpty(service) || service.StartsWith($"{component.Platform}/", StringComparison.Ordinal))
            .WithErrorCode("service.platform").WithMessage("The service must be one of the platform.");
    }
}

internal sealed class SaveComponentHandler(OpsDbContext db, StatusBoard board, TimeProvider time) : IRequestHandler<SaveComponent, Outcome<Done>>
{
    public async Task<Outcome<Done>> Handle(SaveComponent request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        if (await FaultOfAsync(request, cancellationToken) is { } fault)
        {
            return fault;
        }

        var row = request.Id is { } id ? await db.Set<ComponentRow>().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) : Added(request, now, await NextPositionAsync(cancellationToken));
        if (row is null)
        {
            return Failure.NotFound("This component");
        }

        row.Name = request.Name.Trim();
        row.Description = Trimmed(request.Description);
        row.GroupName = Trimmed(request.Group);
        row.Service = Trimmed(request.Service);
        row.UptimeSlo = Trimmed(request.UptimeSlo);
        row.Shown = request.Shown;
        row.UpdatedAtMs = now;
        db.AnnounceStatus(now, row.Platform);
        await db.SaveChangesAsync(cancellationToken);
        return default(Done);
    }

    private async Task<Failure?> FaultOfAsync(SaveComponent request, CancellationToken cancellationToken)
    {
        var faults = new List<Fault>();
        var services = await db.ListServicePathsAsync(cancellationToken);
        if (request.Id is null && !services.Any(path => path.StartsWith($"{request.Platform}/", StringComparison.Ordinal)))
        {
            faults.Add(new("/platform", "platform.known", $"There is no platform \"{request.Platform}\"."));
        }

        if (!string.IsNullOrEmpty(request.Service) && !services.Contains(request.Service, StringComparer.Ordinal))
        {
            faults.Add(new("/service", "service.known", $"There is no service \"{request.Service}\"."));
        }

        if (!string.IsNullOrEmpty(request.UptimeSlo) && board.All.All(status => status.Id != request.UptimeSlo))
        {
            faults.Add(new("/uptimeSlo", "uptimeSlo.known", $"There is no objective \"{request.UptimeSlo}\"."));
        }

        if (request.Id is null && await db.Set<ComponentRow>().CountAsync(cancellationToken) >= SaveComponent.MostComponents)
        {
            faults.Add(new("/", "components.most", $"At most {SaveComponent.MostComponents} components."));
        }

        return faults.Count == 0 ? null : Failure.Invalid(faults);
    }

    private ComponentRow Added(SaveComponent request, long now, int position)
    {
        var row = new ComponentRow
        {
            PublicId = PublicIds.New(),
            Platform = request.Platform,
            Name = request.Name,
            Position = position,
            Shown = request.Shown,
            SinceMs = now,
            UpdatedAtMs = now,
        };
        db.Add(row);
        return row;
    }

    private async Task<int> NextPositionAsync(CancellationToken cancellationToken) =>
        1 + (await db.Set<ComponentRow>().MaxAsync(row => (int?)row.Position, cancellationToken) ?? 0);

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
