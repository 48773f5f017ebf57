using System.Security.Cryptography;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Agreements.Store;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Minutes;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Domain.Agreements;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Agreements.Statements;

/// <summary>Draws up what a month came to from stored minutes. The same minutes and terms give the same statement.</summary>
internal sealed class StatementDrafter(IServiceScopeFactory scopes, SloMinutes minutes)
{
    /// <summary>One for each agreement in force in the month with at least one bound objective that exists.</summary>
    public async Task<IReadOnlyList<Statement>> DraftAsync(IEnumerable<StoredAgreement> agreements, YearMonth month, long nowMs, CancellationToken cancellationToken)
    {
        var inForce = agreements.Select(agreement => (Agreement: agreement, Version: agreement.InForce(month))).Where(pair => pair.Version is not null).ToList();
        if (inForce.Count == 0)
        {
            return [];
        }

        var slos = inForce.SelectMany(pair => pair.Version!.Terms.Slos).ToHashSet(StringComparer.Ordinal);
        var measured = await minutes.ReadAsync(slos, month, nowMs, cancellationToken);
        var hashes = measured.ToDictionary(one => one.Key, one => SHA256.HashData(MemoryMarshal.AsBytes(one.Value.States.All)), StringComparer.Ordinal);
        await using var scope = scopes.CreateAsyncScope();
        var incidents = await scope.ServiceProvider.GetRequiredService<IncidentSpans>().InAsync(
            month.Start.ToUnixTimeMilliseconds(), month.End.ToUnixTimeMilliseconds(), cancellationToken);
        var drafts = new List<Statement>(inForce.Count);
        foreach (var (agreement, version) in inForce)
        {
            var bound = version!.Terms.Slos.Where(measured.ContainsKey).Select(slo => measured[slo]).ToList();
            if (bound.Count > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                drafts.Add(Draft(agreement, version, bound, hashes, incidents, month, nowMs));
            }
        }

        return drafts;
    }

    private static Statement Draft(
        StoredAgreement agreement,
        TermsVersion version,
        List<MeasuredMonth> bound,
        Dictionary<string, byte[]> hashes,
        IReadOnlyList<IncidentSpan> incidents,
        YearMonth month,
        long nowMs)
    {
        var span = bound[0].States.Span;
        // Before anything was measured, or agreed, nothing can be kept or missed.
        var measuredFrom = bound.Min(one => one.FirstMinute ?? span.Start);
        var from = Math.Clamp(TimeIndex.MinuteOf(agreement.Versions[0].EffectiveFromMs), measuredFrom, span.End);
        var figures = StatementMath.Of(
            version.Terms,
            span,
            from,
            TimeIndex.MinuteOf(nowMs),
            [.. bound.Select(one => new ObjectiveMinutes(one.Definition.Id, one.States, [.. one.Planned.Select(work => work.Window)]))]);
        var near = incidents.Where(incident => bound.Exists(one => incident.Touches($"{one.Definition.Platform}/{one.Definition.Service}", one.Definition.Id))).ToList();
        return new Statement
        {
            AgreementId = agreement.Id,
            Agreement = agreement.Name,
            CustomerId = agreement.Customer.Id,
            Customer = agreement.Customer.Name,
            Month = month.ToString(),
            Kind = StatementKind.Running,
            Number = 0,
            DrawnUpAt = Instants.ToInstant(nowMs),
            TermsVersion = version.Version,
            Terms = version.Terms,
            From = At(figures.From),
            Until = At(figures.Until),
            Seconds = Seconds(figures.Minutes),
            Uptime = figures.Uptime is { } uptime ? decimal.Round(uptime, 12) : null,
            Met = figures.Met,
            CreditPercent = figures.CreditPercent,
            CreditAmount = figures.CreditAmount,
            Ahead = figures.Next is { } next ? new StatementAhead(next.MinutesLeft * 60L, next.Percent, next.Amount) : null,
            Intervals = [.. figures.Intervals.Select(interval => Describe(interval, near))],
            Objectives = [.. bound.Select(one => Describe(one, figures))],
            Maintenance = [.. bound.SelectMany(one => one.Planned).Distinct().OrderBy(work => work.Window.Start).Select(Describe)],
            EstimatedHours = bound.Sum(one => one.States.EstimatedHours),
            MinutesHash = Convert.ToHexStringLower(SHA256.HashData([.. bound.SelectMany(one => hashes[one.Definition.Id])])),
        };
    }

    private static StatementSeconds Seconds(MinuteCounts counts) => new(
        counts.Counted * 60L, counts.Up * 60L, counts.Down * 60L, counts.Excluded * 60L, counts.ExcludedDown * 60L, counts.Unmeasured * 60L);

    private static StatementInterval Describe(DownInterval interval, List<IncidentSpan> incidents)
    {
        var (from, to) = (At(interval.Start), At(interval.End));
        return new(
            from,
            to,
            interval.Minutes * 60L,
            interval.Kind,
            interval.Slos,
            [.. incidents.Where(incident => incident.Overlaps(from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds())).Select(incident => new StatementIncident(incident.Id, incident.Name, incident.PublicTitle))]);
    }

    private static StatementObjective Describe(MeasuredMonth month, StatementFigures figures)
    {
        var slo = month.Definition;
        var alone = figures.Objectives.First(objective => objective.Slo == slo.Id);
        return new(
            slo.Id,
            slo.Name,
            $"{slo.Platform}/{slo.Service}",
            month.Version,
            slo.TimeSliceTarget,
            alone.Uptime is { } uptime ? decimal.Round(uptime, 12) : null,
            alone.Minutes.Down * 60L,
            alone.Minutes.Unmeasured * 60L);
    }

    private static StatementWindow Describe(PlannedWork work) => new(
        Instants.ToInstant(work.Window.Start), Instants.ToInstant(work.Window.End), Instants.ToInstant(work.Window.AnnouncedAt), work.Platform, work.Service, work.Reason);

    private static DateTimeOffset At(int minute) => Instants.ToInstant(TimeIndex.StartOfMinute(minute));
}
