namespace OpsDashboard.Application.Tests.Catalog;

internal sealed record ContractFigure(string Quote, string Id, string Target, string Condition = "");

/// <summary>Written from the contracts, not from the catalogs.</summary>
internal static class ContractFigures
{
    public static IReadOnlyList<ContractFigure> Rows { get; } =
    [
        // mlops, Service Level Agreements 1
        new("99.9% (8.77 hours downtime per year)", "mlops/platform-infrastructure/uptime", "0.999"),
        new("Planned maintenance windows (max 4 hours/month)", "mlops/platform-infrastructure/uptime", "0.999"),
        new("99.95% (4.38 hours downtime per year)", "mlops/model-serving-api/uptime", "0.9995"),
        new("<100ms (95th percentile)", "mlops/model-serving-api/latency-p95", "0.95", "< 100 ms"),
        new("10,000+ requests per second", "mlops/model-serving-api/throughput", "0.95", ">= 10000 requests/s"),
        new("<0.1% of total requests", "mlops/model-serving-api/error-rate", "0.999"),
        new("99.9%", "mlops/feature-store/uptime", "0.999"),
        new("<50ms for cached features", "mlops/feature-store/cached-latency", "0.95", "< 50 ms"),
        new("<200ms for computed features", "mlops/feature-store/computed-latency", "0.95", "< 200 ms"),
        new("99.5% of jobs complete successfully", "mlops/feature-store/batch-jobs", "0.995"),
        new("<1 hour lag for streaming features", "mlops/feature-store/freshness", "0.95", "< 3600 s"),
        new("99.95%", "mlops/inference-engine/uptime", "0.9995"),
        new("<150ms end-to-end (including feature retrieval)", "mlops/inference-engine/end-to-end-latency", "0.95", "< 150 ms"),
        new("Support 1,000+ simultaneous inference requests", "mlops/inference-engine/concurrent-requests", "0.95", ">= 1000 requests"),
        new("<10 seconds for batch inference jobs", "mlops/inference-engine/batch-queue-time", "0.95", "< 10000 ms"),

        // mlops, Service Level Agreements 2
        new("95% of training jobs complete successfully", "mlops/training-pipeline/job-success", "0.95"),
        new("<4 hours for standard models", "mlops/training-pipeline/standard-training-time", "0.95", "< 14400000 ms"),
        new("<24 hours for deep learning", "mlops/training-pipeline/deep-learning-training-time", "0.95", "< 86400000 ms"),
        new("GPU utilization >80% during training", "mlops/training-pipeline/gpu-utilization", "0.95", "> 80 percent"),
        new("95% of batch jobs complete within expected timeframe", "mlops/data-processing/batch-on-time", "0.95"),
        new("<1% data quality issues per dataset", "mlops/data-processing/data-quality", "0.99"),
        new("99% of data pipelines execute successfully", "mlops/data-processing/pipeline-reliability", "0.99"),
        new("<2 hours for pipeline failures", "mlops/data-processing/pipeline-recovery", "0.95", "< 7200000 ms"),
        new("99.9% uptime for active experiments", "mlops/ab-testing/uptime", "0.999"),
        new("<1% deviation from configured traffic split", "mlops/ab-testing/allocation-accuracy", "0.95", "< 1 percent"),
        new("Results available within 1 hour of experiment completion", "mlops/ab-testing/analysis-time", "0.95", "<= 3600000 ms"),
        new("<5 minutes to rollback failed experiments", "mlops/ab-testing/rollback-time", "0.95", "< 300000 ms"),

        // mlops, Technical KPIs: System Performance
        new("API response time (p95): <100ms", "mlops/model-serving-api/latency-p95", "0.95", "< 100 ms"),
        new("Feature retrieval time: <50ms", "mlops/feature-store/retrieval-latency", "0.95", "< 50 ms"),
        new("Model inference time: <10ms", "mlops/inference-engine/inference-latency", "0.95", "< 10 ms"),
        new("End-to-end prediction time: <150ms", "mlops/inference-engine/end-to-end-latency", "0.95", "< 150 ms"),
        new("API requests per second: 10,000+", "mlops/model-serving-api/throughput", "0.95", ">= 10000 requests/s"),
        new("Concurrent model serving: 100+ models", "mlops/model-serving-api/concurrent-models", "0.95", ">= 100 models"),
        new("Batch processing volume: 1TB+ per day", "mlops/data-processing/batch-volume", "0.95", ">= 1 TB/day"),
        new("Feature computations: 1M+ per hour", "mlops/feature-store/computations", "0.95", ">= 1000000 computations/h"),
        new("CPU utilization: 70-80% average", "mlops/platform-infrastructure/cpu-utilization-floor", "0.95", ">= 70 percent"),
        new("CPU utilization: 70-80% average", "mlops/platform-infrastructure/cpu-utilization-ceiling", "0.95", "<= 80 percent"),
        new("Memory utilization: 70-80% average", "mlops/platform-infrastructure/memory-utilization-floor", "0.95", ">= 70 percent"),
        new("Memory utilization: 70-80% average", "mlops/platform-infrastructure/memory-utilization-ceiling", "0.95", "<= 80 percent"),
        new("GPU utilization: >80% during training", "mlops/training-pipeline/gpu-utilization", "0.95", "> 80 percent"),
        new("Storage efficiency: <10% waste", "mlops/platform-infrastructure/storage-efficiency", "0.95", "< 10 percent"),

        // mlops, Technical KPIs: Reliability
        new("Platform uptime: 99.9%", "mlops/platform-infrastructure/uptime", "0.999"),
        new("API availability: 99.95%", "mlops/model-serving-api/request-availability", "0.9995"),
        new("Data pipeline success: 95%", "mlops/data-processing/pipeline-success", "0.95"),
        new("Model serving uptime: 99.95%", "mlops/model-serving-api/uptime", "0.9995"),
        new("API error rate: <0.1%", "mlops/model-serving-api/error-rate", "0.999"),
        new("Data quality issues: <1%", "mlops/data-processing/data-quality", "0.99"),
        new("Model prediction errors: <0.5%", "mlops/inference-engine/prediction-errors", "0.995"),
        new("Infrastructure failures: <0.01%", "mlops/platform-infrastructure/infrastructure-failures", "0.9999"),
        new("Mean Time to Recovery: <30 minutes", "mlops/platform-infrastructure/mttr", "0.95", "< 1800 s"),
        new("Mean Time to Detection: <5 minutes", "mlops/platform-infrastructure/mttd", "0.95", "< 300 s"),
        new("Incident resolution: 95% within SLA", "mlops/platform-infrastructure/incident-resolution", "0.95"),

        // agent-mesh 1.1
        new("99.5%", "agent-mesh/platform/uptime-free", "0.995"),
        new("3h 36m", "agent-mesh/platform/uptime-free", "0.995"),
        new("1d 19h", "agent-mesh/platform/uptime-free", "0.995"),
        new("99.9%", "agent-mesh/platform/uptime-professional", "0.999"),
        new("43m 50s", "agent-mesh/platform/uptime-professional", "0.999"),
        new("8h 46m", "agent-mesh/platform/uptime-professional", "0.999"),
        new("99.99%", "agent-mesh/platform/uptime-enterprise", "0.9999"),
        new("4m 23s", "agent-mesh/platform/uptime-enterprise", "0.9999"),
        new("52m 36s", "agent-mesh/platform/uptime-enterprise", "0.9999"),

        // agent-mesh 1.2
        new("<50ms", "agent-mesh/api-authentication/latency-p50", "0.5", "< 50 ms"),
        new("<100ms", "agent-mesh/api-authentication/latency-p95", "0.95", "< 100 ms"),
        new("<200ms", "agent-mesh/api-authentication/latency-p99", "0.99", "< 200 ms"),
        new("<100ms", "agent-mesh/api-agent-crud/latency-p50", "0.5", "< 100 ms"),
        new("<250ms", "agent-mesh/api-agent-crud/latency-p95", "0.95", "< 250 ms"),
        new("<500ms", "agent-mesh/api-agent-crud/latency-p99", "0.99", "< 500 ms"),
        new("<150ms", "agent-mesh/api-workflow/latency-p50", "0.5", "< 150 ms"),
        new("<400ms", "agent-mesh/api-workflow/latency-p95", "0.95", "< 400 ms"),
        new("<800ms", "agent-mesh/api-workflow/latency-p99", "0.99", "< 800 ms"),
        new("<5ms", "agent-mesh/api-policy/latency-p50", "0.5", "< 5 ms"),
        new("<10ms", "agent-mesh/api-policy/latency-p95", "0.95", "< 10 ms"),
        new("<20ms", "agent-mesh/api-policy/latency-p99", "0.99", "< 20 ms"),
        new("<200ms", "agent-mesh/api-telemetry/latency-p50", "0.5", "< 200 ms"),
        new("<500ms", "agent-mesh/api-telemetry/latency-p95", "0.95", "< 500 ms"),
        new("<1000ms", "agent-mesh/api-telemetry/latency-p99", "0.99", "< 1000 ms"),
        new("Free: 60 requests/minute", "agent-mesh/gateway/throughput-free", "0.999", ">= 60 requests/min"),
        new("Pro: 600 requests/minute", "agent-mesh/gateway/throughput-professional", "0.999", ">= 600 requests/min"),

        // agent-mesh 1.3
        new("99.999999999% (11 nines)", "agent-mesh/data/durability", "0.99999999999"),
        new("30 days (standard)", "agent-mesh/data/backup-retention", "0.999", ">= 30 days"),
        new("365 days (enterprise)", "agent-mesh/data/backup-retention-enterprise", "0.999", ">= 365 days"),
        new("5 minutes", "agent-mesh/data/rpo", "0.999", "<= 300 s"),
        new("1 hour (Pro)", "agent-mesh/data/rto-professional", "0.95", "<= 3600 s"),
        new("15 minutes (Enterprise)", "agent-mesh/data/rto-enterprise", "0.95", "<= 900 s"),

        // agent-mesh 10.1
        new("99.99% (target)", "agent-mesh/platform/uptime-kpi", "0.9999"),
        new("<5 minutes", "agent-mesh/operations/mttd", "0.95", "< 300 s"),
        new("<1 hour (Sev 1)", "agent-mesh/operations/mttr", "0.95", "< 3600 s"),
    ];
}
