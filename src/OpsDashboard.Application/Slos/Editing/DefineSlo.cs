using System.Text;
using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Evaluation;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Editing;

/// <summary>Promises something of an SLI: a new objective with the usual burn alerts. Its other terms are edited afterwards.</summary>
public sealed record DefineSlo : ICommand<string>, IScoped
{
    public static Access Access => Access.EditObjectives;

    Touches IScoped.Touches => Touches.One(Touched.Of(SliId));

    /// <summary>Path platform/service/sli.</summary>
    public required string SliId { get; init; }

    /// <summary>Last part of the objective's path; null: as the SLI is called.</summary>
    public string? Name { get; init; }

    /// <summary>Fraction strictly between 0 and 1.</summary>
    public required decimal Target { get; init; }

    /// <summary>Needed for latency, value and freshness; forbidden for ratio and job.</summary>
    public Threshold? Threshold { get; init; }

    /// <summary>Length of the rolling window.</summary>
    public int WindowDays { get; init; } = 30;
}

internal sealed class DefineSloHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<DefineSlo, Outcome<string>>
{
    public async Task<Outcome<string>> Handle(DefineSlo request, CancellationToken cancellationToken)
    {
        var sli = string.IsNullOrEmpty(request.SliId) ? null : await db.FindSliAsync(request.SliId, cancellationToken);
        if (sli is null)
        {
            return Failure.Invalid("/sliId", "sli.known", $"There is no SLI \"{request.SliId}\".");
        }

        var slo = ToDefinition(request, sli.Definition);
        var faults = SloDefinitionRules.Check(slo);
        if (faults.Count > 0)
        {
            return Failure.Invalid(faults);
        }

        if (await db.Set<SloRow>().AnyAsync(row => row.Path == slo.Id, cancellationToken))
        {
            return Failure.Conflict($"There already is an objective {slo.Id}. Edit it instead.");
        }

        var now = time.NowMs();
        db.Add(ToRow(slo, now));
        db.Announce(now, ("slo", slo.Id), ("service", $"{slo.Platform}/{slo.Service}"), ("platform", slo.Platform), ("dashboard", "operations"), ("catalog", "all"));
        db.Add(new ChangeRow { Topic = Evaluator.ObjectivesTopic, Detail = Encoding.UTF8.GetBytes(slo.Id), AtMs = now });
        await db.SaveChangesAsync(cancellationToken);
        return slo.Id;
    }

    private static SloDefinition ToDefinition(DefineSlo request, SliDefinition sli)
    {
        var window = SloWindow.RollingDays(request.WindowDays);
        var isSound = request.WindowDays is > 0 and <= SloDefinitionRules.MaxWindowDays && request.Target is > 0 and < 1;
        return new SloDefinition
        {
            Id = $"{sli.Platform}/{sli.Service}/{request.Name ?? sli.Name}",
            SliId = sli.Id,
            Name = sli.DisplayName ?? request.Name ?? sli.Name,
            Platform = sli.Platform,
            Service = sli.Service,
            Kind = sli.Kind,
            Target = request.Target,
            Threshold = request.Threshold,
            Budgeting = BudgetingMethod.Occurrences,
            Window = window,
            AlertRules = isSound ? BurnAlertRules.DefaultsFor(window, request.Target) : [],
            Unit = sli.Unit,
        };
    }

    private SloRow ToRow(SloDefinition slo, long now)
    {
        var row = new SloRow
        {
            Path = slo.Id,
            Platform = slo.Platform,
            Service = slo.Service,
            Version = 1,
            Origin = "user",
            OriginHash = "",
            CreatedAtMs = now,
        };
        row.Revisions.Add(new SloRevisionRow
        {
            Version = 1,
            // What was measured before it was promised is judged by it as well.
            EffectiveFromMs = 0,
            Definition = JsonSerializer.Serialize(slo, StoreJson.Options),
            Reason = "Defined",
            Author = caller.Current.Name,
            ByUser = true,
            CreatedAtMs = now,
        });
        return row;
    }
}
