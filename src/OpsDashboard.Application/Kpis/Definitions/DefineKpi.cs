using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Kpis.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Kpis;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Kpis.Definitions;

/// <summary>A KPI of one's own, beside those of the contracts. Its values are handed in.</summary>
public sealed record DefineKpi : ICommand<KpiRef>, IScoped
{
    public const int MaxKpis = 1_000;

    public static Access Access => Access.EditKpis;

    public required string Platform { get; init; }

    public required string Name { get; init; }

    public required string Group { get; init; }

    public required string Measures { get; init; }

    public required KpiUnit Unit { get; init; }

    public required KpiCadence Cadence { get; init; }

    public required string Owner { get; init; }

    public required Comparison Comparison { get; init; }

    public decimal? Limit { get; init; }

    public KpiBlock? Block { get; init; }

    Touches IScoped.Touches => Touches.One(new Touched(Platform));
}

/// <summary>Says anew who owns a KPI and how it is told of. What it measures and how often stays: its values would not fit any more.</summary>
public sealed record EditKpi(string KpiId, int ExpectedVersion, string Name, string Owner, string Measures, KpiBlock? Block) : ICommand<KpiRef>, INamesKpi
{
    public static Access Access => Access.EditKpis;
}

internal static class KpiWording
{
    public static void NameRules<T>(AbstractValidator<T> validator, System.Linq.Expressions.Expression<Func<T, string>> field, string word, int most) => validator.RuleFor(field)
        .Must(text => !string.IsNullOrWhiteSpace(text) && text.Length <= most)
        .WithErrorCode($"{word}.length").WithMessage($"1 to {most} characters.");
}

internal sealed class DefineKpiValidator : AbstractValidator<DefineKpi>
{
    public DefineKpiValidator()
    {
        KpiWording.NameRules(this, kpi => kpi.Name, "name", 100);
        KpiWording.NameRules(this, kpi => kpi.Group, "group", 100);
        KpiWording.NameRules(this, kpi => kpi.Measures, "measures", 500);
        KpiWording.NameRules(this, kpi => kpi.Owner, "owner", 100);
        RuleFor(kpi => kpi.Platform).Must(Slug.IsOne).WithErrorCode("platform.slug").WithMessage("Lower-case letters, digits and hyphens.");
    }
}

internal sealed class EditKpiValidator : AbstractValidator<EditKpi>
{
    public EditKpiValidator()
    {
        KpiWording.NameRules(this, kpi => kpi.Name, "name", 100);
        KpiWording.NameRules(this, kpi => kpi.Measures, "measures", 500);
        KpiWording.NameRules(this, kpi => kpi.Owner, "owner", 100);
    }
}

internal sealed class DefineKpiHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<DefineKpi, Outcome<KpiRef>>
{
    public async Task<Outcome<KpiRef>> Handle(DefineKpi request, CancellationToken cancellationToken)
    {
        var taken = (await db.Set<KpiRow>().Select(row => row.Id).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        if (taken.Count >= DefineKpi.MaxKpis)
        {
            return Failure.Conflict($"There are {DefineKpi.MaxKpis} KPIs already.");
        }

        var now = time.NowMs();
        var kpi = new KpiDefinition
        {
            Id = Slug.Free($"{request.Platform} {request.Name}", "kpi", taken),
            Platform = request.Platform,
            Name = request.Name.Trim(),
            Group = request.Group.Trim(),
            Measures = request.Measures.Trim(),
            MeasuredIn = request.Unit,
            Cadence = request.Cadence,
            Owner = request.Owner.Trim(),
            Aim = new KpiAim(request.Comparison, request.Limit),
            Block = request.Block,
        };
        db.Add(new KpiRow { Id = kpi.Id, Platform = kpi.Platform, Definition = KpiJson.Write(kpi), Version = 1, EditedByUser = true, Author = caller.Current.Name, CreatedAtMs = now });
        db.Add(new KpiAimRow { KpiId = kpi.Id, Number = 1, FromDay = Day.Number(DateOnly.MinValue), Aim = KpiJson.Write(kpi.Aim), Reason = "As it was defined", Author = caller.Current.Name, CreatedAtMs = now });
        db.Announce(now, ("kpis", "all"), ("dashboard", "executive"));
        await db.SaveChangesAsync(cancellationToken);
        return new KpiRef(kpi.Id, 1);
    }
}

internal sealed class EditKpiHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<EditKpi, Outcome<KpiRef>>
{
    public async Task<Outcome<KpiRef>> Handle(EditKpi request, CancellationToken cancellationToken)
    {
        if (await db.Set<KpiRow>().SingleOrDefaultAsync(row => row.Id == request.KpiId, cancellationToken) is not { } row)
        {
            return Failure.NotFound($"The KPI \"{request.KpiId}\"");
        }

        if (row.Version != request.ExpectedVersion)
        {
            return Failure.Outdated("Somebody else changed this KPI meanwhile. Look at it again.", []);
        }

        var kpi = KpiBook.Read(row) with { Name = request.Name.Trim(), Owner = request.Owner.Trim(), Measures = request.Measures.Trim(), Block = request.Block };
        (row.Definition, row.Version, row.EditedByUser) = (KpiJson.Write(kpi), row.Version + 1, true);
        db.Announce(time.NowMs(), ("kpis", "all"), ("kpi", row.Id), ("dashboard", "executive"));
        await db.SaveChangesAsync(cancellationToken);
        return new KpiRef(row.Id, row.Version);
    }
}
