using System.Text;
using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Evaluation;
using OpsDashboard.Application.Slos.Revisions;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Slos.Editing;

/// <summary>Gives an objective a new version. Versions before it, and what was closed under them, stay as they are.</summary>
/// <param name="Version">The version the editor saw; another one by now is a conflict. Null: whatever it is.</param>
/// <param name="EffectiveFrom">From when on it is judged by; null: now. Not before the objective began.</param>
public sealed record EditSlo(string Id, int? Version, SloTerms Terms, DateTimeOffset? EffectiveFrom, string Reason) : ICommand<SloEdited>, IScoped
{
    public static Access Access => Access.EditObjectives;

    Touches IScoped.Touches => Touches.One(Touched.Of(Id));
}

/// <param name="Version">The version that holds what was asked for.</param>
public sealed record SloEdited(string Id, int Version, DateTimeOffset EffectiveFrom, SloTerms Terms);

internal sealed class EditSloValidator : AbstractValidator<EditSlo>
{
    public EditSloValidator(TimeProvider time)
    {
        RuleFor(edit => edit.Reason).Must(reason => !string.IsNullOrWhiteSpace(reason))
            .WithErrorCode("required").WithMessage("Say why: the reason stands in the history.");
        RuleFor(edit => edit.Reason).MaximumLength(EditSloRules.MaxReasonLength)
            .WithErrorCode("tooLong").WithMessage($"At most {EditSloRules.MaxReasonLength} characters.");
        RuleFor(edit => edit.EffectiveFrom).Must(from => from is null || from <= time.GetUtcNow().AddDays(EditSloRules.MaxDaysAhead))
            .WithErrorCode("range").WithMessage("At most a year ahead.");
    }
}

/// <summary>Limits of an edit.</summary>
public static class EditSloRules
{
    public const int MaxReasonLength = 500;
    public const int MaxDaysAhead = 366;

    /// <summary>All faults of the terms, with pointers into them.</summary>
    public static IReadOnlyList<Fault> Check(SloTerms terms, SloDefinition slo) =>
        [.. SloDefinitionRules.Check(terms.ApplyTo(slo)).Select(fault => fault.Pointer == "/budgeting" ? fault with { Pointer = "/budgetingMethod" } : fault)];
}

internal sealed class EditSloHandler(OpsDbContext db, CallerContext caller, TimeProvider time) : IRequestHandler<EditSlo, Outcome<SloEdited>>
{
    public async Task<Outcome<SloEdited>> Handle(EditSlo request, CancellationToken cancellationToken)
    {
        var nowMs = time.NowMs();
        var row = await db.Set<SloRow>().Include(slo => slo.Revisions).SingleOrDefaultAsync(slo => slo.Path == request.Id, cancellationToken);
        if (row is null)
        {
            return Failure.NotFound($"Objective {request.Id}");
        }

        var newest = row.Revisions.MaxBy(revision => revision.Version)!;
        var slo = newest.Read();
        var effectiveFrom = request.EffectiveFrom?.ToUnixTimeMilliseconds() ?? nowMs;
        var isSame = TermField.Changed(SloTerms.Of(slo), request.Terms).Count == 0 && (request.EffectiveFrom is null || newest.EffectiveFromMs == effectiveFrom);
        if (isSame && (request.Version is null || row.Version - request.Version is 0 or 1))
        {
            // Nothing new, or the retry of an edit whose answer was lost.
            return new SloEdited(row.Path, row.Version, Instants.ToInstant(newest.EffectiveFromMs), SloTerms.Of(slo));
        }

        if (request.Version is { } seen && seen != row.Version)
        {
            return Outdated(row, seen);
        }

        if (Check(request, slo, row, effectiveFrom) is { Count: > 0 } faults)
        {
            return Failure.Invalid(faults);
        }

        return await AppendAsync(row, request, slo, effectiveFrom, nowMs, cancellationToken);
    }

    private static List<Fault> Check(EditSlo request, SloDefinition slo, SloRow row, long effectiveFrom)
    {
        var faults = EditSloRules.Check(request.Terms, slo).ToList();
        if (effectiveFrom < row.CreatedAtMs)
        {
            faults.Add(new("/effectiveFrom", "beforeCreation", $"Not before the objective began, {Instants.ToInstant(row.CreatedAtMs):yyyy-MM-dd HH:mm} UTC."));
        }

        return faults;
    }

    private async Task<Outcome<SloEdited>> AppendAsync(SloRow row, EditSlo request, SloDefinition slo, long effectiveFrom, long nowMs, CancellationToken cancellationToken)
    {
        var changed = request.Terms.ApplyTo(slo);
        row.Version++;
        row.Revisions.Add(new SloRevisionRow
        {
            Version = row.Version,
            EffectiveFromMs = effectiveFrom,
            Definition = JsonSerializer.Serialize(changed, StoreJson.Options),
            Reason = request.Reason.Trim(),
            Author = caller.Current.Name,
            ByUser = true,
            CreatedAtMs = nowMs,
        });
        db.Announce(nowMs, ("slo", row.Path), ("service", $"{row.Platform}/{row.Service}"), ("platform", row.Platform), ("dashboard", "operations"));
        db.Add(new ChangeRow { Topic = Evaluator.ObjectivesTopic, Detail = Encoding.UTF8.GetBytes(row.Path), AtMs = nowMs });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            if (await db.Set<SloRow>().AnyAsync(now => now.Path == row.Path && now.Version >= row.Version, cancellationToken))
            {
                return Failure.Outdated($"{row.Path} was changed at this very moment; read it again.", []);
            }

            throw;
        }

        return new SloEdited(row.Path, row.Version, Instants.ToInstant(effectiveFrom), SloTerms.Of(changed));
    }

    /// <summary>Tells field by field what became of the version the editor saw, and who did it.</summary>
    private static Failure Outdated(SloRow row, int seen)
    {
        var newest = row.Revisions.MaxBy(revision => revision.Version)!;
        var now = SloTerms.Of(newest.Read());
        var was = row.Revisions.Find(revision => revision.Version == seen) is { } known ? SloTerms.Of(known.Read()) : now;
        var changes = TermField.Changed(was, now)
            .Select(field => new Fault(field.Pointer, "changed", $"{field.Label} is {field.Say(now)} now; it was {field.Say(was)}."))
            .ToList();
        return Failure.Outdated(
            $"{newest.Author} changed this objective at {Instants.ToInstant(newest.CreatedAtMs):yyyy-MM-dd HH:mm} UTC: it is at version {row.Version}, not {seen}.",
            changes);
    }
}
