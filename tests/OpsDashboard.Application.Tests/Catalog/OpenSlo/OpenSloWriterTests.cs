using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OpsDashboard.Application.Catalog.OpenSlo;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Tests.Catalog.OpenSlo;

public sealed class OpenSloWriterTests
{
    [Fact]
    public void Write_ADocument_IsCanonical()
    {
        const string text = """
            kind: SLO
            apiVersion: openslo/v1
            spec:
              objectives: [{targetPercent: 99.50, displayName: "yes"}]
              budgetingMethod: Occurrences
              timeWindow: [{isRolling: true, duration: 30d}]
              indicatorRef: checkout-success
              service: shop
            metadata:
              annotations: {b.example/z: "1", a: 'it''s: # fine'}
              labels: {team: [x, z], area: [one]}
              name: checkout
            """;
        const string canonical = """
            ---
            apiVersion: openslo/v1
            kind: SLO
            metadata:
              name: checkout
              labels:
                area: one
                team:
                - x
                - z
              annotations:
                a: "it's: # fine"
                b.example/z: "1"
            spec:
              service: shop
              indicatorRef: checkout-success
              timeWindow:
              - duration: 30d
                isRolling: true
              budgetingMethod: Occurrences
              objectives:
              - displayName: "yes"
                target: 0.995

            """;

        Assert.Equal(canonical, OpenSloWriter.Write(OpenSloTexts.Valid(OpenSloTexts.Sli, text).Skip(1)));
    }

    [Fact]
    public void Write_AnyDocuments_ReadsBackToEqualOnes()
        => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), RoundTrips)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Read_MutatedText_NeverThrows()
        => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
            {
                var random = new Random(seed);
                var text = string.Join("\n---\n", OpenSloTexts.Sli, OpenSloTexts.Slo, OpenSloTexts.Policy).ToCharArray().ToList();
                for (var i = random.Next(1, 12); i > 0; i--)
                {
                    var at = random.Next(text.Count);
                    const string wild = "{}[]:,-#&*!|>'\"%@` \n\t?~\0\u0085\u2028\ud800x1";
                    switch (random.Next(3))
                    {
                        case 0: text.RemoveAt(at); break;
                        case 1: text.Insert(at, wild[random.Next(wild.Length)]); break;
                        default: text[at] = wild[random.Next(wild.Length)]; break;
                    }
                }

                var reading = OpenSloTexts.Read(new string([.. text]));
                return reading.IsValid ? reading.Documents.Count > 0 : reading.Documents.Count == 0;
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static bool RoundTrips(int seed)
    {
        var documents = new DocumentMaker(seed).Documents();
        var text = OpenSloWriter.Write(documents);
        var reading = OpenSloReader.Read([new OpenSloFile("again.yaml", text)]);
        Assert.True(reading.IsValid, string.Join('\n', reading.Faults) + "\n" + text);
        Assert.Equal(documents.Select(Plain), reading.Documents.Select(Plain));
        return OpenSloWriter.Write(reading.Documents) == text;
    }

    private static string Plain(OpenSloDocument document)
        => JsonSerializer.Serialize(new { document.Metadata, Spec = (object)document.Spec, Details = Values(document.Spec) });

    // The serialiser writes abstract members by their declared type, so free-form values are shown by the writer instead.
    private static string? Values(OpenSloSpec spec) => (spec as DataSourceSpec)?.ConnectionDetails is { } details ? Show(details) : null;

    private static string Show(OpenSloValue value) => value switch
    {
        OpenSloValue.Scalar scalar => $"{scalar.IsText}:{scalar.Text}",
        OpenSloValue.List list => $"[{string.Join('|', list.Items.Select(Show))}]",
        OpenSloValue.Map map => $"{{{string.Join('|', map.Entries.Select(e => e.Key + "=" + Show(e.Value)))}}}",
        _ => throw new InvalidOperationException(),
    };
}

/// <summary>Makes valid documents of every kind from a seed.</summary>
internal sealed class DocumentMaker(int seed)
{
    private static readonly string[] Texts =
    [
        "plain", "95", "1e5", "true", "no", "null", "~", "", " padded ", "a: b", "a #b", "- a", "'single'", "\"double\"", "line\nbreak",
        "tab\there", "%", "@at", "`tick`", "&a", "*a", "!tag", "{a}", "[a]", "---", "...", "caf\u00e9 \ud83d\ude00", "<<", "back\\slash",
        "trailing\n", "\n\nleading", "2026-01-01", "0x1F", ".5", "-", "?", ":", "|", ">", "\u2028", "\u0085", "x: |\n  y", "#comment",
    ];

    private readonly Random random = new(seed);
    private int count;

    public IReadOnlyList<OpenSloDocument> Documents()
    {
        var sli = Document(new SliSpec { Description = Words(), RatioMetric = Ratio() });
        var policy = Document(Policy());
        return
        [
            Document(new ServiceSpec { Description = Words() }),
            Document(new DataSourceSpec { Description = Words(), Type = Word(), ConnectionDetails = Maybe(() => Map(0)) }),
            sli,
            Document(new SliSpec { ThresholdMetric = Metric() }),
            policy,
            Document(Condition()),
            Document(new AlertNotificationTargetSpec { Target = Word() }),
            Document(Slo(sli, policy)),
        ];
    }

    private OpenSloDocument Document(OpenSloSpec spec) => new() { Metadata = Metadata(), Spec = spec };

    private OpenSloMetadata Metadata() => new()
    {
        Name = $"name-{count++}",
        DisplayName = Words(),
        Labels = Enumerable.Range(0, random.Next(3)).ToDictionary(
            i => $"label-{i}", _ => (IReadOnlyList<string>)[.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Text())]),
        Annotations = Enumerable.Range(0, random.Next(3)).ToDictionary(i => $"example.com/key-{i}", _ => Text()),
    };

    private SloSpec Slo(OpenSloDocument sli, OpenSloDocument policy)
    {
        var method = Pick<BudgetingMethod>();
        var isThreshold = random.Next(2) == 0;
        return new SloSpec
        {
            Service = Word(),
            Description = Words(),
            Indicator = isThreshold
                ? new OpenSloUse<SliSpec> { Inline = new OpenSloInline<SliSpec>(Metadata(), new SliSpec { ThresholdMetric = Metric() }) }
                : new OpenSloUse<SliSpec> { Ref = sli.Metadata.Name },
            TimeWindow = Maybe(() => new OpenSloTimeWindow(
                Duration(), random.Next(2) == 0 ? null : new OpenSloCalendar("2026-01-01 00:00:00", "Europe/Berlin"))),
            BudgetingMethod = method,
            Objectives = [.. Enumerable.Range(0, isThreshold ? 1 : random.Next(1, 4)).Select(_ => Objective(method, isThreshold))],
            AlertPolicies = random.Next(2) == 0
                ? []
                : [new() { Ref = policy.Metadata.Name }, new() { Inline = new OpenSloInline<AlertPolicySpec>(Metadata(), Policy()) }],
        };
    }

    private OpenSloObjective Objective(BudgetingMethod method, bool isThreshold) => new()
    {
        DisplayName = Words(),
        Op = isThreshold ? Pick<Comparison>() : null,
        Value = isThreshold ? Number() : null,
        Target = Number() / 1_000m,
        TimeSliceTarget = method == BudgetingMethod.Timeslices ? Number() / 1_000m : null,
        TimeSliceWindow = method == BudgetingMethod.Occurrences ? null : Duration(),
    };

    private AlertPolicySpec Policy() => new()
    {
        AlertWhenBreaching = Maybe<bool?>(() => true),
        AlertWhenNoData = Maybe<bool?>(() => false),
        Condition = new() { Inline = new OpenSloInline<AlertConditionSpec>(Metadata(), Condition()) },
        NotificationTargets = [new() { Ref = Word() }],
    };

    private AlertConditionSpec Condition() => new()
    {
        Severity = Word(),
        Op = Pick<Comparison>(),
        Threshold = Number(),
        LookbackWindow = Duration(),
        AlertAfter = Maybe<OpenSloDuration?>(() => new OpenSloDuration(random.Next(5), OpenSloDurationUnit.Minute)),
    };

    private OpenSloRatioMetric Ratio() => random.Next(3) switch
    {
        0 => new() { Counter = true, Good = Metric(), Total = Metric() },
        1 => new() { Bad = Metric(), Total = Metric() },
        _ => new() { RawType = Pick<OpenSloRawType>(), Raw = Metric() },
    };

    private OpenSloMetricSource Metric() => new()
    {
        MetricSourceRef = Maybe(Word),
        Type = Word(),
        Spec = random.Next(4) == 0 ? OpenSloValue.Map.Empty : Map(0),
    };

    private OpenSloValue Value(int depth) => random.Next(depth > 3 ? 1 : 4) switch
    {
        1 => new OpenSloValue.List([.. Enumerable.Range(0, random.Next(3)).Select(_ => Value(depth + 1))]),
        2 => Map(depth),
        3 => new OpenSloValue.Scalar(new[] { "1.50", "true", "null", "-2e3" }[random.Next(4)], IsText: false),
        _ => new OpenSloValue.Scalar(Text(), IsText: true),
    };

    private OpenSloValue.Map Map(int depth)
        => new([.. Enumerable.Range(0, random.Next(1, 4)).Select(i => KeyValuePair.Create(Text() + i, Value(depth + 1)))]);

    private OpenSloDuration Duration() => new(random.Next(1, 400), Pick<OpenSloDurationUnit>());

    private decimal Number() => random.Next(1, 999_999) / 1_000m;

    private string Word() => $"word-{random.Next(100)}";

    private string Text() => Texts[random.Next(Texts.Length)];

    /// <summary>Text that is not blank, or none.</summary>
    private string? Words() => Maybe(() => Text() is { } text && text.Trim().Length > 0 ? text : "words");

    private T? Maybe<T>(Func<T> make) => random.Next(2) == 0 ? default : make();

    private T Pick<T>()
        where T : struct, Enum
        => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];
}
