using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Catalog.OpenSlo.Mapping;

/// <summary>What annotations add to the objectives of a document.</summary>
internal sealed record SloTerms
{
    private string? Tier { get; init; }

    private int? Percentile { get; init; }

    private decimal? MinimumCoverage { get; init; }

    private long MinimumEvents { get; init; }

    private MaintenanceTerms? Maintenance { get; init; }

    private IReadOnlyList<Clause> Clauses { get; init; } = [];

    private IReadOnlyList<Disagreement> Disagreements { get; init; } = [];

    public static SloTerms Read(Annotations annotations) => new()
    {
        Tier = annotations.Text(AnnotationNames.Tier),
        Percentile = (int?)annotations.Number(
            AnnotationNames.Percentile, "a whole number from 1 to 99", p => p is >= 1 and <= 99 && p == decimal.Truncate(p)),
        MinimumCoverage = annotations.Number(AnnotationNames.MinimumCoverage, "a fraction from 0 to 1", c => c is >= 0 and <= 1),
        MinimumEvents = (long?)annotations.Number(
            AnnotationNames.MinimumEvents, "a whole number", e => e is >= 0 and <= 1_000_000_000_000 && e == decimal.Truncate(e)) ?? 0,
        Maintenance = ReadMaintenance(annotations),
        Clauses = ReadClauses(annotations),
        Disagreements = ReadDisagreements(annotations),
    };

    public SloDefinition ApplyTo(SloDefinition slo) => slo with
    {
        Tier = Tier,
        Percentile = Percentile,
        MinimumCoverage = MinimumCoverage ?? slo.MinimumCoverage,
        MinimumEvents = MinimumEvents,
        Maintenance = Maintenance,
        Clauses = Clauses,
        Disagreements = Disagreements,
    };

    private static MaintenanceTerms? ReadMaintenance(Annotations annotations)
    {
        var mode = annotations.Word(AnnotationNames.MaintenanceMode, MappingWords.MaintenanceModes);
        var cap = annotations.Minutes(AnnotationNames.MaintenanceCap, allowZero: true);
        var notice = annotations.Minutes(AnnotationNames.MaintenanceNotice, allowZero: true);
        if (mode is not null)
        {
            return new MaintenanceTerms(mode.Value, cap * 60L, (notice ?? 0) * 60L);
        }

        if (cap is not null || notice is not null)
        {
            annotations.Missing(AnnotationNames.MaintenanceMode, "removed or counted-as-up, as maintenance has terms");
        }

        return null;
    }

    private static List<Clause> ReadClauses(Annotations annotations)
    {
        var shared = annotations.Text(AnnotationNames.Document);
        var clauses = new List<Clause>();
        for (var n = 1; n <= SloDefinitionRules.MaxClauses; n++)
        {
            var document = annotations.Text(AnnotationNames.Clause(n, "document")) ?? shared;
            var section = annotations.Text(AnnotationNames.Clause(n, "section"));
            var quote = annotations.Text(AnnotationNames.Clause(n, "quote"));
            if (section is null && quote is null)
            {
                break;
            }

            if (document is null)
            {
                annotations.Missing(AnnotationNames.Clause(n, "document"), "the document of the clause");
            }
            else if (section is null || quote is null)
            {
                annotations.Missing(AnnotationNames.Clause(n, section is null ? "section" : "quote"), "a section and a quote");
            }
            else
            {
                clauses.Add(new Clause(document, section, quote));
            }
        }

        return clauses;
    }

    private static List<Disagreement> ReadDisagreements(Annotations annotations)
    {
        var disagreements = new List<Disagreement>();
        for (var n = 1; n <= SloDefinitionRules.MaxClauses; n++)
        {
            var with = annotations.Text(AnnotationNames.Disagrees(n, "with"));
            var why = annotations.Text(AnnotationNames.Disagrees(n, "why"));
            if (with is null && why is null)
            {
                break;
            }

            if (with is null || why is null)
            {
                annotations.Missing(AnnotationNames.Disagrees(n, with is null ? "with" : "why"), "what it disagrees with, and why");
            }
            else
            {
                disagreements.Add(new Disagreement(with, why));
            }
        }

        return disagreements;
    }
}
