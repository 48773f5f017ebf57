using FluentValidation;
using MediatR;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Application.Kpis.Entry;

/// <summary>Takes a file of measurements in: all of it or, with the fault of every row named, nothing.</summary>
/// <param name="Csv">A head line <c>kpi,period,value,note</c> (the note may be left out) and at most 50,000 rows.</param>
/// <param name="Note">For rows without one; a correction needs one.</param>
/// <param name="Progress">A name under which <see cref="KpiImports"/> tells how far it is; null: nobody looks.</param>
public sealed record ImportMeasurements(string Csv, string? Note = null, string? Progress = null) : ICommand<MeasurementImport>
{
    public static Access Access => Access.EditKpis;
}

/// <summary>What <see cref="ImportMeasurements"/> would do, or why it would not.</summary>
public sealed record TryMeasurements(string Csv, string? Note = null) : IQuery<MeasurementImport>
{
    public static Access Access => Access.EditKpis;
}

internal sealed class ImportMeasurementsValidator : AbstractValidator<ImportMeasurements>
{
    public ImportMeasurementsValidator() => RuleFor(import => import.Note).MaximumLength(ClaimReader.MaxNoteLength)
        .WithErrorCode("note.tooLong").WithMessage($"At most {ClaimReader.MaxNoteLength} characters.");
}

internal sealed class ImportMeasurementsHandler(CsvClaims reader, KpiDesk desk, KpiImports imports) : IRequestHandler<ImportMeasurements, Outcome<MeasurementImport>>
{
    public async Task<Outcome<MeasurementImport>> Handle(ImportMeasurements request, CancellationToken cancellationToken)
    {
        imports.Tell(request.Progress, new ImportProgress(0, 0));
        try
        {
            var plan = await reader.ReadAsync(request.Csv, request.Note, cancellationToken);
            if (plan.Failure is { } failure)
            {
                return failure;
            }

            var total = plan.Value.Entries.Count;
            imports.Tell(request.Progress, new ImportProgress(0, total));
            await desk.WriteAsync(plan.Value.Entries, KpiSource.Csv, done => imports.Tell(request.Progress, new ImportProgress(done, total)), cancellationToken);
            return plan.Value.Told;
        }
        finally
        {
            imports.Forget(request.Progress);
        }
    }
}

internal sealed class TryMeasurementsHandler(CsvClaims reader) : IRequestHandler<TryMeasurements, Outcome<MeasurementImport>>
{
    public async Task<Outcome<MeasurementImport>> Handle(TryMeasurements request, CancellationToken cancellationToken)
    {
        var plan = await reader.ReadAsync(request.Csv, request.Note, cancellationToken);
        return plan.Failure is { } failure ? failure : plan.Value.Told;
    }
}
