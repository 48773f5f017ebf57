using OpsDashboard.Application.Catalog.OpenSlo;

namespace OpsDashboard.Application.Tests.Catalog.OpenSlo;

/// <summary>Each rule names file, line, path, what was expected and what was found.</summary>
public sealed class OpenSloFaultTests
{
    private const string Rolling = "- duration: 30d\n      isRolling: true";

    public static TheoryData<string, string, string, string, string> SloFaults => new()
    {
        { "apiVersion: openslo/v1", "apiVersion: openslo/v2", "apiVersion", "openslo/v1", "\"openslo/v2\"" },
        { "kind: SLO", "kind: Slo", "kind", "one of DataSource, SLO, SLI", "\"Slo\"" },
        { "name: checkout", "name: Check_out", "metadata.name", "RFC 1123", "\"Check_out\"" },
        { "name: checkout", "name: -checkout", "metadata.name", "RFC 1123", "\"-checkout\"" },
        { "name: checkout", "name: " + "a234567890123456789012345678901234567890123456789012345678901234", "metadata.name", "at most 63", "\"a2345" },
        { "name: checkout", "name: 5", "metadata.name", "text; in quotes", "the number 5" },
        { "name: checkout", "name: checkout\n  labels: {-bad: x}", "metadata.labels.-bad", "at most 63 letters", "\"-bad\"" },
        { "name: checkout", "name: checkout\n  labels: {team: {a: b}}", "metadata.labels.team", "text or a list of texts", "a mapping" },
        { "name: checkout", "name: checkout\n  annotations: {a/b/c: x}", "metadata.annotations.a/b/c", "DNS prefix", "\"a/b/c\"" },
        { "name: checkout", "name: checkout\n  annotations: {count: 95}", "metadata.annotations.count", "needs quotes", "the number 95" },
        { "name: checkout", "name: checkout\n  colour: red", "metadata.colour", "annotations, displayName, labels, name", "an unknown field" },
        { "service: shop", "service: [shop]", "spec.service", "the name of a service", "a list" },
        { "  service: shop\n", "", "spec.service", "the name of a service", "nothing" },
        { "service: shop", "service: shop\n  tier: gold", "spec.tier", "one of the fields alertPolicies, budgetingMethod", "an unknown field" },
        { "service: shop", "service: shop\n  description: 12", "spec.description", "text; in quotes", "the number 12" },
        { "  indicatorRef: checkout-success\n", "", "spec.indicator", "indicator or indicatorRef", "neither" },
        { "indicatorRef: checkout-success", "indicatorRef: nowhere", "spec.indicatorRef", "the name of a defined SLI", "\"nowhere\"" },
        { "indicatorRef: checkout-success", "indicatorRef: checkout-success\n  indicator: {metadata: {name: x}, spec: {thresholdMetric: {metricSource: {type: Any, spec: {}}}}}", "spec.indicatorRef", "either indicator or indicatorRef", "both" },
        { "duration: 30d", "duration: 30D", "spec.timeWindow[0].duration", "5m (minutes), 1h, 7d, 4w, 1M (month)", "\"30D\"" },
        { "duration: 30d", "duration: 30", "spec.timeWindow[0].duration", "a duration", "the number 30" },
        { "- duration: 30d\n      isRolling", "- isRolling", "spec.timeWindow[0].duration", "a duration", "nothing" },
        { "isRolling: true", "isRolling: yes please", "spec.timeWindow[0].isRolling", "true or false", "\"yes please\"" },
        { "\n      isRolling: true", "", "spec.timeWindow[0].calendar", "isRolling: true, or a calendar", "neither" },
        { "isRolling: true", "isRolling: true\n      calendar: {startTime: 2026-01-01 00:00:00, timeZone: UTC}", "spec.timeWindow[0].calendar", "no calendar in a rolling window", "one" },
        { "isRolling: true", "calendar: {timeZone: UTC}", "spec.timeWindow[0].calendar.startTime", "2026-01-01 00:00:00", "nothing" },
        { "isRolling: true", "calendar: {startTime: 2026-02-30 00:00:00, timeZone: UTC}", "spec.timeWindow[0].calendar.startTime", "2026-01-01 00:00:00", "\"2026-02-30 00:00:00\"" },
        { "isRolling: true", "calendar: {startTime: 2026-01-01 00:00:00}", "spec.timeWindow[0].calendar.timeZone", "IANA", "nothing" },
        { "isRolling: true", "calendar: {startTime: 2026-01-01 00:00:00, timeZone: Mars/Olympus}", "spec.timeWindow[0].calendar.timeZone", "IANA", "\"Mars/Olympus\"" },
        { Rolling, Rolling + "\n    " + Rolling, "spec.timeWindow", "exactly one window", "2" },
        { "budgetingMethod: Occurrences", "budgetingMethod: occurrences", "spec.budgetingMethod", "one of Occurrences, Timeslices, RatioTimeslices", "\"occurrences\"" },
        { "budgetingMethod: Occurrences", "budgetingMethod: Timeslices", "spec.objectives[0].timeSliceTarget", "needed with Timeslices", "nothing" },
        { "budgetingMethod: Occurrences", "budgetingMethod: RatioTimeslices", "spec.objectives[0].timeSliceWindow", "a duration", "nothing" },
        { "  objectives:\n    - target: 0.99", "  objectives: []", "spec.objectives", "at least one objective", "an empty list" },
        { "  objectives:\n    - target: 0.99", "  description: none", "spec.objectives", "a list of objectives", "nothing" },
        { "  objectives:\n    - target: 0.99", "  objectives: {target: 0.99}", "spec.objectives", "a list", "a mapping" },
        { "target: 0.99", "target: 1", "spec.objectives[0].target", "at least 0 and below 1", "the number 1" },
        { "target: 0.99", "target: -0.1", "spec.objectives[0].target", "at least 0 and below 1", "the number -0.1" },
        { "target: 0.99", "target: \"0.99\"", "spec.objectives[0].target", "at least 0 and below 1", "\"0.99\"" },
        { "target: 0.99", "target: .nan", "spec.objectives[0].target", "at least 0 and below 1", "\".nan\"" },
        { "target: 0.99", "targetPercent: 100", "spec.objectives[0].targetPercent", "at least 0 and below 100", "the number 100" },
        { "target: 0.99", "target: 0.99\n      targetPercent: 99", "spec.objectives[0].target", "either target or targetPercent", "both" },
        { "target: 0.99", "displayName: nothing else", "spec.objectives[0].target", "either target or targetPercent", "neither" },
        { "target: 0.99", "target: 0.99\n      op: \"<\"", "spec.objectives[0].op", "one of lte, gte, lt, gt", "\"<\"" },
        { "target: 0.99", "target: 0.99\n      value: many", "spec.objectives[0].value", "a number", "\"many\"" },
        { "target: 0.99", "target: 0.99\n      compositeWeight: 2", "spec.objectives[0].compositeWeight", "only among several", "one objective" },
        { "target: 0.99", "target: 0.99\n      compositeWeight: 0", "spec.objectives[0].compositeWeight", "a number above 0", "the number 0" },
        { "target: 0.99", "target: 0.99\n      indicatorRef: checkout-success", "spec.objectives[0].indicatorRef", "no indicator in an objective", "one" },
        { "target: 0.99", "target: 0.99\n  alertPolicies: [{alertPolicyRef: nowhere}]", "spec.alertPolicies[0].alertPolicyRef", "a defined AlertPolicy", "\"nowhere\"" },
        { "target: 0.99", "target: 0.99\n  alertPolicies: [{policy: nowhere}]", "spec.alertPolicies[0].alertPolicyRef", "alertPolicyRef, or an inlined AlertPolicy", "neither" },
        { "target: 0.99", "target: 0.99\n  alertPolicies: [fast-burn]", "spec.alertPolicies[0]", "a mapping", "\"fast-burn\"" },
        { "  budgetingMethod: Occurrences\n  objectives:\n    - target: 0.99", "  objectives:\n    - target: 0.99\n      timeSliceWindow: 1m", "spec.budgetingMethod", "as objectives have slices", "nothing" },
    };

    public static TheoryData<string, string, string, string, string> SliFaults => new()
    {
        { "good:", "god:", "spec.ratioMetric.god", "one of the fields bad, counter, good", "an unknown field" },
        { "counter: true", "counter: \"true\"", "spec.ratioMetric.counter", "true or false", "\"true\"" },
        { "counter: true", "rawType: success", "spec.ratioMetric.rawType", "no rawType without raw", "one" },
        { "counter: true", "raw: {metricSource: {type: Any, spec: {}}}", "spec.ratioMetric.raw", "good and total, or bad and total, or raw", "good and total and raw" },
        { "counter: true", "bad: {metricSource: {type: Any, spec: {}}}", "spec.ratioMetric.good", "good and total, or bad and total", "good and bad and total" },
        { "    total:\n      metricSource:\n        type: Prometheus\n        spec:\n          query: sum(rate(checkout_total[1m]))", "", "spec.ratioMetric.good", "good and total", "good" },
        { "type: Prometheus\n        spec:\n          query: sum(rate(checkout_total[1m]))", "spec: {query: x}", "spec.ratioMetric.total.metricSource.type", "a type, or metricSourceRef", "neither" },
        { "spec:\n          query: sum(rate(checkout_total[1m]))", "query: x", "spec.ratioMetric.total.metricSource.spec", "{} where the source needs none", "nothing" },
        { "spec:\n          query: sum(rate(checkout_total[1m]))", "spec: [query]", "spec.ratioMetric.total.metricSource.spec", "a mapping", "a list" },
        { "  ratioMetric:", "  thresholdMetric: {metricSource: {type: Any, spec: {}}}\n  ratioMetric:", "spec.thresholdMetric", "either thresholdMetric or ratioMetric", "both" },
    };

    public static TheoryData<string, string, string, string, string> PolicyFaults => new()
    {
        { "alertWhenBreaching: true", "alertWhenBreaching: often", "spec.alertWhenBreaching", "true or false", "\"often\"" },
        { "kind: AlertCondition", "kind: AlertPolicy", "spec.conditions[0].kind", "AlertCondition", "\"AlertPolicy\"" },
        { "severity: page", "description: no severity", "spec.conditions[0].spec.severity", "page or ticket", "nothing" },
        { "kind: burnrate", "kind: errors", "spec.conditions[0].spec.condition.kind", "burnrate", "\"errors\"" },
        { "op: gt", "op: above", "spec.conditions[0].spec.condition.op", "one of lte, gte, lt, gt", "\"above\"" },
        { "threshold: 14.4", "threshold: -1", "spec.conditions[0].spec.condition.threshold", "at least 0", "the number -1" },
        { "threshold: 14.4", "threshold: 14.4\n          alertAfterwards: 1h", "spec.conditions[0].spec.condition.alertAfterwards", "alertAfter, kind, lookbackWindow", "an unknown field" },
        { "lookbackWindow: 1h", "lookbackWindow: 0h", "spec.conditions[0].spec.condition.lookbackWindow", "a duration", "\"0h\"" },
        { "alertAfter: 0m", "alertAfter: 5 minutes", "spec.conditions[0].spec.condition.alertAfter", "a duration", "\"5 minutes\"" },
        { "targetRef: on-call", "name: on-call", "spec.notificationTargets[0].targetRef", "targetRef, or an inlined", "neither" },
        { "  notificationTargets:\n    - targetRef: on-call", "", "spec.notificationTargets", "a list of notification targets", "nothing" },
    };

    [Theory]
    [MemberData(nameof(SloFaults))]
    public void Slo_BrokenRule_IsNamedWithPlace(string words, string replacement, string path, string expected, string found)
        => CheckFault(OpenSloTexts.Slo.With(words, replacement), path, expected, found, OpenSloTexts.Sli);

    [Theory]
    [MemberData(nameof(SliFaults))]
    public void Sli_BrokenRule_IsNamedWithPlace(string words, string replacement, string path, string expected, string found)
        => CheckFault(OpenSloTexts.Sli.With(words, replacement), path, expected, found);

    [Theory]
    [MemberData(nameof(PolicyFaults))]
    public void Policy_BrokenRule_IsNamedWithPlace(string words, string replacement, string path, string expected, string found)
        => CheckFault(OpenSloTexts.Policy.With(words, replacement), path, expected, found);

    private static void CheckFault(string broken, string path, string expected, string found, params string[] others)
    {
        var reading = OpenSloReader.Read(
            [.. others.Select(o => new OpenSloFile("other.yaml", o)), new OpenSloFile("broken.yaml", broken)]);

        Assert.Empty(reading.Documents);
        var fault = reading.Faults.FirstOrDefault(f => f.Path == path && f.Expected.Contains(expected, StringComparison.Ordinal));
        Assert.True(fault is not null, $"{path}: {expected}\n" + string.Join('\n', reading.Faults));
        Assert.Equal("broken.yaml", fault.File);
        Assert.StartsWith(found, fault.Found, StringComparison.Ordinal);
        Assert.InRange(fault.Line, 1, broken.Split('\n').Length);
        Assert.True(fault.Column >= 1);
    }

    [Fact]
    public void Read_SeveralFaultsInSeveralFiles_ReportsAllInOrder()
    {
        var first = OpenSloTexts.Slo.With("target: 0.99", "target: 2").With("duration: 30d", "duration: 30x");
        var second = OpenSloTexts.Sli.With("counter: true", "counter: 1");

        var reading = OpenSloReader.Read([new OpenSloFile("b.yaml", first), new OpenSloFile("a.yaml", second)]);

        Assert.Equal(
            [
                ("b.yaml", OpenSloTexts.LineOf(first, "duration"), 17, "spec.timeWindow[0].duration"),
                ("b.yaml", OpenSloTexts.LineOf(first, "target: 2"), 15, "spec.objectives[0].target"),
                ("a.yaml", OpenSloTexts.LineOf(second, "counter"), 14, "spec.ratioMetric.counter"),
            ],
            reading.Faults.Select(f => (f.File, f.Line, f.Column, f.Path)));
    }

    [Fact]
    public void Read_SyntaxErrorInOneDocument_DoesNotHideTheNext()
    {
        var reading = OpenSloTexts.Read("kind: [unclosed\n", OpenSloTexts.Slo.With("target: 0.99", "target: high"), "a: 'b");

        Assert.Equal(["", "spec.objectives[0].target", ""], reading.Faults.Where(f => f.Path != "spec.indicatorRef").Select(f => f.Path));
        Assert.Equal("YAML", reading.Faults[0].Expected);
        Assert.Equal(18, reading.Faults[^1].Line);
    }

    [Fact]
    public void Read_SameNameTwice_IsAFaultAtTheSecond()
    {
        var fault = Assert.Single(OpenSloTexts.Read(OpenSloTexts.Sli, OpenSloTexts.Sli).Faults);

        Assert.Equal("metadata.name", fault.Path);
        Assert.Equal(22, fault.Line);
        Assert.Equal("\"checkout-success\" again, after a.yaml:1", fault.Found);
    }

    [Fact]
    public void Read_SameNameOnTwoPlatformsOrOfTwoKinds_IsNoFault()
    {
        var other = OpenSloTexts.Sli.With("name: checkout-success", "name: checkout-success\n  labels: {platform: other}");
        const string service = "apiVersion: openslo/v1\nkind: Service\nmetadata: {name: checkout-success}\nspec: {}";

        Assert.True(OpenSloTexts.Read(OpenSloTexts.Sli, other, service).IsValid);
    }

    [Fact]
    public void Read_SameFieldTwice_IsAFault()
    {
        var fault = Assert.Single(OpenSloTexts.Read(OpenSloTexts.Sli.With("counter: true", "counter: true\n    counter: false")).Faults);

        Assert.Equal(("each field once", "counter a second time", 8), (fault.Expected, fault.Found, fault.Line));
    }

    [Theory]
    [InlineData("thresholdMetric: {metricSource: {type: Any, spec: {}}}", "op")]
    [InlineData("thresholdMetric: {metricSource: {type: Any, spec: {}}}", "value")]
    public void Read_ReferencedThresholdMetricWithoutOpOrValue_IsAFault(string metric, string missing)
    {
        var sli = $"apiVersion: openslo/v1\nkind: SLI\nmetadata: {{name: checkout-success}}\nspec:\n  {metric}";
        var slo = OpenSloTexts.Slo.With("target: 0.99", missing == "op" ? "target: 0.99\n      value: 5" : "target: 0.99\n      op: lt");

        var fault = Assert.Single(OpenSloTexts.Read(sli, slo).Faults);

        Assert.Equal($"spec.objectives[0].{missing}", fault.Path);
        Assert.True(OpenSloTexts.Read(sli, slo.With("target: 0.99", "target: 0.99\n      " + (missing == "op" ? "op: lt" : "value: 5"))).IsValid);
    }

    [Fact]
    public void Read_TwoObjectivesOnOneThresholdMetric_IsAFault()
    {
        const string sli = "apiVersion: openslo/v1\nkind: SLI\nmetadata: {name: checkout-success}\nspec: {thresholdMetric: {metricSource: {type: Any, spec: {}}}}";
        var slo = OpenSloTexts.Slo.With("    - target: 0.99", "    - {target: 0.99, op: lt, value: 1}\n    - {target: 0.9, op: lt, value: 2}");

        Assert.Equal("spec.objectives", Assert.Single(OpenSloTexts.Read(sli, slo).Faults).Path);
    }

    [Fact]
    public void Read_DescriptionOverTheLimit_IsAFaultAndAtTheLimitNot()
    {
        const string service = "apiVersion: openslo/v1\nkind: Service\nmetadata: {name: a}\nspec: {description: \"";

        Assert.True(OpenSloTexts.Read(service + new string('x', 1050) + "\"}").IsValid);
        Assert.Equal("1051 characters", Assert.Single(OpenSloTexts.Read(service + new string('x', 1051) + "\"}").Faults).Found);
    }

    [Fact]
    public void Read_AliasBomb_IsRefused()
    {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 30)
            .Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n"));

        var fault = Assert.Single(OpenSloTexts.Read(bomb).Faults);

        Assert.Equal("at most 50000 values in a document", fault.Expected);
    }

    [Theory]
    [InlineData("a: &a [*a]")]
    [InlineData("a: *nowhere")]
    public void Read_AliasOfNothingFinished_IsRefused(string text)
        => Assert.False(OpenSloTexts.Read(text).IsValid);

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void Read_DeepNesting_IsRefusedWithoutExhaustingTheStack(string level)
    {
        var text = string.Concat(Enumerable.Repeat(level, 20_000));

        Assert.Single(OpenSloTexts.Read(text).Faults);
    }

    [Theory]
    [InlineData("just text")]
    [InlineData("- a\n- b")]
    [InlineData("\t- :\n\t\t!!! }{")]
    [InlineData("? [a]\n: b")]
    [InlineData("\0")]
    [InlineData("a: !!binary aGVsbG8=\nb: !<tag:evil> {c: d}")]
    [InlineData("{}")]
    public void Read_WhatIsNoDocument_IsAFaultAndNoException(string text)
        => Assert.NotEmpty(OpenSloTexts.Read(text).Faults);

    [Fact]
    public void Read_ThousandsOfFaults_StopsAtTheBound()
    {
        var text = OpenSloTexts.Sli + "\n" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"  unknown{i}: x\n"));

        Assert.Equal(OpenSloLimits.MaxFaults, OpenSloTexts.Read(text).Faults.Count);
    }
}
