using OpsDashboard.Application.Agreements;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Kpis;
using OpsDashboard.Domain.Agreements;
using OpsDashboard.Domain.Changes;
using OpsDashboard.Domain.Contracts;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Domain.Incidents.Alerts;
using OpsDashboard.Domain.Kpis;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Dashboards.ContractCheck;

/// <summary>Turns what the product holds into figures that can be set against each other.</summary>
internal sealed class FigureSource(IReadOnlyList<ShippedFigures> shipped)
{
    private const string ErrorRate = "Error rate";
    private const string LatencyP99 = "Latency p99";
    private const string HealthChecks = "Failed health checks";

    private readonly Dictionary<string, string> measures = shipped.SelectMany(contract => contract.Measures).ToDictionary(StringComparer.Ordinal);
    private readonly Dictionary<string, FigureRole> roles = shipped.SelectMany(contract => contract.Roles).ToDictionary(StringComparer.Ordinal);
    private readonly List<string> goals = [.. shipped.SelectMany(contract => contract.Goals)];

    public IReadOnlyList<ContractFigure> Of(
        IReadOnlyList<SloDefinition> slos,
        IReadOnlyList<MetricRule> rules,
        IReadOnlyList<KpiSummary> kpis,
        IReadOnlyList<AgreementSummary> agreements)
    {
        var platforms = slos.Select(slo => slo.Platform).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. slos.Select(Objective),
            .. slos.Where(slo => slo.Maintenance?.CapPerMonthSeconds is not null).Select(Cap),
            .. platforms.SelectMany(platform => ShippedScales.For(platform).Levels.SelectMany(level => level.Clocks.Select(term => Clock(platform, level, term)))),
            .. rules.Where(rule => rule.Level == AlertLevel.Critical && rule.Measure is MetricMeasure.ErrorPercent or MetricMeasure.LatencyPercentile).Select(Paging),
            .. platforms.Contains(ShippedScales.AgentMesh.Platform) ? Rollbacks() : [],
            .. kpis.Where(kpi => kpi.Aim.Limit is not null).Select(Kpi),
            .. agreements.Select(Agreement),
            .. shipped.Where(contract => platforms.Contains(contract.Platform)).SelectMany(contract => contract.Figures),
        ];
    }

    private ContractFigure Objective(SloDefinition slo)
    {
        var id = $"slo:{slo.Id}";
        var isUptime = slo.Kind == SliKind.Ratio && slo.Budgeting != BudgetingMethod.Occurrences;
        var higher = slo.Threshold is null || slo.Threshold.Op is Comparison.GreaterThan or Comparison.GreaterOrEqual;
        var (unit, word, factor) = slo.Threshold is null ? (FigureUnit.Fraction, null, 1) : UnitOf(slo.Unit);
        return new ContractFigure
        {
            Id = id,
            Platform = slo.Platform,
            Role = roles.TryGetValue(id, out var role) ? role : isUptime ? FigureRole.Uptime : FigureRole.Target,
            Measure = measures.GetValueOrDefault(id) ?? $"sli:{slo.SliId}/{slo.Percentile}/{higher}/{slo.Budgeting == BudgetingMethod.Occurrences}",
            Name = slo.Name,
            Tier = slo.Tier,
            Unit = unit,
            UnitWord = word,
            Value = slo.Threshold is { } threshold ? threshold.Limit * factor : slo.Target,
            HigherIsStricter = higher,
            Standing = StandingOf(slo.Clauses),
            Clause = slo.Clauses.Count > 0 ? slo.Clauses[0] : null,
            WindowDays = DaysOf(slo.Window),
            Credits = isUptime && slo.Tier is { } tier ? AgreementTemplates.Find(tier.ToLowerInvariant())?.Terms.Credits ?? [] : [],
            Href = $"/slos/{slo.Id}",
        };
    }

    private static ContractFigure Cap(SloDefinition slo) => new()
    {
        Id = $"cap:{slo.Id}",
        Platform = slo.Platform,
        Role = FigureRole.MaintenanceCap,
        Measure = $"sli:maintenance/{slo.Id}",
        Name = $"Maintenance forgiven by {slo.Name}",
        Unit = FigureUnit.Seconds,
        Value = slo.Maintenance!.CapPerMonthSeconds!.Value,
        Standing = Standing.Promise,
        Clause = slo.Clauses.FirstOrDefault(clause => clause.Quote.Contains("maintenance", StringComparison.OrdinalIgnoreCase)) ?? (slo.Clauses.Count > 0 ? slo.Clauses[0] : null),
        Href = $"/slos/{slo.Id}",
    };

    private ContractFigure Clock(string platform, SeverityLevel level, ClockTerm term)
    {
        var id = $"clock:{platform}/{level.Name}/{term.Kind}{(term.Tier is { } tier ? $"/{tier}" : "")}";
        return new ContractFigure
        {
            Id = id,
            Platform = platform,
            Role = FigureRole.Clock,
            Measure = measures.GetValueOrDefault(id) ?? $"sli:{id}",
            Name = $"{level.Name}, {Word(term.Kind)}{(term.Tier is null ? "" : $", {term.Tier}")}",
            Tier = term.Tier,
            Unit = FigureUnit.Seconds,
            Value = term.Span.RunningMs(BusinessCalendar.Default) / 1000m,
            Said = term.Span.ToString(),
            Standing = Standing.Promise,
            Clause = term.Clause,
        };
    }

    private static ContractFigure Paging(MetricRule rule) => new()
    {
        Id = $"rule:{rule.Id}",
        Platform = rule.Platform,
        Role = FigureRole.Paging,
        Measure = rule.Measure == MetricMeasure.ErrorPercent ? ErrorRate : $"Latency p{rule.Percentile:0.##}",
        Name = $"Paged: {rule.Name}",
        Unit = rule.Measure == MetricMeasure.ErrorPercent ? FigureUnit.Fraction : FigureUnit.Seconds,
        Value = rule.Measure == MetricMeasure.ErrorPercent ? rule.Limit / 100 : rule.Limit / 1000,
        Standing = Standing.Promise,
        Clause = rule.Clause,
        Href = "/alerts",
    };

    private static IEnumerable<ContractFigure> Rollbacks()
    {
        foreach (var (rule, measure, unit, value) in new[]
        {
            ("errorRate", ErrorRate, FigureUnit.Fraction, RollbackRules.MostErrors),
            ("latencyP99", LatencyP99, FigureUnit.Seconds, RollbackRules.MostP99Ms / 1000),
            ("healthChecks", HealthChecks, FigureUnit.Fraction, RollbackRules.MostHealthFailures),
        })
        {
            yield return new ContractFigure
            {
                Id = $"rollback:{rule}",
                Platform = ShippedScales.AgentMesh.Platform,
                Role = FigureRole.Rollback,
                Measure = measure,
                Name = $"Rolled back: {measure.ToLowerInvariant()}",
                Unit = unit,
                Value = value,
                Standing = Standing.Promise,
                Clause = RollbackRules.ClauseOf(rule),
                Href = "/development",
            };
        }
    }

    private ContractFigure Kpi(KpiSummary kpi)
    {
        var id = $"kpi:{kpi.Id}";
        var (unit, word, factor) = UnitOf(kpi.Unit);
        return new ContractFigure
        {
            Id = id,
            Platform = kpi.Platform,
            Role = roles.GetValueOrDefault(id),
            Measure = measures.GetValueOrDefault(id) ?? $"sli:{id}",
            Name = kpi.Name,
            Unit = unit,
            UnitWord = word,
            Value = kpi.Aim.Limit!.Value * factor,
            Upper = kpi.Aim.Upper * factor,
            HigherIsStricter = kpi.Aim.HigherIsBetter,
            Standing = Standing.Goal,
            Clause = kpi.Clauses.Count > 0 ? kpi.Clauses[0] : null,
            Href = $"/kpis/{kpi.Id}",
        };
    }

    private static ContractFigure Agreement(AgreementSummary agreement) => new()
    {
        Id = $"agreement:{agreement.Id}",
        Platform = agreement.Terms.Slos[0].Split('/')[0],
        Role = FigureRole.Agreement,
        Measure = $"sli:agreement/{agreement.Id}",
        Name = $"{agreement.Customer}, {agreement.Name}",
        Tier = agreement.Terms.Tier,
        Unit = FigureUnit.Fraction,
        Value = agreement.Terms.Target,
        HigherIsStricter = true,
        Standing = Standing.Promise,
        Clause = agreement.Terms.Clauses.Count > 0 ? agreement.Terms.Clauses[0] : null,
        Of = agreement.Terms.Slos,
        Credits = agreement.Terms.Credits,
        Href = $"/agreements/{agreement.Id}",
    };

    private Standing StandingOf(IReadOnlyList<Clause> clauses) =>
        clauses.Count > 0 && goals.Exists(goal => clauses[0].Section.StartsWith(goal, StringComparison.Ordinal)) ? Standing.Goal : Standing.Promise;

    private static int DaysOf(SloWindow window) => window.Count * (window.Unit switch
    {
        WindowUnit.Hour or WindowUnit.Day => 1,
        WindowUnit.Week => 7,
        WindowUnit.Month => 30,
        WindowUnit.Quarter => 91,
        WindowUnit.Year => 365,
    });

    private static (FigureUnit Unit, string? Word, decimal Factor) UnitOf(string? unit) => unit switch
    {
        "ms" => (FigureUnit.Seconds, null, 0.001m),
        "s" => (FigureUnit.Seconds, null, 1),
        "percent" => (FigureUnit.Fraction, null, 0.01m),
        _ => (FigureUnit.Number, unit, 1),
    };

    private static (FigureUnit Unit, string? Word, decimal Factor) UnitOf(KpiUnit unit) => unit switch
    {
        KpiUnit.Ratio => (FigureUnit.Fraction, null, 1),
        KpiUnit.Milliseconds => (FigureUnit.Seconds, null, 0.001m),
        KpiUnit.Seconds => (FigureUnit.Seconds, null, 1),
        KpiUnit.Minutes => (FigureUnit.Seconds, null, 60),
        KpiUnit.Hours => (FigureUnit.Seconds, null, 3_600),
        KpiUnit.Days => (FigureUnit.Seconds, null, 86_400),
        KpiUnit.Weeks => (FigureUnit.Seconds, null, 604_800),
        KpiUnit.Usd => (FigureUnit.Number, "USD", 1),
        KpiUnit.Factor => (FigureUnit.Number, "times", 1),
        KpiUnit.Points => (FigureUnit.Number, "points", 1),
        KpiUnit.PerDay => (FigureUnit.Number, "a day", 1),
        KpiUnit.Count or KpiUnit.YesNo => (FigureUnit.Number, null, 1),
    };

    private static string Word(ClockKind kind) => kind switch
    {
        ClockKind.Respond => "response",
        ClockKind.SupportRespond => "support response",
        ClockKind.Triage => "triage",
        ClockKind.Escalate => "escalation",
        ClockKind.Communicate => "communication",
        ClockKind.Resolve => "resolution",
    };
}
