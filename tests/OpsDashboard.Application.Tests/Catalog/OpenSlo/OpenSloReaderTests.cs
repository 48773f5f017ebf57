using System.Text;
using OpsDashboard.Application.Catalog.OpenSlo;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Tests.Catalog.OpenSlo;

public sealed class OpenSloReaderTests
{
    [Fact]
    public void Read_SeveralDocuments_GivesAllInOrderWithTheirLines()
    {
        var documents = OpenSloTexts.Valid("# shop\n" + OpenSloTexts.Sli, OpenSloTexts.Slo);

        Assert.Equal([OpenSloKind.Sli, OpenSloKind.Slo], documents.Select(d => d.Kind));
        Assert.Equal([2, 20], documents.Select(d => d.Source.Line));
        Assert.All(documents, d => Assert.Equal("a.yaml", d.Source.File));
        Assert.All(documents, d => Assert.Equal("default", d.Platform));
    }

    [Fact]
    public void Read_LabelsWithOneAndSeveralValues_KeepsThem()
    {
        var text = OpenSloTexts.Sli.With(
            "name: checkout-success",
            "name: checkout-success\n  displayName: Checkout\n  labels: {platform: shop, team: [identity, rbac]}\n  annotations: {example.com/key: \"1\"}");

        var metadata = Assert.Single(OpenSloTexts.Valid(text)).Metadata;

        Assert.Equal("Checkout", metadata.DisplayName);
        Assert.Equal("shop", metadata.Label("platform"));
        Assert.Equal(["identity", "rbac"], metadata.Labels["team"]);
        Assert.Equal("1", metadata.Annotations["example.com/key"]);
    }

    [Fact]
    public void Read_Json_GivesTheSameDocumentAsYaml()
    {
        const string json = "{\n\t\"apiVersion\": \"openslo\\/v1\", \"kind\": \"Service\",\n\t\"metadata\": {\"name\": \"shop\", \"displayName\": \"Caf\\u00e9 \\ud83d\\ude00\"},\n\t\"spec\": {\"description\": \"a \\\"shop\\\"\"}\n}";

        var document = Assert.Single(OpenSloTexts.Valid(json));

        Assert.Equal("Caf\u00e9 \ud83d\ude00", document.Metadata.DisplayName);
        Assert.Equal("a \"shop\"", document.Spec.Description);
    }

    [Fact]
    public void Read_ByteOrderMarkDirectivesAndCarriageReturns_AreNoContent()
    {
        var text = "\uFEFF%YAML 1.2\r\n---\r\n" + OpenSloTexts.Sli.ReplaceLineEndings("\r\n") + "\r\n...\r\n---\r\n# nothing\r\n";

        var document = Assert.Single(OpenSloTexts.Valid(text));

        Assert.Equal(3, document.Source.Line);
    }

    [Theory]
    [InlineData("1m", 1, OpenSloDurationUnit.Minute)]
    [InlineData("1M", 1, OpenSloDurationUnit.Month)]
    [InlineData("12h", 12, OpenSloDurationUnit.Hour)]
    [InlineData("365d", 365, OpenSloDurationUnit.Day)]
    [InlineData("4w", 4, OpenSloDurationUnit.Week)]
    [InlineData("1Q", 1, OpenSloDurationUnit.Quarter)]
    [InlineData("2Y", 2, OpenSloDurationUnit.Year)]
    public void Duration_Shorthand_ReadsAndWritesItself(string text, int count, OpenSloDurationUnit unit)
    {
        Assert.True(OpenSloDuration.TryParse(text, allowZero: false, out var duration));
        Assert.Equal(new OpenSloDuration(count, unit), duration);
        Assert.Equal(text, duration.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("5")]
    [InlineData("0m")]
    [InlineData("-1h")]
    [InlineData("1.5h")]
    [InlineData("1 h")]
    [InlineData(" 1h")]
    [InlineData("1s")]
    [InlineData("1H")]
    [InlineData("1D")]
    [InlineData("1h30m")]
    [InlineData("PT1H")]
    [InlineData("9999999d")]
    [InlineData("\u0661h")]
    public void Duration_AnythingElse_IsRefused(string text)
        => Assert.False(OpenSloDuration.TryParse(text, allowZero: false, out _));

    [Fact]
    public void Read_TargetAsFractionOrPercent_IsTheSameExactNumber()
    {
        var fraction = OpenSloTexts.Slo.With("target: 0.99", "target: 0.99999999999");
        var percent = OpenSloTexts.Slo.With("target: 0.99", "targetPercent: 99.999999999");

        Assert.Equal(0.99999999999m, TargetOf(fraction));
        Assert.Equal(0.99999999999m, TargetOf(percent));
    }

    [Fact]
    public void Read_RatioOfBadAndTotal_KeepsBad()
    {
        var document = OpenSloTexts.Valid(OpenSloTexts.Sli.With("good:", "bad:"))[0];

        var ratio = Assert.IsType<SliSpec>(document.Spec).RatioMetric!;
        Assert.Null(ratio.Good);
        Assert.Equal("sum(rate(checkout_total{code=\"200\"}[1m]))", ratio.Bad!.Spec.Text("query"));
    }

    [Fact]
    public void Read_RawRatio_NeedsNothingButItsType()
    {
        const string text = """
            apiVersion: openslo/v1
            kind: SLI
            metadata: {name: stored-ratio}
            spec:
              ratioMetric:
                rawType: failure
                raw: {metricSource: {type: Graphite, spec: {}}}
            """;

        var ratio = Assert.IsType<SliSpec>(OpenSloTexts.Valid(text)[0].Spec).RatioMetric!;

        Assert.Equal(OpenSloRawType.Failure, ratio.RawType);
    }

    [Fact]
    public void Read_CalendarWindow_KeepsStartAndZone()
    {
        var text = OpenSloTexts.Slo.With(
            "- duration: 30d\n      isRolling: true",
            "- duration: 1M\n      calendar:\n        startTime: 2026-01-01 00:00:00\n        timeZone: America/New_York");

        var window = SloOf(text).TimeWindow!;

        Assert.Equal(new OpenSloDuration(1, OpenSloDurationUnit.Month), window.Duration);
        Assert.Equal(new OpenSloCalendar("2026-01-01 00:00:00", "America/New_York"), window.Calendar);
    }

    [Fact]
    public void Read_SliceWindowAsBareNumber_IsMinutes()
    {
        var text = OpenSloTexts.Slo.With("Occurrences", "Timeslices")
            .With("target: 0.99", "target: 0.99\n      timeSliceTarget: 0.95\n      timeSliceWindow: 5");

        var objective = Assert.Single(SloOf(text).Objectives);

        Assert.Equal(new OpenSloDuration(5, OpenSloDurationUnit.Minute), objective.TimeSliceWindow);
        Assert.Equal(0.95m, objective.TimeSliceTarget);
    }

    [Fact]
    public void Read_SloWithoutMethodAndWindow_CountsOccurrences()
    {
        var slo = SloOf(OpenSloTexts.Slo.With("  budgetingMethod: Occurrences\n", "")
            .With("  timeWindow:\n    - duration: 30d\n      isRolling: true\n", ""));

        Assert.Equal(BudgetingMethod.Occurrences, slo.BudgetingMethod);
        Assert.Null(slo.TimeWindow);
    }

    [Fact]
    public void Read_Composite_KeepsIndicatorAndWeightOfEachObjective()
    {
        var text = OpenSloTexts.Slo.With("  indicatorRef: checkout-success\n", "").With(
            "    - target: 0.99",
            "    - target: 0.99\n      indicatorRef: checkout-success\n      compositeWeight: 0.5\n    - target: 0.9\n      indicatorRef: checkout-success");

        var slo = SloOf(text);

        Assert.Null(slo.Indicator);
        Assert.Equal([0.5m, null], slo.Objectives.Select(o => o.CompositeWeight));
        Assert.All(slo.Objectives, o => Assert.Equal("checkout-success", o.Indicator!.Ref));
    }

    [Fact]
    public void Read_PolicyInlinedTwice_KeepsConditionAndThreshold()
    {
        var text = OpenSloTexts.Slo + """

              alertPolicies:
                - kind: AlertPolicy
                  metadata: {name: fast-burn}
                  spec:
                    conditions:
                      - metadata: {name: burns-fast}
                        spec:
                          severity: page
                          condition: {op: gt, threshold: 14.4, lookbackWindow: 1h}
                    notificationTargets:
                      - kind: AlertNotificationTarget
                        metadata: {name: chat}
                        spec: {target: slack}
            """;

        var policy = Assert.Single(SloOf(text).AlertPolicies).Inline!.Spec;

        Assert.Equal(14.4m, policy.Condition.Inline!.Spec.Threshold);
        Assert.Equal("slack", Assert.Single(policy.NotificationTargets).Inline!.Spec.Target);
    }

    [Fact]
    public void Read_AnchorsAndMergeKeys_AreFollowed()
    {
        const string text = """
            apiVersion: openslo/v1
            kind: SLI
            metadata: {name: merged}
            spec:
              ratioMetric:
                good:
                  metricSource: &source
                    type: Prometheus
                    spec: {query: up}
                total:
                  metricSource:
                    <<: *source
                    spec: {query: all}
            """;

        var ratio = Assert.IsType<SliSpec>(OpenSloTexts.Valid(text)[0].Spec).RatioMetric!;

        Assert.Equal("Prometheus", ratio.Total!.Type);
        Assert.Equal("all", ratio.Total.Spec.Text("query"));
    }

    [Fact]
    public void Read_NamesOfPoliciesAndTargets_MayHaveCapitals()
    {
        Assert.Equal("FastBurn", OpenSloTexts.Valid(OpenSloTexts.Policy.With("fast-burn", "FastBurn"))[0].Metadata.Name);
    }

    [Fact]
    public void Read_ReferenceToKnownName_IsNoFault()
    {
        var file = new OpenSloFile("a.yaml", OpenSloTexts.Slo);
        var known = new HashSet<OpenSloName> { new("default", OpenSloKind.Sli, "checkout-success") };

        Assert.False(OpenSloReader.Read([file]).IsValid);
        Assert.True(OpenSloReader.Read([file], known).IsValid);
    }

    [Fact]
    public void Read_ReferenceAcrossFiles_IsNoFault()
    {
        var reading = OpenSloReader.Read([new OpenSloFile("slo.yaml", OpenSloTexts.Slo), new OpenSloFile("sli.yaml", OpenSloTexts.Sli)]);

        Assert.Empty(reading.Faults);
        Assert.Equal(2, reading.Documents.Count);
    }

    [Fact]
    public void Read_NameOfAnotherPlatform_IsFoundWhereItIsTheOnlyOne()
    {
        var sli = OpenSloTexts.Sli.With("name: checkout-success", "name: checkout-success\n  labels: {platform: one}");
        var other = sli.With("platform: one", "platform: two");

        Assert.True(OpenSloTexts.Read(sli, OpenSloTexts.Slo).IsValid);
        Assert.False(OpenSloTexts.Read(sli, other, OpenSloTexts.Slo).IsValid);
    }

    [Fact]
    public void Read_UndefinedServiceSourceConditionAndTarget_AreNotices()
    {
        var sli = OpenSloTexts.Sli.With("good:\n      metricSource:", "good:\n      metricSource:\n        metricSourceRef: elsewhere");

        var reading = OpenSloTexts.Read(sli, OpenSloTexts.Slo, OpenSloTexts.Policy);

        Assert.Empty(reading.Faults);
        Assert.Equal(
            ["spec.ratioMetric.good.metricSource.metricSourceRef", "spec.service", "spec.notificationTargets[0].targetRef"],
            reading.Notices.Select(n => n.Path));
    }

    [Fact]
    public void Read_FileOfExactlyTheLimit_IsAcceptedAndOneByteMoreRefused()
    {
        var text = OpenSloTexts.Sli + "\n#";
        var filled = text + new string('x', OpenSloLimits.MaxFileBytes - Encoding.UTF8.GetByteCount(text));

        Assert.True(OpenSloTexts.Read(filled).IsValid);
        Assert.Contains("bytes", Assert.Single(OpenSloTexts.Read(filled + "x").Faults).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DocumentsUpToTheLimit_AreAcceptedAndOneMoreRefused()
    {
        var services = Enumerable.Range(0, OpenSloLimits.MaxDocuments)
            .Select(i => $"apiVersion: openslo/v1\nkind: Service\nmetadata: {{name: s{i}}}")
            .ToList();

        Assert.Equal(OpenSloLimits.MaxDocuments, OpenSloTexts.Valid([.. services]).Count);
        var reading = OpenSloTexts.Read([.. services, services[0].With("s0", "more")]);
        Assert.Equal($"at most {OpenSloLimits.MaxDocuments} documents", Assert.Single(reading.Faults).Expected);
        Assert.Empty(reading.Documents);
    }

    private static SloSpec SloOf(string slo)
        => OpenSloTexts.Valid(OpenSloTexts.Sli, slo).Select(d => d.Spec).OfType<SloSpec>().Single();

    private static decimal TargetOf(string slo) => SloOf(slo).Objectives[0].Target;
}
