using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Domain.Changes;

/// <summary>How well a team delivers, in the words of the Accelerate State of DevOps report of 2023.</summary>
public enum DoraBand
{
    Low,
    Medium,
    High,
    Elite,
}

/// <summary>A figure both contracts or one of them set for a key.</summary>
/// <param name="Met">Null: nothing was measured.</param>
public sealed record DoraTarget(string Words, bool? Met, Clause Clause);

/// <summary>One of the five keys.</summary>
/// <param name="Value">Deployments a day, seconds, or a fraction; null: nothing to measure.</param>
/// <param name="Band">Null where the report knows none.</param>
/// <param name="Count">How many deployments it was made from.</param>
public sealed record DoraKey(string Name, string Definition, decimal? Value, DoraBand? Band, int Count, IReadOnlyList<DoraTarget> Targets);

/// <summary>The five keys of software delivery over a period, of deployments to production that have ended.</summary>
public static class DoraKeys
{
    private const string Mesh = "SLA Playbook & Enterprise Hardening";
    private const string Mlops = "Production SLAs and Success Criteria";
    private const decimal Day = 86_400m;

    /// <param name="deployments">Any; only those to production that ended in [from, to) count.</param>
    public static IReadOnlyList<DoraKey> Of(IEnumerable<Deployment> deployments, DateTimeOffset from, DateTimeOffset to)
    {
        var ended = deployments.Where(one => one.IsProduction && one.FinishedAt >= from && one.FinishedAt < to).ToList();
        return [Frequency(ended, (decimal)(to - from).TotalDays), LeadTime(ended), FailureRate(ended), Recovery(ended), Rework(ended)];
    }

    private static DoraKey Frequency(List<Deployment> ended, decimal days)
    {
        decimal? perDay = ended.Count == 0 || days <= 0 ? null : ended.Count / days;
        DoraBand? band = perDay switch { null => null, > 1 => DoraBand.Elite, >= 1 / 7m => DoraBand.High, >= 1 / 30.4m => DoraBand.Medium, _ => DoraBand.Low };
        return new(
            "Deployment frequency",
            "Deployments to production that ended in the period, for each of its days.",
            perDay,
            band,
            ended.Count,
            [new("daily", perDay is null ? null : perDay >= 1, new Clause(Mesh, "10.1 Metrics & KPIs / Operational Efficiency", "Deployment frequency: Daily"))]);
    }

    private static DoraKey LeadTime(List<Deployment> ended)
    {
        var times = ended.Where(one => one.CommittedAt is not null && !one.HasFailed).Select(one => Seconds(one.FinishedAt!.Value - one.CommittedAt!.Value)).Where(seconds => seconds >= 0).ToList();
        var median = Median(times);
        var pipeline = Median([.. ended.Where(one => !one.HasFailed).Select(one => Seconds(one.FinishedAt!.Value - one.StartedAt))]);
        return new(
            "Lead time for changes",
            "Median time from the oldest new commit until it was live; deployments that failed have no lead time.",
            median,
            BandOfTime(median, Day, 7 * Day, 30.4m * Day),
            times.Count,
            [
                new("production within 30 min of the start", pipeline is null ? null : pipeline < 1_800, new Clause(Mesh, "10.1 Metrics & KPIs / Operational Efficiency", "Time to production: <30 minutes")),
                new("deployment within 4 h", pipeline is null ? null : pipeline < 14_400, new Clause(Mlops, "Key Performance Indicators (KPIs) / 2. Business KPIs / Operational Efficiency", "Model deployment time: <4 hours")),
            ]);
    }

    private static DoraKey FailureRate(List<Deployment> ended)
    {
        decimal? rate = ended.Count == 0 ? null : (decimal)ended.Count(one => one.HasFailed) / ended.Count;
        decimal? succeeded = rate is null ? null : 1 - rate;
        DoraBand? band = rate switch { null => null, <= 0.05m => DoraBand.Elite, <= 0.10m => DoraBand.High, <= 0.15m => DoraBand.Medium, _ => DoraBand.Low };
        return new(
            "Change failure rate",
            "Share of the deployments that failed or were rolled back.",
            rate,
            band,
            ended.Count,
            [
                new("below 5 %", rate is null ? null : rate < 0.05m, new Clause(Mesh, "10.1 Metrics & KPIs / Operational Efficiency", "Change failure rate: <5%")),
                new("95 % succeed", succeeded is null ? null : succeeded >= 0.95m, new Clause(Mlops, "Success Criteria / 3. Operational Success Criteria / Change Management", "95% of deployments succeed without rollback")),
            ]);
    }

    private static DoraKey Recovery(List<Deployment> ended)
    {
        var times = ended.Where(one => one is { HasFailed: true, RecoveredAt: not null }).Select(one => Seconds(one.RecoveredAt!.Value - one.FinishedAt!.Value)).Where(seconds => seconds >= 0).ToList();
        var rollbacks = ended.Where(one => one is { Outcome: DeploymentOutcome.RolledBack, RecoveredAt: not null }).Select(one => RollbackSeconds(one)).OfType<decimal>().ToList();
        var median = Median(times);
        return new(
            "Failed-deployment recovery time",
            "Median time from when a failed deployment was live until service was as before.",
            median,
            BandOfTime(median, 3_600, Day, 7 * Day),
            times.Count,
            [
                new("rollback below 5 min", rollbacks.Count == 0 ? null : rollbacks.TrueForAll(seconds => seconds < 300), new Clause(Mesh, "6.2 Rollback Procedure / Rollback Time", "Target: <5 minutes")),
                new("rollback below 15 min at worst", rollbacks.Count == 0 ? null : rollbacks.TrueForAll(seconds => seconds <= 900), new Clause(Mesh, "6.2 Rollback Procedure / Rollback Time", "Worst case: 15 minutes")),
            ]);
    }

    private static DoraKey Rework(List<Deployment> ended)
    {
        decimal? rate = ended.Count == 0 ? null : (decimal)ended.Count(one => one.IsHotfix) / ended.Count;
        return new("Rework rate", "Share of the deployments that were unplanned repairs.", rate, null, ended.Count, []);
    }

    /// <summary>From when the rollback began, its own stage, to when it was done; null where no such stage was told.</summary>
    public static decimal? RollbackSeconds(Deployment deployment) =>
        deployment.Stages.LastOrDefault(stage => string.Equals(stage.Name, "rollback", StringComparison.OrdinalIgnoreCase)) is { } stage
            ? Seconds((stage.EndedAt ?? deployment.RecoveredAt!.Value) - stage.StartedAt)
            : null;

    private static DoraBand? BandOfTime(decimal? seconds, decimal elite, decimal high, decimal medium) => seconds switch
    {
        null => null,
        { } some when some < elite => DoraBand.Elite,
        { } some when some < high => DoraBand.High,
        { } some when some < medium => DoraBand.Medium,
        _ => DoraBand.Low,
    };

    private static decimal Seconds(TimeSpan span) => (decimal)span.TotalSeconds;

    private static decimal? Median(List<decimal> values)
    {
        if (values.Count == 0)
        {
            return null;
        }

        values.Sort();
        var middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
