using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Catalog.OpenSlo;
using OpsDashboard.Application.Catalog.OpenSlo.Mapping;
using OpsDashboard.Application.Incidents.Alerts.MetricRules;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Tests.Catalog;

public sealed class ShippedCatalogsTests
{
    private static readonly IReadOnlyList<ShippedCatalog> Catalogs = ShippedCatalogs.Load();

    private static IEnumerable<SloDefinition> AllSlos => Catalogs.SelectMany(c => c.Slos);

    [Fact]
    public void Load_GivesTheThreeCatalogs()
        => Assert.Equal(
            [("agent-mesh", 1, "SLA Playbook & Enterprise Hardening"), ("mlops", 1, "Production SLAs and Success Criteria"), ("self", 1, null)],
            Catalogs.Select(c => (c.Name, c.Version, c.ContractTitle)));

    [Fact]
    public void EveryObjective_KeepsTheRulesOfTheDomain()
        => Assert.All(AllSlos, s => Assert.Empty(SloDefinitionRules.Check(s)));

    [Fact]
    public void EveryObjective_IsMappedWithoutANotice()
        => Assert.All(Catalogs, c =>
        {
            var text = OpenSloWriter.Write(c.Documents);
            var reading = OpenSloReader.Read([new OpenSloFile(c.Name, text)]);
            Assert.Empty(reading.Faults);
            Assert.Empty(reading.Notices);
            Assert.Empty(OpenSloMapping.ToDefinitions(reading.Documents).Notices);
        });

    [Fact]
    public void EveryId_IsUniqueAndEverySliIsRead()
    {
        var slis = Catalogs.SelectMany(c => c.Slis).Select(s => s.Id).ToList();

        Assert.Distinct(slis);
        Assert.Distinct(AllSlos.Select(s => s.Id));
        // By an objective, or by a rule for alerting.
        Assert.Equal(
            slis.Order(StringComparer.Ordinal),
            AllSlos.Select(s => s.SliId).Concat(ShippedMetricRules.All.SelectMany(r => r.SliIds)).Distinct().Order(StringComparer.Ordinal));
        Assert.All(Catalogs.SelectMany(c => c.Slis), s => Assert.IsType<SliSource.Push>(s.Source));
    }

    [Theory]
    [InlineData("mlops", "ab-testing,data-processing,feature-store,inference-engine,model-serving-api,platform-infrastructure,training-pipeline")]
    [InlineData("agent-mesh", "api-agent-crud,api-authentication,api-policy,api-telemetry,api-workflow,data,gateway,operations,platform")]
    [InlineData("self", "web")]
    public void Services_AreTheAgreedOnesAndAllDescribed(string catalog, string services)
    {
        var found = Catalogs.Single(c => c.Name == catalog).Services;

        Assert.Equal(services, string.Join(',', found.Select(s => s.Name)));
        Assert.All(found, s => Assert.NotNull(s.Description));
    }

    [Fact]
    public void AllTiersOfTheMesh_ReadOneSeries()
    {
        var tiers = AllSlos.Where(s => s.SliId == "agent-mesh/platform/availability" && s.Tier is not null).ToList();

        Assert.Equal([("Free", 0.995m), ("Professional", 0.999m), ("Enterprise", 0.9999m)], tiers.Select(s => (s.Tier!, s.Target)));
        Assert.All(tiers, s => Assert.Equal(new MaintenanceTerms(ExclusionMode.Removed, null, 72 * 3600), s.Maintenance));
        Assert.All(tiers, s => Assert.Equal(SloWindow.CalendarMonth, s.Window));
    }

    [Fact]
    public void UptimeOfMlops_IsACalendarMonthWithFourHoursOfMaintenance()
    {
        var uptime = AllSlos.Single(s => s.Id == "mlops/platform-infrastructure/uptime");

        Assert.Equal(SloWindow.CalendarMonth, uptime.Window);
        Assert.Equal(BudgetingMethod.Timeslices, uptime.Budgeting);
        Assert.Equal(new MaintenanceTerms(ExclusionMode.Removed, 4 * 3600, 0), uptime.Maintenance);
    }

    [Fact]
    public void Durability_HasElevenNinesExactly()
        => Assert.Equal(0.99999999999m, AllSlos.Single(s => s.Id == "agent-mesh/data/durability").Target);

    [Fact]
    public void OwnObjectives_AreTheAgreedOnes()
    {
        var own = Catalogs.Single(c => c.Name == "self");

        Assert.Equal(
            ["opsdashboard/web/availability", "opsdashboard/web/latency", "opsdashboard/web/intake-durability"],
            own.Slis.Select(s => s.Id));
        Assert.Equal(0.999m, own.Slos.Single(s => s.SliId == "opsdashboard/web/availability").Target);
        Assert.Equal(new Threshold(Comparison.LessThan, 250), own.Slos.Single(s => s.SliId == "opsdashboard/web/latency").Threshold);
        Assert.All(own.Slos, s => Assert.Equal(SloWindow.RollingDays(30), s.Window));
    }

    [Fact]
    public void AlertRules_AreThoseOfTheWorkbookThatCanFire()
        => Assert.All(AllSlos, s => Assert.Equal(
            BurnAlertRules.DefaultsFor(SloWindow.RollingDays(30), s.Target).Select(Rounded), s.AlertRules.Select(Rounded)));

    [Fact]
    public void EveryDisagreementWithAnObjective_IsToldOnBothSidesOrAcrossContracts()
    {
        var slos = AllSlos.ToDictionary(s => s.Id);
        foreach (var (slo, other) in AllSlos.SelectMany(s => s.Disagreements.Select(d => (s, d))))
        {
            if (other.With.Split('/') is [var platform, _, _] && slos.Values.Any(s => s.Platform == platform))
            {
                Assert.True(slos.TryGetValue(other.With, out var counterpart), other.With);
                Assert.True(
                    counterpart.Disagreements.Any(d => d.With == slo.Id) || counterpart.Platform != slo.Platform,
                    $"{other.With} does not name {slo.Id}");
            }
        }
    }

    [Theory]
    [InlineData("mlops/data-processing/pipeline-reliability", "mlops/data-processing/pipeline-success")]
    [InlineData("mlops/feature-store/computed-latency", "mlops/feature-store/retrieval-latency")]
    [InlineData("mlops/model-serving-api/error-rate", "mlops/model-serving-api/request-availability")]
    [InlineData("mlops/data-processing/pipeline-recovery", "mlops/platform-infrastructure/mttr")]
    [InlineData("agent-mesh/platform/uptime-free", "agent-mesh/platform/uptime-kpi")]
    [InlineData("agent-mesh/platform/uptime-enterprise", "agent-mesh/data/rto-enterprise")]
    [InlineData("agent-mesh/platform/uptime-enterprise", "mlops/platform-infrastructure/uptime")]
    [InlineData("agent-mesh/operations/mttr", "2.1 Severity Levels / Severity 1 (Critical) / Resolution Target: 4 hours")]
    public void KnownDisagreement_StandsBesideTheFigure(string id, string with)
        => Assert.Contains(AllSlos.Single(s => s.Id == id).Disagreements, d => d.With == with && d.Why.Length > 20);

    [Fact]
    public void Export_OfEveryCatalog_ImportsToEqualDefinitions()
        => Assert.All(Catalogs, c =>
        {
            var documents = OpenSloMapping.ToDocuments(c.Services, c.Slis, c.DataSources, c.Slos);
            var reading = OpenSloReader.Read([new OpenSloFile("export.yaml", OpenSloWriter.Write(documents))]);
            Assert.True(reading.IsValid, string.Join('\n', reading.Faults));
            var mapped = OpenSloMapping.ToDefinitions(reading.Documents);
            Assert.True(mapped.IsValid, string.Join('\n', mapped.Faults));

            Assert.Equivalent(c.Services, mapped.Services, strict: true);
            Assert.Equivalent(c.DataSources, mapped.DataSources, strict: true);
            Assert.Equal(c.Slis.OrderBy(s => s.Id, StringComparer.Ordinal), mapped.Slis.OrderBy(s => s.Id, StringComparer.Ordinal));
            foreach (var slo in c.Slos)
            {
                Assert.Equivalent(slo, mapped.Slos.Single(s => s.Id == slo.Id), strict: true);
            }
        });

    private static BurnAlertRule Rounded(BurnAlertRule rule) => rule with { Threshold = decimal.Round(rule.Threshold, 6) / 1.000000m };
}
