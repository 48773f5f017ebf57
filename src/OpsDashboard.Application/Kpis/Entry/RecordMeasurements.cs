using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Kpis.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Kpis;

namespace OpsDashboard.Application.Kpis.Entry;

/// <summary>Tells values of one KPI: all of them or, with every fault named, none. The same again changes nothing.</summary>
public sealed record RecordMeasurements : ICommand<RecordedMeasurements>, INamesKpi
{
    public const int Most = 1_000;

    public static Access Access => Access.EditKpis;

    public required string KpiId { get; init; }

    public required IReadOnlyList<Measurement> Measurements { get; init; }

    /// <summary>By hand in the form; else by the API.</summary>
    public bool ByHand { get; init; }
}

/// <param name="Period">As 2026-11-22, 2026-W47, 2026-11 or 2026-Q4 by the KPI's cadence, or any day in it.</param>
/// <param name="Value">In the KPI's unit, shares as fractions; null withdraws what was told.</param>
/// <param name="Note">Required where it differs from what was told before: why.</param>
public sealed record Measurement(string Period, decimal? Value, string? Note = null);

public sealed record RecordedMeasurements(int Added, int Corrected, int Unchanged);

internal sealed class RecordMeasurementsValidator : AbstractValidator<RecordMeasurements>
{
    public RecordMeasurementsValidator() => RuleFor(request => request.Measurements).Must(list => list is { Count: > 0 and <= RecordMeasurements.Most })
        .WithErrorCode("measurements.count").WithMessage($"1 to {RecordMeasurements.Most} measurements in a call.");
}

internal sealed class RecordMeasurementsHandler(OpsDbContext db, KpiDesk desk, TimeProvider time) : IRequestHandler<RecordMeasurements, Outcome<RecordedMeasurements>>
{
    public async Task<Outcome<RecordedMeasurements>> Handle(RecordMeasurements request, CancellationToken cancellationToken)
    {
        if (await db.Set<KpiRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.KpiId, cancellationToken) is not { } row)
        {
            return Failure.NotFound($"The KPI \"{request.KpiId}\"");
        }

        var kpis = new Dictionary<string, KpiDefinition>(StringComparer.Ordinal) { [row.Id] = KpiBook.Read(row) };
        var reader = new ClaimReader(kpis, time.Today());
        var faults = new List<Fault>();
        var claims = request.Measurements.Select((told, index) => reader.Read(request.KpiId, told.Period, told.Value, told.Note, Pointer(index), faults)).ToList();
        faults.AddRange(claims.Index().Where(claim => claim.Item is not null)
            .GroupBy(claim => claim.Item!.Start).SelectMany(group => group.Skip(1))
            .Select(twin => new Fault($"{Pointer(twin.Index)}/period", "period.twice", "This period is told twice.")));
        if (faults.Count > 0)
        {
            return Failure.Invalid(faults);
        }

        var plan = await desk.PlanAsync(claims.ConvertAll(claim => claim!), cancellationToken);
        faults.AddRange(plan.Where(entry => entry is { IsCorrection: true, Claim.Note: null })
            .Select(entry => new Fault($"{Pointer(claims.IndexOf(entry.Claim))}/note", "note.correction", "Another value was told for this period: say in a note why it is corrected.")));
        faults.AddRange(plan.Where(entry => entry is { IsCorrection: false, Claim.Value: null })
            .Select(entry => new Fault($"{Pointer(claims.IndexOf(entry.Claim))}/value", "value.required", "There is no value to withdraw: say one.")));
        if (faults.Count > 0)
        {
            return Failure.Invalid(faults);
        }

        await desk.WriteAsync(plan, request.ByHand ? KpiSource.Form : KpiSource.Api, null, cancellationToken);
        var corrected = plan.Count(entry => entry.IsCorrection);
        return new RecordedMeasurements(plan.Count - corrected, corrected, claims.Count - plan.Count);
    }

    private static string Pointer(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/measurements/{index}");
}
