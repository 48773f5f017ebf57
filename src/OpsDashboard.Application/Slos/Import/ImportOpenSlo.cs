using System.Text;
using FluentValidation;
using MediatR;
using OpsDashboard.Application.Catalog.OpenSlo;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Slos.Import;

/// <summary>
/// Brings documents of OpenSLO v1 in: all of them or, with every fault named, none. The same again changes nothing. What it
/// says outlives newer shipped catalogs.
/// </summary>
public sealed record ImportOpenSlo(IReadOnlyList<OpenSloFile> Files) : ICommand<OpenSloImport>, IOpenSloFiles
{
    public static Access Access => Access.Administer;
}

/// <summary>What <see cref="ImportOpenSlo"/> would do, or why it would not.</summary>
public sealed record TryOpenSlo(IReadOnlyList<OpenSloFile> Files) : IQuery<OpenSloImport>, IOpenSloFiles
{
    public static Access Access => Access.Administer;
}

/// <summary>Documents on their way in.</summary>
public interface IOpenSloFiles
{
    IReadOnlyList<OpenSloFile> Files { get; }
}

internal sealed class ImportOpenSloValidator : AbstractValidator<ImportOpenSlo>
{
    public ImportOpenSloValidator() => Include(new OpenSloFilesValidator());
}

internal sealed class TryOpenSloValidator : AbstractValidator<TryOpenSlo>
{
    public TryOpenSloValidator() => Include(new OpenSloFilesValidator());
}

internal sealed class OpenSloFilesValidator : AbstractValidator<IOpenSloFiles>
{
    private const int MaxNameLength = 200;

    public OpenSloFilesValidator()
    {
        RuleFor(import => import.Files).Must(files => files.Any(file => !string.IsNullOrWhiteSpace(file.Text)))
            .WithErrorCode("files.empty").WithMessage("There is no text: hand in at least one OpenSLO document.");
        RuleFor(import => import.Files).Must(files => files.Sum(file => (long)Encoding.UTF8.GetByteCount(file.Text)) <= OpenSloLimits.MaxTotalBytes)
            .WithErrorCode("files.tooLarge").WithMessage($"All files together have at most {OpenSloLimits.MaxTotalBytes} bytes.");
        RuleFor(import => import.Files).Must(files => files.All(file => file.Name.Length is > 0 and <= MaxNameLength && !file.Name.Any(char.IsControl)))
            .WithErrorCode("files.name").WithMessage($"A file's name has 1 to {MaxNameLength} characters.");
        RuleFor(import => import.Files).Must(files => files.Select(file => file.Name).Distinct(StringComparer.Ordinal).Count() == files.Count)
            .WithErrorCode("files.sameName").WithMessage("Each file needs a name of its own, or a fault could not say where it is.");
    }
}

internal sealed class ImportOpenSloHandler(ImportPlanner planner, CatalogImport import, CallerContext caller, TimeProvider time)
    : IRequestHandler<ImportOpenSlo, Outcome<OpenSloImport>>
{
    public async Task<Outcome<OpenSloImport>> Handle(ImportOpenSlo request, CancellationToken cancellationToken)
    {
        var plan = await planner.PlanAsync(request.Files, cancellationToken);
        if (plan.Failure is { } failure)
        {
            return failure;
        }

        await import.ApplyAsync(plan.Value.ToContent(caller.Current.Name), time.NowMs(), cancellationToken);
        return plan.Value.Tell(dryRun: false);
    }
}

internal sealed class TryOpenSloHandler(ImportPlanner planner) : IRequestHandler<TryOpenSlo, Outcome<OpenSloImport>>
{
    public async Task<Outcome<OpenSloImport>> Handle(TryOpenSlo request, CancellationToken cancellationToken)
    {
        var plan = await planner.PlanAsync(request.Files, cancellationToken);
        return plan.Failure is { } failure ? failure : plan.Value.Tell(dryRun: true);
    }
}
