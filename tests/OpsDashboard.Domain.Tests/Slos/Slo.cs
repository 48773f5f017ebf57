using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Tests.Slos;

/// <summary>A sound definition to vary with <c>with</c>.</summary>
internal static class Slo
{
    public static readonly SloDefinition Availability = new()
    {
        Id = "mlops/model-serving/availability",
        SliId = "mlops/model-serving/availability",
        Name = "Availability",
        Platform = "mlops",
        Service = "model-serving",
        Kind = SliKind.Ratio,
        Target = 0.999m,
        Budgeting = BudgetingMethod.Occurrences,
        Window = SloWindow.RollingDays(30),
        AlertRules = BurnAlertRules.DefaultsFor(SloWindow.RollingDays(30), 0.999m),
    };

    public static SloDefinition With(BudgetingMethod method, decimal? sliceTarget = null) =>
        Availability with { Budgeting = method, TimeSliceTarget = method == BudgetingMethod.Timeslices ? sliceTarget ?? 0.95m : null };
}
