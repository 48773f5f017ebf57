using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Tests.Slos;

public sealed class SloDefinitionRulesTests
{
    public static TheoryData<string, Func<SloDefinition, SloDefinition>, string> Faults => new()
    {
        { "id", s => s with { Id = "mlops/availability" }, "/id" },
        { "id of another service", s => s with { Id = "mlops/other/availability" }, "/id" },
        { "id with a line break", s => s with { Id = s.Id + "\n" }, "/id" },
        { "sli", s => s with { SliId = "../../etc" }, "/sliId" },
        { "name", s => s with { Name = " " }, "/name" },
        { "long name", s => s with { Name = new string('x', 201) }, "/name" },
        { "no latency threshold", s => s with { Kind = SliKind.Latency }, "/threshold" },
        { "ratio with threshold", s => s with { Threshold = new(Comparison.LessThan, 1m) }, "/threshold" },
        { "latency above", s => s with { Kind = SliKind.Latency, Threshold = new(Comparison.GreaterThan, 1m) }, "/threshold/op" },
        { "freshness of zero", s => s with { Kind = SliKind.Freshness, Threshold = new(Comparison.LessThan, 0m) }, "/threshold/limit" },
        { "huge value", s => s with { Kind = SliKind.Value, Threshold = new(Comparison.LessThan, 1_000_000_001m) }, "/threshold/limit" },
        { "no slice target", s => s with { Budgeting = BudgetingMethod.Timeslices }, "/timeSliceTarget" },
        { "slice target above 1", s => s with { Budgeting = BudgetingMethod.Timeslices, TimeSliceTarget = 1.01m }, "/timeSliceTarget" },
        { "needless slice target", s => s with { TimeSliceTarget = 0.9m }, "/timeSliceTarget" },
        { "rolling month", s => s with { Window = new(WindowKind.Rolling, WindowUnit.Month, 1) }, "/window/unit" },
        { "rolling nothing", s => s with { Window = SloWindow.RollingDays(0) }, "/window/count" },
        { "rolling too long", s => s with { Window = SloWindow.RollingDays(367) }, "/window/count" },
        { "rolling far too long", s => s with { Window = new(WindowKind.Rolling, WindowUnit.Week, int.MaxValue) }, "/window/count" },
        { "two calendar months", s => s with { Window = new(WindowKind.Calendar, WindowUnit.Month, 2) }, "/window/count" },
        { "calendar hour", s => s with { Window = new(WindowKind.Calendar, WindowUnit.Hour, 1) }, "/window/unit" },
        { "coverage", s => s with { MinimumCoverage = 1.01m }, "/minimumCoverage" },
        { "cap", s => s with { Maintenance = new(ExclusionMode.Removed, -1, 0) }, "/maintenance/capPerMonthSeconds" },
        { "notice", s => s with { Maintenance = new(ExclusionMode.Removed, 1, -1) }, "/maintenance/noticeSeconds" },
        { "minimum events", s => s with { MinimumEvents = -1 }, "/minimumEvents" },
        { "percentile", s => s with { Percentile = 100 }, "/percentile" },
        { "long window", s => s with { AlertRules = [new(AlertSeverity.Page, 4321, 5, 1m)] }, "/alertRules/0/longWindowMinutes" },
        { "short window", s => s with { AlertRules = [new(AlertSeverity.Page, 60, 60, 1m)] }, "/alertRules/0/shortWindowMinutes" },
        { "threshold of nothing", s => s with { AlertRules = [new(AlertSeverity.Page, 60, 5, 0m)] }, "/alertRules/0/threshold" },
        { "threshold at the maximum", s => s with { AlertRules = [new(AlertSeverity.Page, 60, 5, 1000m)] }, "/alertRules/0/threshold" },
        { "too many rules", s => s with { AlertRules = [.. Enumerable.Repeat(new BurnAlertRule(AlertSeverity.Page, 60, 5, 1m), 9)] }, "/alertRules" },
        { "clause", s => s with { Clauses = [new("", "1", "99.9 %")] }, "/clauses/0/document" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Check_OfOneFault_NamesItsPlace(string fault, Func<SloDefinition, SloDefinition> change, string pointer)
    {
        var found = Assert.Single(SloDefinitionRules.Check(change(Slo.Availability)));

        Assert.True(pointer == found.Pointer, $"{fault}: {found}");
        Assert.NotEmpty(found.Message);
    }

    [Fact]
    public void Check_OfManyFaults_ListsThemAll()
    {
        var faults = SloDefinitionRules.Check(Slo.Availability with
        {
            Name = "",
            Target = 1m,
            Kind = SliKind.Latency,
            Window = SloWindow.RollingDays(0),
            MinimumEvents = -1,
        });

        Assert.Equal(
            "/minimumEvents /name /target /threshold /window/count",
            string.Join(' ', faults.Select(f => f.Pointer).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Check_OfASoundDefinition_FindsNothing()
    {
        Assert.Empty(SloDefinitionRules.Check(Slo.Availability));
        Assert.Empty(SloDefinitionRules.Check(Slo.With(BudgetingMethod.Timeslices) with { Window = SloWindow.CalendarMonth }));
    }
}
