using System.Globalization;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Kpis.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Kpis;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Kpis.Definitions;

/// <summary>Sets a target, with its baseline and date, from a day on. What was asked before stays as it was and goes on judging its own time.</summary>
public sealed record SetKpiTarget : ICommand<KpiRef>, INamesKpi
{
    public const int MaxReasonLength = 500;

    public static Access Access => Access.EditKpis;

    public required string KpiId { get; init; }

    /// <summary>The version the author saw.</summary>
    public required int ExpectedVersion { get; init; }

    /// <summary>First day, as 2026-11-01; periods that begin on it or later are judged by it.</summary>
    public required string EffectiveFrom { get; init; }

    public required Comparison Comparison { get; init; }

    /// <summary>In the unit of what is judged, shares as fractions; null: watched without a target.</summary>
    public decimal? Limit { get; init; }

    /// <summary>The upper end of a range.</summary>
    public decimal? Upper { get; init; }

    /// <summary>In the unit of what is measured.</summary>
    public decimal? Baseline { get; init; }

    /// <summary>By when, as 2027-05-01; null: always.</summary>
    public string? DueOn { get; init; }

    public required string Reason { get; init; }
}

public sealed record KpiRef(string Id, int Version);

internal sealed class SetKpiTargetValidator : AbstractValidator<SetKpiTarget>
{
    private const decimal Largest = 1_000_000_000_000_000m;

    public SetKpiTargetValidator()
    {
        RuleFor(target => target.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason)).WithErrorCode("reason.required").WithMessage("Say why, for those who read the history.");
        RuleFor(target => target.Reason).MaximumLength(SetKpiTarget.MaxReasonLength).WithErrorCode("reason.tooLong").WithMessage($"At most {SetKpiTarget.MaxReasonLength} characters.");
        RuleFor(target => target.Limit).Must(limit => limit is not ({ } number and (>= Largest or <= -Largest))).WithErrorCode("limit.range").WithMessage("The number is too large.");
        RuleFor(target => target.Upper).Must((target, upper) => upper is null || (upper > target.Limit && upper < Largest)).WithErrorCode("upper.range").WithMessage("The upper end lies above the lower one.");
        RuleFor(target => target.Baseline).Must(baseline => baseline is null or (> 0 and < Largest)).WithErrorCode("baseline.range").WithMessage("A baseline is above zero.");
    }
}

internal sealed class SetKpiTargetHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<SetKpiTarget, Outcome<KpiRef>>
{
    public async Task<Outcome<KpiRef>> Handle(SetKpiTarget request, CancellationToken cancellationToken)
    {
        if (await db.Set<KpiRow>().SingleOrDefaultAsync(row => row.Id == request.KpiId, cancellationToken) is not { } row)
        {
            return Failure.NotFound($"The KPI \"{request.KpiId}\"");
        }

        if (row.Version != request.ExpectedVersion)
        {
            return Failure.Outdated("Somebody else changed this KPI meanwhile. Look at it again.", []);
        }

        var faults = new List<Fault>();
        var from = Date(request.EffectiveFrom, "/effectiveFrom", faults);
        var due = string.IsNullOrWhiteSpace(request.DueOn) ? null : Date(request.DueOn, "/dueOn", faults);
        if (due < from)
        {
            faults.Add(new Fault("/dueOn", "dueOn.order", "The date lies on or after the first day."));
        }

        if (request.Baseline is not null && KpiBook.Read(row).Change == KpiChange.None)
        {
            faults.Add(new Fault("/baseline", "baseline.unused", "This KPI is no change: it has no baseline."));
        }

        if (faults.Count > 0)
        {
            return Failure.Invalid(faults);
        }

        var now = time.NowMs();
        var newest = await db.Set<KpiAimRow>().Where(aim => aim.KpiId == row.Id).MaxAsync(aim => (int?)aim.Number, cancellationToken) ?? 0;
        db.Add(new KpiAimRow
        {
            KpiId = row.Id,
            Number = newest + 1,
            FromDay = Day.Number(from!.Value),
            Aim = KpiJson.Write(new KpiAim(request.Comparison, request.Limit, request.Upper, request.Baseline, due)),
            Reason = request.Reason.Trim(),
            Author = caller.Current.Name,
            CreatedAtMs = now,
        });
        row.Version++;
        db.Announce(now, ("kpis", "all"), ("kpi", row.Id), ("dashboard", "executive"));
        await db.SaveChangesAsync(cancellationToken);
        return new KpiRef(row.Id, row.Version);
    }

    private static DateOnly? Date(string text, string pointer, List<Fault> faults)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and <= 2200)
        {
            return day;
        }

        faults.Add(new Fault(pointer, "day.format", "A day is written as 2026-11-01."));
        return null;
    }
}
