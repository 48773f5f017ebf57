using OpsDashboard.Application.Kpis;
using OpsDashboard.Domain.Kpis;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Demo;

/// <summary>
/// Two years of what the business is steered by: adoption that grows towards its dates, savings that passed their target, a return on
/// investment behind its, compliance violations that turned, one month nobody told, one figure that was corrected. Tellers are roles.
/// </summary>
internal sealed class DemoKpis(KpiRecord record) : IDemoChapter
{
    private const int Months = 26;

    private const string Product = "Product manager, ML platform";
    private const string Finance = "Finance partner";
    private const string Operations = "Operations manager";
    private const string Engineering = "Head of engineering";

    /// <summary>A figure's way from 26 months back to the last whole month, with a scatter, all in the unit of what is measured.</summary>
    /// <param name="Bend">1: straight; above: slow at first.</param>
    private sealed record Way(string Kpi, string Teller, double From, double To, double Scatter, double Bend = 1, int Digits = 0);

    private static readonly IReadOnlyList<Way> Monthly =
    [
        new("models-deployed", Product, 3, 46, 0.6, 1.2),
        new("models-in-production", Product, 3, 46, 0.6, 1.2),
        new("features-used", "Lead, Feature store team", 10, 118, 3),
        new("features-active", "Lead, Feature store team", 40, 371, 9),
        new("teams-active", Product, 1, 9, 0.3),
        new("api-integrations", "Customer success lead", 2, 23, 0.5),
        new("deployment-speed", "Head of ML platform", 330, 31, 9, 0.6, 1),
        new("compute-cost-per-model", Finance, 4_900, 2_280, 120, 0.8),
        new("time-to-value", Product, 9.5, 2.2, 0.3, 0.8, 1),
        new("models-on-target", Product, 0.82, 0.957, 0.006, 1, 3),
        new("data-loss", "Lead, Data team", 0.004, 0.0006, 0.0002, 1, 4),
        new("roi", Finance, -0.9, 1.72, 0.04, 1.1, 2),
        new("manual-operations", Operations, 780, 372, 14),
        new("operational-overhead", Operations, 610, 214, 12),
        new("dashboard-usage", "Enablement lead", 0.35, 0.88, 0.015, 0.8, 3),
        new("test-coverage", Engineering, 0.71, 0.913, 0.004, 1, 3),
        new("cost-savings", Finance, 180_000, 2_260_000, 24_000),
        new("revenue-attribution", Finance, 350_000, 4_640_000, 60_000, 1.2),
        new("cost-per-prediction", Finance, 0.0031, 0.00094, 0.00005, 0.8, 6),
        new("development-cycle", "Head of ML platform", 13, 6.1, 0.3, 1, 1),
        new("manual-effort", Operations, 44, 15, 1, 0.9, 1),
        new("compliance-processing", "Compliance officer", 21, 5.2, 0.4, 0.9, 1),
        new("model-accuracy", Product, 0.71, 0.823, 0.003, 1, 3),
        new("first-model", "Enablement lead", 24, 6, 0.6, 1, 1),
        new("iteration-speed", "Lead, Training team", 2.1, 6.6, 0.2, 1, 1),
        new("feature-development", "Lead, Feature store team", 18, 6.4, 0.5, 1, 1),
        new("debugging-time", Engineering, 15, 7.9, 0.5, 1, 1),
        new("budget-used", Finance, 0.06, -0.012, 0.008, 1, 3),
        new("cost-against-plan", Finance, 1.14, 0.985, 0.012, 1, 3),
        new("platform-cost", Finance, 96_000, 143_000, 1_900),
        new("allocation-new", "Head of ML platform", 0.42, 0.61, 0.012, 1, 3),
    ];

    private static readonly IReadOnlyList<Way> Quarterly =
    [
        new("development-productivity", "Head of ML platform", 0.8, 2.5, 0.05, 1, 2),
        new("cost-savings-annual", Finance, 180_000, 2_190_000, 20_000),
        new("revenue-incremental", Finance, 350_000, 4_480_000, 50_000, 1.2),
        new("developer-nps", Product, 31, 66, 1.2),
        new("nps", Product, 28, 72, 1.2),
        new("business-satisfaction", "Customer success lead", 0.74, 0.912, 0.005, 1, 3),
        new("audit-success", "Compliance officer", 1, 1, 0),
        new("competitive-advantage", Product, 1, 1, 0),
        new("innovation-rate", Product, 4, 9, 0.4),
        new("customer-experience", "Customer success lead", 0.71, 0.79, 0.004, 1, 3),
        new("documentation-coverage", "Enablement lead", 0.52, 0.93, 0.01, 1, 3),
        new("training-completion", "Enablement lead", 0.6, 0.97, 0.01, 1, 3),
        new("answer-time", "Enablement lead", 140, 48, 4),
        new("best-practices", "Enablement lead", 0.3, 0.85, 0.02, 1, 2),
        new("roi-kpi", Finance, -0.9, 1.6, 0.04, 1.1, 2),
        new("customer-satisfaction", "Customer success lead", 0.70, 0.782, 0.004, 1, 3),
        new("time-to-market", Product, 30, 12.6, 0.5, 1, 1),
        new("risk-reduction", "Compliance officer", 20, 3, 0.4),
        new("training-rate", "Enablement lead", 0.7, 0.962, 0.01, 1, 3),
        new("recommendation-rate", Product, 0.68, 0.914, 0.006, 1, 3),
    ];

    private static readonly IReadOnlyList<Way> Mesh =
    [
        new("daily-api-calls", "Capacity planner", 2_100_000, 38_500_000, 500_000, 1.6),
        new("active-agents", "Capacity planner", 900, 19_400, 220, 1.5),
        new("tickets-pro", "Customer success lead", 31, 19, 1.2, 1, 1),
        new("tickets-enterprise", "Customer success lead", 1.9, 0.8, 0.06, 1, 2),
        new("reserved-instances", Finance, 0.4, 0.72, 0.01, 1, 3),
        new("cost-compute", Finance, 0.49, 0.452, 0.004, 1, 3),
        new("cost-database", Finance, 0.22, 0.248, 0.003, 1, 3),
        new("cost-storage", Finance, 0.14, 0.151, 0.002, 1, 3),
        new("cost-network", Finance, 0.1, 0.1, 0.002, 1, 3),
        new("cost-other", Finance, 0.05, 0.049, 0.001, 1, 3),
    ];

    /// <summary>Computed figures from before the story's measuring began, as the former report had them.</summary>
    private static readonly IReadOnlyList<Way> Former =
    [
        new("mlops-platform-uptime", Operations, 0.9982, 0.9993, 0.0003, 1, 5),
        new("mlops-serving-uptime", Operations, 0.9988, 0.9996, 0.0002, 1, 5),
        new("mlops-critical-incidents", Operations, 7, 3, 0.9),
        new("mlops-mttr", Operations, 74, 33, 4, 1, 1),
        new("mlops-mttd", Operations, 11, 5.2, 0.5, 1, 1),
        new("mlops-objectives-kept", Operations, 0.71, 0.93, 0.02, 1, 3),
        new("mlops-api-calls", Operations, 14_000_000_000, 22_900_000_000, 300_000_000),
        new("agent-mesh-uptime", Operations, 0.9991, 0.99985, 0.0001, 1, 6),
        new("agent-mesh-deployment-frequency", Engineering, 0.3, 0.8, 0.05, 1, 2),
        new("agent-mesh-change-failure-rate", Engineering, 0.11, 0.055, 0.006, 1, 3),
    ];

    private static readonly IReadOnlyList<(string Kpi, decimal Baseline)> Baselines =
    [
        ("deployment-speed", 336), ("development-productivity", 0.8m), ("compute-cost-per-model", 4_900), ("manual-operations", 780), ("operational-overhead", 610),
        ("innovation-rate", 4), ("customer-experience", 0.71m), ("development-cycle", 13), ("manual-effort", 44), ("compliance-processing", 21), ("model-accuracy", 0.71m),
        ("customer-satisfaction", 0.70m), ("time-to-market", 30), ("risk-reduction", 20), ("iteration-speed", 2.1m), ("feature-development", 18),
    ];

    private static readonly IReadOnlyList<(string Kpi, decimal Limit, int Months)> Dated =
        [("mlops-models-deployed", 50, 2), ("mlops-features-used", 100, 1), ("mlops-teams-active", 10, 4), ("mlops-roi", 3, 9), ("agent-mesh-daily-api-calls", 50_000_000, 3), ("agent-mesh-active-agents", 25_000, 2)];

    public Task WriteAsync(DateTimeOffset anchor, int historyDays, long nowMs, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(anchor.UtcDateTime);
        var measured = today.AddDays(-historyDays);
        var first = KpiPeriod.Of(KpiCadence.Monthly, measured).Plus(1).Start;
        IEnumerable<RecordedKpiValue> values =
        [
            .. Monthly.SelectMany(way => Along(way with { Kpi = $"mlops-{way.Kpi}" }, KpiCadence.Monthly, Months, today)).Where(value => !IsForgotten(value, today)),
            .. Quarterly.SelectMany(way => Along(way with { Kpi = $"mlops-{way.Kpi}" }, KpiCadence.Quarterly, Months / 3, today)),
            .. Mesh.SelectMany(way => Along(way with { Kpi = $"agent-mesh-{way.Kpi}" }, KpiCadence.Monthly, Months, today)),
            .. Along(new Way("agent-mesh-nps", "Customer success lead", 38, 54, 1.5), KpiCadence.Quarterly, Months / 3, today),
            .. Former.SelectMany(way => Along(way, KpiCadence.Monthly, Months, today)).Where(value => value.Start < first).Select(value => value with { Source = KpiSource.Record, Note = "From the report before this product" }),
            .. Along(new Way("mlops-active-users", Product, 64, 112, 4), KpiCadence.Daily, 400, today).Select(value => value with { Source = KpiSource.Api, Author = "Directory export" }),
            .. Along(new Way("mlops-support-tickets", "Customer success lead", 17, 8, 2), KpiCadence.Weekly, 60, today),
            .. Violations(today),
        ];
        return record.ReplaceAsync(DemoWorker.Author, [.. values.Select(value => Corrected(value, today))], [.. Aims(today)], nowMs, cancellationToken);
    }

    public Task EraseAsync(long nowMs, CancellationToken cancellationToken) => record.ReplaceAsync(DemoWorker.Author, [], [], nowMs, cancellationToken);

    private static IEnumerable<RecordedKpiValue> Along(Way way, KpiCadence cadence, int periods, DateOnly today)
    {
        var last = KpiPeriod.Of(cadence, today).Plus(-1);
        for (var index = 0; index < periods; index++)
        {
            var period = last.Plus(index + 1 - periods);
            var place = Math.Pow((double)index / (periods - 1), way.Bend);
            var value = way.From + ((way.To - way.From) * place) + (way.Scatter * Scatter(way.Kpi, index));
            var told = period.End.AddDays(cadence is KpiCadence.Daily ? 0 : 3).ToDateTime(new TimeOnly(9, 30));
            yield return new RecordedKpiValue(
                way.Kpi,
                period.Start,
                decimal.Round((decimal)(way.From >= 0 ? Math.Max(0, value) : value), way.Digits),
                way.Teller == Finance ? KpiSource.Csv : KpiSource.Form,
                way.Teller,
                new DateTimeOffset(told, TimeSpan.Zero));
        }
    }

    /// <summary>Nobody counted the manual hours of three months ago, and none of the features in use five months ago.</summary>
    private static bool IsForgotten(RecordedKpiValue value, DateOnly today) =>
        (value.KpiId == "mlops-manual-operations" && value.Start == KpiPeriod.Of(KpiCadence.Monthly, today).Plus(-3).Start)
        || (value.KpiId == "mlops-dashboard-usage" && value.Start == KpiPeriod.Of(KpiCadence.Monthly, today).Plus(-5).Start);

    /// <summary>Last month's savings were told too high first.</summary>
    private static RecordedKpiValue Corrected(RecordedKpiValue value, DateOnly today) =>
        value.KpiId == "mlops-cost-savings" && value.Start == KpiPeriod.Of(KpiCadence.Monthly, today).Plus(-1).Start
            ? value with { Corrects = value.Value + 310_000, Note = "A contract that ended in September was counted in full" }
            : value;

    /// <summary>None for a year; two turned up the month before last, none since.</summary>
    private static IEnumerable<RecordedKpiValue> Violations(DateOnly today) =>
        Along(new Way("mlops-compliance-violations", "Compliance officer", 0, 0, 0), KpiCadence.Monthly, Months, today)
            .Select(value => value.Start == KpiPeriod.Of(KpiCadence.Monthly, today).Plus(-2).Start ? value with { Value = 2, Note = "Two models went live without their bias report; both were withdrawn the same day" } : value);

    private static IEnumerable<RecordedKpiAim> Aims(DateOnly today)
    {
        var changes = Baselines.ToDictionary(one => $"mlops-{one.Kpi}", one => one.Baseline, StringComparer.Ordinal);
        foreach (var kpi in Catalog.ShippedCatalogs.LoadKpis().Where(kpi => changes.ContainsKey(kpi.Id)))
        {
            yield return new RecordedKpiAim(kpi.Id, null, kpi.Aim with { Baseline = changes[kpi.Id] }, "Baseline measured before the platform, confirmed by finance");
        }

        foreach (var (kpi, limit, months) in Dated)
        {
            yield return new RecordedKpiAim(kpi, null, new KpiAim(Comparison.GreaterOrEqual, limit, DueOn: KpiPeriod.Of(KpiCadence.Monthly, today).Plus(months).End.AddDays(-1)), "The contract's figure, by the date of the programme plan");
        }

        yield return new RecordedKpiAim("mlops-api-integrations", KpiPeriod.Of(KpiCadence.Monthly, today).Plus(-4).Start, new KpiAim(Comparison.GreaterOrEqual, 25), "Raised by the steering committee once 20 was passed");
    }

    /// <summary>Between −1 and 1, the same at every start.</summary>
    private static double Scatter(string kpi, int index)
    {
        var hash = 2166136261u;
        foreach (var letter in kpi)
        {
            hash = (hash ^ letter) * 16777619u;
        }

        hash = (hash ^ (uint)index) * 16777619u;
        hash = (hash ^ (hash >> 15)) * 2246822519u;
        return ((hash >> 8) / 8_388_607.5) - 1;
    }
}
