using OpsDashboard.Application.Catalog.OpenSlo;

namespace OpsDashboard.Application.Tests.Catalog.OpenSlo;

/// <summary>The shapes of every complete example of the specification and its examples folder, in other words. Each loads alone.</summary>
public sealed class SpecificationShapesTests
{
    public static TheoryData<string, string> Shapes => new()
    {
        {
            "data source with free connection details",
            """
            apiVersion: openslo/v1
            kind: DataSource
            metadata:
              name: metrics-store
              displayName: Metrics store # optional
            spec:
              type: CloudWatch
              connectionDetails:
                accessKeyID: AKEXAMPLE
                secretAccessKey: example
            """
        },
        {
            "inlined ratio indicator, neither window nor method, source defined elsewhere",
            """
            apiVersion: openslo/v1
            kind: SLO
            metadata:
              name: cart-slo
              displayName: Cart SLO
            spec:
              service: cart
              indicator:
                metadata:
                  name: cart-errors
                  displayName: Cart errors
                spec:
                  ratioMetric:
                    counter: true
                    good:
                      metricSource:
                        metricSourceRef: datadog-eu
                        type: Datadog
                        spec:
                          query: sum:http.hits{http.status_code:200}.as_count()
                    total:
                      metricSource:
                        metricSourceRef: datadog-eu
                        type: Datadog
                        spec:
                          query: sum:http.hits{*}.as_count()
              objectives:
                - displayName: All cart errors
                  target: 0.98
            """
        },
        {
            "policy that refers to its condition and target, names in capitals",
            """
            apiVersion: openslo/v1
            kind: AlertPolicy
            metadata:
              name: MemoryPolicy
              displayName: Memory policy
            spec:
              description: Tells the people on call by mail
              alertWhenBreaching: true
              alertWhenResolved: false
              conditions:
                - conditionRef: memory-breach
              notificationTargets:
                - targetRef: on-call-mail
            """
        },
        {
            "policy with its condition inlined",
            """
            apiVersion: openslo/v1
            kind: AlertPolicy
            metadata:
              name: MemoryPolicy
            spec:
              alertWhenBreaching: true
              alertWhenResolved: false
              conditions:
                - kind: AlertCondition
                  metadata:
                    name: memory-breach
                    displayName: Memory breach
                  spec:
                    description: Burns faster than 2
                    severity: page
                    condition:
                      kind: burnrate
                      op: lte
                      threshold: 2
                      lookbackWindow: 1h
                      alertAfter: 5m
              notificationTargets:
                - targetRef: on-call-mail
            """
        },
        {
            "condition",
            """
            apiVersion: openslo/v1
            kind: AlertCondition
            metadata:
              name: memory-breach
            spec:
              severity: page
              condition:
                kind: burnrate
                op: gte
                threshold: 2
                lookbackWindow: 1h
            """
        },
        {
            "notification target",
            """
            apiVersion: openslo/v1
            kind: AlertNotificationTarget
            metadata:
              name: OnCallChat
            spec:
              description: "Sends what is urgent to the channel"
              target: slack
            """
        },
        {
            "service without description",
            """
            apiVersion: openslo/v1
            kind: Service
            metadata:
              name: cart
              displayName: string # optional
            spec:
              description: string # optional up to 1050 characters
            """
        },
        {
            "occurrences over a threshold metric, empty alert policies",
            """
            # how long a search takes
            apiVersion: openslo/v1
            kind: SLO
            metadata:
              name: find-slo
            spec:
              service: shop
              indicator:
                metadata:
                  name: find-latency
                spec:
                  thresholdMetric:
                    metricSource:
                      type: Any # any source
                      spec: # its fields
                        query: Any
              timeWindow:
                - duration: 2w
                  isRolling: true
              budgetingMethod: Occurrences
              objectives:
                - displayName: Good
                  op: lt
                  value: 500
                  target: 0.99
              alertPolicies: # none yet
            """
        },
        {
            "ratio time slices, op beside a ratio metric",
            """
            apiVersion: openslo/v1
            kind: SLO
            metadata:
              name: front-page
            spec:
              service: shop
              indicator:
                metadata:
                  name: status-codes
                spec:
                  ratioMetric:
                    good: {metricSource: {type: Any, spec: {query: Any}}}
                    total: {metricSource: {type: Any, spec: {query: Any}}}
              timeWindow:
               - duration: 2w
                 isRolling: true
              budgetingMethod: RatioTimeslices
              objectives:
                - displayName: Good
                  op: gt
                  timeSliceWindow: 1m
                  target: 0.99
            """
        },
        {
            "time slices over a calendar, two objectives",
            """
            apiVersion: openslo/v1
            kind: SLO
            metadata:
              name: line-availability
            spec:
              service: line
              indicator:
                metadata:
                  name: line-up
                spec:
                  ratioMetric:
                    good: {metricSource: {type: Any, spec: {query: Any}}}
                    total: {metricSource: {type: Any, spec: {query: Any}}}
              timeWindow:
                - duration: 1m
                  isRolling: false
                  calendar:
                    startTime: 2022-01-01 12:00:00
                    timeZone: America/New_York
              budgetingMethod: Timeslices
              objectives:
                - displayName: Internal
                  op: gt
                  target: 0.995
                  timeSliceTarget: 0.99
                  timeSliceWindow: 1m
                - displayName: SLA
                  target: 0.99
                  timeSliceTarget: 0.99
                  timeSliceWindow: 1m
              alertPolicies:
            """
        },
        {
            "time slices over a calendar week",
            """
            apiVersion: openslo/v1
            kind: SLO
            metadata:
              name: quiet-hours
            spec:
              service: line
              indicator:
                metadata:
                  name: line-up
                spec:
                  ratioMetric:
                    good: {metricSource: {type: Any, spec: {query: Any}}}
                    total: {metricSource: {type: Any, spec: {query: Any}}}
              timeWindow:
                - duration: 1w
                  calendar:
                    startTime: 2022-01-01 12:00:00
                    timeZone: America/New_York
              budgetingMethod: Timeslices
              objectives:
                - target: 0.9995
                  timeSliceTarget: 0.95
                  timeSliceWindow: 1m
            """
        },
        {
            "threshold metric whose type its data source tells",
            """
            apiVersion: openslo/v1
            kind: SLI
            metadata: {name: queue-depth}
            spec:
              thresholdMetric:
                metricSource:
                  metricSourceRef: warehouse
                  spec:
                    region: eu-central-1
                    query: SELECT value, timestamp FROM metrics WHERE timestamp BETWEEN :date_from AND :date_to
            """
        },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Shape_OfTheSpecification_LoadsAndIsWrittenAgain(string shape, string text)
    {
        var reading = OpenSloReader.Read([new OpenSloFile(shape, text)]);

        Assert.True(reading.IsValid, string.Join('\n', reading.Faults));
        var document = Assert.Single(reading.Documents);
        var written = OpenSloWriter.Write([document]);
        Assert.Equal(written, OpenSloWriter.Write(OpenSloReader.Read([new OpenSloFile("again", written)]).Documents));
    }
}
