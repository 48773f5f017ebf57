using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Telemetry;
using OpsDashboard.Domain.Incidents.Alerts;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Incidents.Alerts.MetricRules;

/// <summary>How one rule stands for one series now, where it stood otherwise before.</summary>
internal sealed record MetricChange(MetricRule Rule, string SliId, MetricRuleState Before, MetricVerdict Verdict);

/// <summary>
/// Judges every enabled rule for each of its series on the stored minutes. Reading is done before the transaction: the store is held
/// only where something changed.
/// </summary>
internal sealed class MetricRuleEvaluator(OpsDbContext db, AlertDesk desk, StoredHours hours, SeriesDirectory series)
{
    /// <summary>A minute is judged once its samples had this long to come in.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);

    private static readonly decimal Digits = 1_000_000m;

    /// <summary>What changed; writes nothing.</summary>
    /// <param name="listening">How long this process has been able to take samples in: silence it was not there to hear is none.</param>
    public async Task<IReadOnlyList<MetricChange>> JudgeAsync(long nowMs, TimeSpan listening, CancellationToken cancellationToken)
    {
        var lastMinute = TimeIndex.MinuteOf(nowMs - (long)Settling.TotalMilliseconds) - 1;
        var rules = (await db.Set<MetricRuleRow>().AsNoTracking().Where(row => row.Enabled).ToListAsync(cancellationToken))
            .ConvertAll(row => JsonSerializer.Deserialize<MetricRule>(row.Definition, StoreJson.Options)!);
        var states = (await db.Set<MetricRuleStateRow>().AsNoTracking().ToListAsync(cancellationToken)).ToDictionary(row => (row.RuleId, row.SliId));
        var minutes = await ReadAsync(rules, lastMinute, cancellationToken);
        var changes = new List<MetricChange>();
        foreach (var (rule, sli) in rules.SelectMany(rule => rule.SliIds.Select(sli => (rule, sli))))
        {
            var row = states.GetValueOrDefault((rule.Id, sli));
            var firingSince = row is { State: MetricRuleState.Firing, SinceMs: { } since } ? TimeIndex.MinuteOf(since) : (int?)null;
            var known = minutes.GetValueOrDefault(sli, SeriesMinutes.None);
            var verdict = MetricRuleEvaluation.Judge(rule, known.CellAt, lastMinute, firingSince, known.ReportedToday && listening > rule.SilenceHeard);
            verdict = verdict with { Value = verdict.Value is { } value ? decimal.Round(value * Digits) / Digits : null };
            if (row is null || row.State != verdict.State || row.Value != verdict.Value)
            {
                changes.Add(new MetricChange(rule, sli, row?.State ?? MetricRuleState.NoData, verdict));
            }
        }

        return changes;
    }

    /// <summary>Records what changed, raises and clears, inside the caller's transaction.</summary>
    public async Task ApplyAsync(IReadOnlyList<MetricChange> changes, long nowMs, CancellationToken cancellationToken)
    {
        var enabled = (await db.Set<MetricRuleRow>().Where(row => row.Enabled).Select(row => row.Id).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var states = (await db.Set<MetricRuleStateRow>().ToListAsync(cancellationToken)).ToDictionary(row => (row.RuleId, row.SliId));
        foreach (var change in changes.Where(change => enabled.Contains(change.Rule.Id)))
        {
            var row = states.GetValueOrDefault((change.Rule.Id, change.SliId)) ?? Add(change, nowMs);
            var (rule, verdict) = (change.Rule, change.Verdict);
            if (verdict.State == MetricRuleState.Firing && change.Before != MetricRuleState.Firing)
            {
                await desk.RaiseAsync(Signal(rule, change.SliId, verdict, nowMs), cancellationToken);
            }
            else if (verdict.State != MetricRuleState.Firing && change.Before == MetricRuleState.Firing)
            {
                await desk.ClearAsync(KeyOf(rule.Id, change.SliId), nowMs, cancellationToken);
            }

            row.SinceMs = verdict.SinceMinute is { } minute ? TimeIndex.StartOfMinute(minute) : null;
            (row.State, row.Value, row.EvaluatedAtMs) = (verdict.State, verdict.Value, nowMs);
        }

        db.Announce(nowMs, ("alerts", "all"));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Ends what a rule has open that is judged no longer.</summary>
    public async Task ForgetAsync(string ruleId, long nowMs, CancellationToken cancellationToken)
    {
        foreach (var row in await db.Set<MetricRuleStateRow>().Where(row => row.RuleId == ruleId).ToListAsync(cancellationToken))
        {
            await desk.ClearAsync(KeyOf(ruleId, row.SliId), nowMs, cancellationToken);
            db.Remove(row);
        }
    }

    private static string KeyOf(string ruleId, string sli) => AlertIdentity.GroupOf("rule", $"{ruleId}|{sli}");

    private MetricRuleStateRow Add(MetricChange change, long nowMs)
    {
        var row = new MetricRuleStateRow { RuleId = change.Rule.Id, SliId = change.SliId, State = change.Before, EvaluatedAtMs = nowMs };
        db.Add(row);
        return row;
    }

    private static AlertSignal Signal(MetricRule rule, string sli, MetricVerdict verdict, long nowMs) => new()
    {
        Key = KeyOf(rule.Id, sli),
        // The warning and the critical rule over one series tell of one thing.
        GroupKey = AlertIdentity.GroupOf("sli", sli),
        Source = AlertSource.MetricRule,
        Title = rule.SliIds.Count == 1 ? rule.Name : $"{rule.Name}: {sli.Split('/')[1]}",
        Description = Describe(rule, sli, verdict),
        Labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["alertname"] = rule.Name,
            ["rule"] = rule.Id,
            ["sli"] = sli,
        },
        Platform = rule.Platform,
        Service = sli.Split('/')[1],
        Level = rule.Level,
        StartsAtMs = verdict.SinceMinute is { } since ? TimeIndex.StartOfMinute(since) : nowMs,
    };

    private static string Describe(MetricRule rule, string sli, MetricVerdict verdict)
    {
        var unit = rule.Unit is null ? "" : $" {rule.Unit}";
        var value = verdict.Value is { } measured ? string.Create(CultureInfo.InvariantCulture, $"measured {measured:0.###}{unit}") : "nothing is measured any more";
        return $"{sli}: {value}. {rule.Clause.Document}, {rule.Clause.Section}: \"{rule.Clause.Quote}\".";
    }

    private async Task<Dictionary<string, SeriesMinutes>> ReadAsync(IReadOnlyList<MetricRule> rules, int lastMinute, CancellationToken cancellationToken)
    {
        var read = new Dictionary<string, SeriesMinutes>(StringComparer.Ordinal);
        var lastHour = TimeIndex.HourOf(lastMinute);
        foreach (var (sli, ofSli) in rules.SelectMany(rule => rule.SliIds.Select(sli => (Sli: sli, Rule: rule))).GroupBy(pair => pair.Sli, StringComparer.Ordinal).Select(group => (group.Key, group.Select(pair => pair.Rule).ToList())))
        {
            if (series.TryFind(sli, out var found))
            {
                // Only who may take silence for a breach asks what was there a day ago.
                var back = ofSli.Exists(rule => rule.MissingData == MissingData.Breach) ? 24 : 2;
                read[sli] = await SeriesMinutes.ReadAsync(hours, found.Id, lastHour - back, lastHour + 1, cancellationToken);
            }
        }

        return read;
    }

    /// <summary>The stored minutes of one series.</summary>
    private sealed class SeriesMinutes
    {
        public static readonly SeriesMinutes None = new();

        private readonly Dictionary<int, byte[]> packed = [];
        private readonly Dictionary<int, HourChunk> unpacked = [];

        public bool ReportedToday => packed.Values.Any(data => HourChunk.PeekSeenMinutes(data) > 0);

        public static async Task<SeriesMinutes> ReadAsync(StoredHours hours, int seriesId, int fromHour, int toHour, CancellationToken cancellationToken)
        {
            var minutes = new SeriesMinutes();
            var wanted = Enumerable.Range(fromHour, toHour - fromHour).Select(hour => (seriesId, hour));
            foreach (var stored in await hours.NamedAsync(wanted, cancellationToken))
            {
                minutes.packed[stored.Hour] = stored.Data;
            }

            return minutes;
        }

        public MinuteCell? CellAt(int minute)
        {
            var hour = TimeIndex.HourOf(minute);
            if (!packed.TryGetValue(hour, out var data))
            {
                return null;
            }

            if (!unpacked.TryGetValue(hour, out var chunk))
            {
                unpacked[hour] = chunk = HourChunk.Decode(data);
            }

            return chunk.TryGet(TimeIndex.MinuteOfHour(minute), out var cell) ? cell : null;
        }
    }
}
