using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Catalog.OpenSlo;
using OpsDashboard.Application.Catalog.OpenSlo.Mapping;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Tests.Catalog.OpenSlo;

public sealed class OpenSloMappingTests
{
    private const string Threshold = """
        apiVersion: openslo/v1
        kind: SLI
        metadata: {name: response-time, labels: {service: shop}, annotations: {opsdashboard/kind: latency, opsdashboard/unit: ms}}
        spec: {thresholdMetric: {metricSource: {type: OpsDashboard, spec: {}}}}
        """;

    private const string LatencySlo = """
        apiVersion: openslo/v1
        kind: SLO
        metadata:
          name: fast
          displayName: Fast answers
          annotations:
            opsdashboard/tier: Gold
            opsdashboard/percentile: "95"
            opsdashboard/minimum-coverage: "0.25"
            opsdashboard/minimum-events: "100"
            opsdashboard/maintenance-mode: counted-as-up
            opsdashboard/maintenance-cap-per-month: 4h
            opsdashboard/maintenance-notice: 3d
            opsdashboard/clause-document: Agreement
            opsdashboard/clause-1.section: "2"
            opsdashboard/clause-1.quote: under 300 ms
            opsdashboard/clause-2.document: Addendum
            opsdashboard/clause-2.section: "1"
            opsdashboard/clause-2.quote: 300 ms
            opsdashboard/disagrees-1.with: default/shop/slow
            opsdashboard/disagrees-1.why: It says something else.
        spec:
          service: shop
          indicatorRef: response-time
          timeWindow: [{duration: 4w, isRolling: true}]
          budgetingMethod: Occurrences
          objectives: [{op: lt, value: 300, target: 0.95}]
        """;

    [Fact]
    public void Slo_WithAllAnnotations_BecomesTheWholeDefinition()
    {
        var slo = Assert.Single(Mapped(Threshold, LatencySlo).Slos);

        Assert.Equivalent(
            new SloDefinition
            {
                Id = "default/shop/fast",
                SliId = "default/shop/response-time",
                Name = "Fast answers",
                Platform = "default",
                Service = "shop",
                Tier = "Gold",
                Kind = SliKind.Latency,
                Target = 0.95m,
                Threshold = new Threshold(Comparison.LessThan, 300),
                Budgeting = BudgetingMethod.Occurrences,
                Window = new SloWindow(WindowKind.Rolling, WindowUnit.Week, 4),
                MinimumCoverage = 0.25m,
                MinimumEvents = 100,
                Percentile = 95,
                Unit = "ms",
                Maintenance = new MaintenanceTerms(ExclusionMode.CountedAsUp, 14_400, 259_200),
                Clauses = [new Clause("Agreement", "2", "under 300 ms"), new Clause("Addendum", "1", "300 ms")],
                Disagreements = [new Disagreement("default/shop/slow", "It says something else.")],
            },
            slo,
            strict: true);
    }

    [Fact]
    public void PlainDocuments_TakeServiceAndKindFromWhatIsThere()
    {
        var mapped = Mapped(OpenSloTexts.Sli, OpenSloTexts.Slo);

        var sli = Assert.Single(mapped.Slis);
        Assert.Equal(("default/shop/checkout-success", SliKind.Ratio), (sli.Id, sli.Kind));
        Assert.Equal(("default/shop/checkout", SloWindow.RollingDays(30)), (mapped.Slos[0].Id, mapped.Slos[0].Window));
        Assert.Equal(["default/shop"], mapped.Services.Select(s => s.Id));
    }

    [Fact]
    public void LabelsAndIdAnnotation_DecideTheIds()
    {
        var sli = OpenSloTexts.Sli.With("name: checkout-success", "name: checkout-success\n  labels: {platform: web, service: till}\n  annotations: {opsdashboard/id: web/till/success}");
        var slo = OpenSloTexts.Slo.With("name: checkout", "name: checkout\n  labels: {platform: web}");

        var mapped = Mapped(sli, slo);

        Assert.Equal("web/till/success", mapped.Slis[0].Id);
        Assert.Equal(("web/shop/checkout", "web/till/success"), (mapped.Slos[0].Id, mapped.Slos[0].SliId));
        Assert.Equal(["web/shop", "web/till"], mapped.Services.Select(s => s.Id));
    }

    [Theory]
    [InlineData("displayName: Internal goal", "displayName: SLA", "-internal-goal", "-sla")]
    [InlineData("displayName: SLA", "displayName: sla", "-1", "-2")]
    [InlineData("value: 1", "displayName: SLA", "-1", "-2")]
    public void SeveralObjectives_GetIdsByNameOrNumber(string first, string second, string firstSuffix, string secondSuffix)
    {
        var slo = OpenSloTexts.Slo.With("    - target: 0.99", $"    - target: 0.99\n      {first}\n    - target: 0.9\n      {second}");

        Assert.Equal(
            [("default/shop/checkout" + firstSuffix, 0.99m), ("default/shop/checkout" + secondSuffix, 0.9m)],
            Mapped(OpenSloTexts.Sli, slo).Slos.Select(s => (s.Id, s.Target)));
    }

    [Theory]
    [InlineData("duration: 24h", WindowUnit.Hour, 24, false)]
    [InlineData("duration: 120m", WindowUnit.Hour, 2, false)]
    [InlineData("duration: 1M", WindowUnit.Day, 30, true)]
    [InlineData("duration: 1Q", WindowUnit.Day, 91, true)]
    [InlineData("duration: 1Y", WindowUnit.Day, 365, true)]
    public void RollingWindow_IsCountedInHoursDaysOrWeeks(string duration, WindowUnit unit, int count, bool isTold)
    {
        var mapped = Mapped(OpenSloTexts.Sli, OpenSloTexts.Slo.With("duration: 30d", duration));

        Assert.Equal(new SloWindow(WindowKind.Rolling, unit, count), mapped.Slos[0].Window);
        Assert.Equal(isTold, mapped.Notices.Any(n => n.Path == "spec.timeWindow[0]" && n.Line == OpenSloTexts.Sli.Split('\n').Length + 1 + 9));
    }

    [Theory]
    [InlineData("1d", WindowUnit.Day)]
    [InlineData("1w", WindowUnit.Week)]
    [InlineData("1M", WindowUnit.Month)]
    [InlineData("1Q", WindowUnit.Quarter)]
    [InlineData("1Y", WindowUnit.Year)]
    public void CalendarWindow_KeepsItsUnitAndTellsOfAnotherZone(string duration, WindowUnit unit)
    {
        var slo = Calendar(duration, "UTC");

        Assert.Equal(new SloWindow(WindowKind.Calendar, unit, 1), Mapped(OpenSloTexts.Sli, slo).Slos[0].Window);
        Assert.DoesNotContain(Mapped(OpenSloTexts.Sli, slo).Notices, n => n.Path.Contains("calendar", StringComparison.Ordinal));
        Assert.Contains(Mapped(OpenSloTexts.Sli, Calendar(duration, "Asia/Tokyo")).Notices, n => n.Path == "spec.timeWindow[0].calendar");
    }

    [Theory]
    [InlineData("1m")]
    [InlineData("12h")]
    [InlineData("2M")]
    public void CalendarWindow_ThatCannotBeJudged_IsToldAndLeftOut(string duration)
    {
        var mapped = Mapped(OpenSloTexts.Sli, Calendar(duration, "UTC"));

        Assert.Empty(mapped.Slos);
        Assert.Contains(mapped.Notices, n => n.Found.EndsWith("the SLO is not judged", StringComparison.Ordinal));
    }

    [Fact]
    public void SlicesLongerThanAMinute_AreToldAndLeftOut()
    {
        var slo = OpenSloTexts.Slo.With("Occurrences", "Timeslices").With("target: 0.99", "target: 0.99\n      timeSliceTarget: 0.9\n      timeSliceWindow: 5m");

        Assert.Empty(Mapped(OpenSloTexts.Sli, slo).Slos);
        Assert.Contains(Mapped(OpenSloTexts.Sli, slo).Notices, n => n.Path == "spec.objectives[0].timeSliceWindow");
        Assert.Equal(0.9m, Mapped(OpenSloTexts.Sli, slo.With("5m", "1m")).Slos[0].TimeSliceTarget);
    }

    [Theory]
    [InlineData("op: gt", "op: gt", AlertSeverity.Page, 60, 5, 14.4, false)]
    [InlineData("lookbackWindow: 1h", "lookbackWindow: 72h", AlertSeverity.Page, 4320, 360, 14.4, false)]
    [InlineData("severity: page", "severity: email", AlertSeverity.Ticket, 60, 5, 14.4, false)]
    [InlineData("severity: page", "severity: SEV1", AlertSeverity.Page, 60, 5, 14.4, false)]
    [InlineData("name: burns-fast", "name: burns-fast\n        annotations: {opsdashboard/short-window: 10m}", AlertSeverity.Page, 60, 10, 14.4, false)]
    [InlineData("op: gt", "op: gte", AlertSeverity.Page, 60, 5, 14.4, true)]
    [InlineData("alertAfter: 0m", "alertAfter: 5m", AlertSeverity.Page, 60, 5, 14.4, true)]
    public void AlertPolicy_BecomesATwoWindowRule(
        string words, string replacement, AlertSeverity severity, int longWindow, int shortWindow, double threshold, bool isTold)
    {
        var mapped = Mapped(OpenSloTexts.Sli, WithPolicy, OpenSloTexts.Policy.With(words, replacement));

        Assert.Equal(new BurnAlertRule(severity, longWindow, shortWindow, (decimal)threshold), Assert.Single(mapped.Slos[0].AlertRules));
        Assert.Equal(isTold, mapped.Notices.Any(n => n.Path == "spec.alertPolicies[0]"));
    }

    [Theory]
    [InlineData("op: gt", "op: lte")]
    [InlineData("alertWhenBreaching: true", "alertWhenBreaching: false")]
    [InlineData("lookbackWindow: 1h", "lookbackWindow: 30d")]
    [InlineData("lookbackWindow: 1h", "lookbackWindow: 1M")]
    [InlineData("threshold: 14.4", "threshold: 0")]
    public void AlertPolicy_ThatCannotBeJudged_IsToldAndRaisesNothing(string words, string replacement)
    {
        var mapped = Mapped(OpenSloTexts.Sli, WithPolicy, OpenSloTexts.Policy.With(words, replacement));

        Assert.Empty(mapped.Slos[0].AlertRules);
        Assert.Contains(mapped.Notices, n => n.Found.EndsWith("the policy raises no alert", StringComparison.Ordinal));
    }

    [Fact]
    public void AlertThreshold_AboveTheMaximumBurnRate_IsAFault()
    {
        var slo = WithPolicy.With("target: 0.99", "target: 0.9");

        var fault = Assert.Single(OpenSloMapping.ToDefinitions(OpenSloTexts.Valid(OpenSloTexts.Sli, slo, OpenSloTexts.Policy)).Faults);

        Assert.Equal("spec.alertPolicies", fault.Path);
        Assert.Contains("cannot exceed 10", fault.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void PrometheusSource_KeepsQueriesAndFindsItsDataSource()
    {
        const string source = "apiVersion: openslo/v1\nkind: DataSource\nmetadata: {name: prom}\nspec: {type: Prometheus, connectionDetails: {url: \"http://prometheus:9090\"}}";

        var mapped = Mapped(source, OpenSloTexts.Sli, OpenSloTexts.Slo);

        Assert.Equal(
            new SliSource.Prometheus
            {
                DataSource = "default/prom",
                Good = "sum(rate(checkout_total{code=\"200\"}[1m]))",
                Total = "sum(rate(checkout_total[1m]))",
                Counter = true,
            },
            mapped.Slis[0].Source);
        Assert.Equal(("default/prom", "http://prometheus:9090"), (mapped.DataSources[0].Id, mapped.DataSources[0].Url));
        Assert.Equal("url: http://prometheus:9090\n", mapped.DataSources[0].ConnectionDetails);
    }

    [Fact]
    public void OtherSource_IsKeptAndTold()
    {
        var mapped = Mapped(OpenSloTexts.Sli.With("type: Prometheus", "type: Datadog"), OpenSloTexts.Slo);

        var source = Assert.IsType<SliSource.Elsewhere>(mapped.Slis[0].Source);
        Assert.Equal("Datadog", source.Type);
        Assert.Contains("ratioMetric:", source.Metric, StringComparison.Ordinal);
        Assert.Contains(mapped.Notices, n => n.Path == "spec" && n.Found.StartsWith("Datadog", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("opsdashboard/tier: Gold", "opsdashboard/teir: Gold", "metadata.annotations.opsdashboard/teir", "opsdashboard/tier")]
    [InlineData("\"95\"", "\"p95\"", "metadata.annotations.opsdashboard/percentile", "from 1 to 99")]
    [InlineData("\"95\"", "\"100\"", "metadata.annotations.opsdashboard/percentile", "from 1 to 99")]
    [InlineData("\"0.25\"", "\"25\"", "metadata.annotations.opsdashboard/minimum-coverage", "from 0 to 1")]
    [InlineData("\"100\"", "\"1.5\"", "metadata.annotations.opsdashboard/minimum-events", "whole number")]
    [InlineData("counted-as-up", "ignored", "metadata.annotations.opsdashboard/maintenance-mode", "removed, counted-as-up")]
    [InlineData("    opsdashboard/maintenance-mode: counted-as-up\n", "", "metadata.annotations.opsdashboard/maintenance-mode", "as maintenance has terms")]
    [InlineData("-month: 4h", "-month: 1M", "metadata.annotations.opsdashboard/maintenance-cap-per-month", "weeks (w)")]
    [InlineData("    opsdashboard/clause-document: Agreement\n", "", "metadata.annotations.opsdashboard/clause-1.document", "the document")]
    [InlineData("    opsdashboard/clause-2.quote: 300 ms\n", "", "metadata.annotations.opsdashboard/clause-2.quote", "a section and a quote")]
    [InlineData("    opsdashboard/disagrees-1.why: It says something else.\n", "", "metadata.annotations.opsdashboard/disagrees-1.why", "and why")]
    [InlineData("opsdashboard/tier: Gold", "opsdashboard/id: other/shop/fast", "metadata.annotations.opsdashboard/id", "default/service/name")]
    [InlineData("opsdashboard/tier: Gold", "opsdashboard/id: default/store/fast", "metadata.annotations.opsdashboard/id", "as spec.service says")]
    [InlineData("target: 0.95", "target: 0", "spec.objectives[0].target", "above 0 and below 1")]
    [InlineData("op: lt", "op: gt", "spec.objectives[0].op", "use < or <=")]
    [InlineData("value: 300", "value: -1", "spec.objectives[0].value", "Above 0")]
    public void BrokenRule_OfAnSlo_IsNamedWithPlace(string words, string replacement, string path, string expected)
    {
        var text = LatencySlo.With(words, replacement);
        var mapped = OpenSloMapping.ToDefinitions(OpenSloTexts.Valid(Threshold, text));

        Assert.Empty(mapped.Slos);
        Assert.Empty(mapped.Slis);
        var fault = mapped.Faults.FirstOrDefault(f => f.Path == path);
        Assert.True(fault is not null, string.Join('\n', mapped.Faults));
        Assert.Contains(expected, fault.Expected, StringComparison.Ordinal);
        Assert.True(fault.Line > 5 && fault.File == "a.yaml", fault.ToString());
    }

    [Fact]
    public void KindThatDoesNotFitTheMetric_IsAFault()
    {
        var fault = Assert.Single(OpenSloMapping.ToDefinitions(OpenSloTexts.Valid(Threshold.With("kind: latency", "kind: job"))).Faults);

        Assert.Equal("metadata.annotations.opsdashboard/kind", fault.Path);
    }

    [Fact]
    public void InlinedIndicators_OfOneIdMustMeanOneThing()
    {
        var inline = OpenSloTexts.Slo.With(
            "indicatorRef: checkout-success",
            "indicator: {metadata: {name: up}, spec: {ratioMetric: {good: {metricSource: {type: OpsDashboard, spec: {}}}, total: {metricSource: {type: OpsDashboard, spec: {}}}}}}");
        var same = inline.With("name: checkout", "name: again");
        var other = same.With("{name: up}", "{name: up, annotations: {opsdashboard/kind: job}}");

        Assert.Single(Mapped(inline, same).Slis);
        Assert.Contains(
            OpenSloMapping.ToDefinitions(OpenSloTexts.Valid(inline, other)).Faults,
            f => f.Expected == "one meaning of default/shop/up");
    }

    [Fact]
    public void Reference_ToAnExistingDocument_IsFollowedAndNotDefinedAgain()
    {
        var existing = OpenSloTexts.Valid(OpenSloTexts.Sli.With("name: checkout-success", "name: checkout-success\n  labels: {service: till}"));
        var names = existing.Select(d => d.Name).ToHashSet();
        var reading = OpenSloReader.Read([new OpenSloFile("slo.yaml", OpenSloTexts.Slo)], names);

        var mapped = OpenSloMapping.ToDefinitions(reading.Documents, existing);

        Assert.Empty(mapped.Slis);
        Assert.Equal("default/till/checkout-success", mapped.Slos[0].SliId);
    }

    [Theory]
    [MemberData(nameof(SpecificationShapesTests.Shapes), MemberType = typeof(SpecificationShapesTests))]
    public void Shape_OfTheSpecification_IsMappedWithoutAFault(string shape, string text)
        => Assert.True(OpenSloMapping.ToDefinitions(OpenSloTexts.Valid(text)).IsValid, shape);

    [Fact]
    public void Export_OfNamesThatClashOrAreNone_ImportsToTheSameIds()
    {
        string[] ids = ["default/a/up", "default/b/up", "default/b/Up_2", "default/c/up.time", "other/a/up", "default/a/" + new string('x', 80)];
        SliDefinition[] slis = [.. ids.Select(i => i.Split('/')).Select(p => new SliDefinition
        {
            Id = string.Join('/', p), Platform = p[0], Service = p[1], Name = p[2], Kind = SliKind.Ratio, Source = new SliSource.Push(),
        })];

        var documents = OpenSloMapping.ToDocuments([], slis, [], []);
        var reading = OpenSloReader.Read([new OpenSloFile("export.yaml", OpenSloWriter.Write(documents))]);

        Assert.True(reading.IsValid, string.Join('\n', reading.Faults));
        Assert.Equal(
            slis.OrderBy(s => s.Id, StringComparer.Ordinal),
            OpenSloMapping.ToDefinitions(reading.Documents).Slis.OrderBy(s => s.Id, StringComparer.Ordinal));
    }

    [Fact]
    public void Export_OfForeignAndPrometheusSources_KeepsThem()
    {
        const string source = "apiVersion: openslo/v1\nkind: DataSource\nmetadata: {name: prom, displayName: Metrics}\nspec: {description: d, type: Prometheus, connectionDetails: {url: \"http://p\", headers: [a, 1, true]}}";
        var foreign = OpenSloTexts.Sli.With("type: Prometheus", "type: Datadog").With("name: checkout-success", "name: foreign\n  labels: {service: shop}");
        const string raw = "apiVersion: openslo/v1\nkind: SLI\nmetadata: {name: raw, labels: {service: shop}}\nspec: {ratioMetric: {rawType: failure, raw: {metricSource: {type: Prometheus, spec: {query: errors}}}}}";
        var mapped = Mapped(source, OpenSloTexts.Sli, OpenSloTexts.Slo, foreign, raw, Threshold, LatencySlo);

        var again = Mapped(OpenSloWriter.Write(OpenSloMapping.ToDocuments(mapped.Services, mapped.Slis, mapped.DataSources, mapped.Slos)));

        Assert.Equal(mapped.Slis.OrderBy(s => s.Id), again.Slis.OrderBy(s => s.Id));
        Assert.Equal(mapped.DataSources, again.DataSources);
        Assert.Equal(mapped.Services, again.Services);
        Assert.Equivalent(mapped.Slos.OrderBy(s => s.Id), again.Slos.OrderBy(s => s.Id), strict: true);
    }

    private static string WithPolicy => OpenSloTexts.Slo + "\n  alertPolicies: [{alertPolicyRef: fast-burn}]";

    private static string Calendar(string duration, string zone)
        => OpenSloTexts.Slo.With(
            "duration: 30d\n      isRolling: true",
            $"duration: {duration}\n      calendar: {{startTime: 2026-01-01 00:00:00, timeZone: {zone}}}");

    private static OpenSloMapped Mapped(params string[] texts)
    {
        var mapped = OpenSloMapping.ToDefinitions(OpenSloTexts.Valid(texts));
        Assert.True(mapped.IsValid, string.Join('\n', mapped.Faults));
        return mapped;
    }
}
