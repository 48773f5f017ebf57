using OpsDashboard.Application.Catalog.OpenSlo;

namespace OpsDashboard.Application.Tests.Catalog.OpenSlo;

/// <summary>Small documents the tests bend.</summary>
internal static class OpenSloTexts
{
    public const string Sli = """
        apiVersion: openslo/v1
        kind: SLI
        metadata:
          name: checkout-success
        spec:
          ratioMetric:
            counter: true
            good:
              metricSource:
                type: Prometheus
                spec:
                  query: sum(rate(checkout_total{code="200"}[1m]))
            total:
              metricSource:
                type: Prometheus
                spec:
                  query: sum(rate(checkout_total[1m]))
        """;

    public const string Slo = """
        apiVersion: openslo/v1
        kind: SLO
        metadata:
          name: checkout
        spec:
          service: shop
          indicatorRef: checkout-success
          timeWindow:
            - duration: 30d
              isRolling: true
          budgetingMethod: Occurrences
          objectives:
            - target: 0.99
        """;

    public const string Policy = """
        apiVersion: openslo/v1
        kind: AlertPolicy
        metadata:
          name: fast-burn
        spec:
          alertWhenBreaching: true
          conditions:
            - kind: AlertCondition
              metadata:
                name: burns-fast
              spec:
                severity: page
                condition:
                  kind: burnrate
                  op: gt
                  threshold: 14.4
                  lookbackWindow: 1h
                  alertAfter: 0m
          notificationTargets:
            - targetRef: on-call
        """;

    public static OpenSloReading Read(params string[] documents) => ReadAs("a.yaml", documents);

    public static OpenSloReading ReadAs(string file, params string[] documents)
        => OpenSloReader.Read([new OpenSloFile(file, string.Join("\n---\n", documents))]);

    /// <summary>The documents, or a failure that shows every fault.</summary>
    public static IReadOnlyList<OpenSloDocument> Valid(params string[] documents)
    {
        var reading = Read(documents);
        Assert.True(reading.IsValid, string.Join('\n', reading.Faults));
        return reading.Documents;
    }

    /// <summary>Line, from 1, of the first line that holds the words.</summary>
    public static int LineOf(string text, string words)
        => text.Split('\n').ToList().FindIndex(l => l.Contains(words, StringComparison.Ordinal)) + 1;

    /// <summary>Replaces words that must be there.</summary>
    public static string With(this string text, string words, string replacement)
    {
        Assert.Contains(words, text, StringComparison.Ordinal);
        return text.Replace(words, replacement, StringComparison.Ordinal);
    }
}
