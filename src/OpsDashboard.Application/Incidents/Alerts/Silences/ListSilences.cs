using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Alerts.Desk;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Application.Incidents.Alerts.Silences;

/// <summary>Silences that are in force or to come, by their end, then the newest that ended.</summary>
public sealed record ListSilences : IQuery<IReadOnlyList<SilenceSummary>>
{
    /// <summary>Most silences in one answer.</summary>
    public const int Most = 500;

    public static Access Access => Access.View;
}

public enum SilencePhase
{
    ToCome,
    InForce,
    Ended,
}

/// <param name="EndedBy">Who ended it before its time; null: nobody.</param>
/// <param name="Muted">Open alerts it keeps from paging.</param>
public sealed record SilenceSummary(
    int Id,
    IReadOnlyList<LabelMatcher> Matchers,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string Reason,
    string Author,
    string? EndedBy,
    SilencePhase Phase,
    int Muted);

internal sealed class ListSilencesHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<ListSilences, Outcome<IReadOnlyList<SilenceSummary>>>
{
    public async Task<Outcome<IReadOnlyList<SilenceSummary>>> Handle(ListSilences request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var muted = await db.Set<AlertRow>().Where(row => row.OpenKey != null && row.SilenceId != null)
            .GroupBy(row => row.SilenceId!.Value)
            .Select(group => new { Id = group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Id, group => group.Count, cancellationToken);
        var rows = await db.Set<SilenceRow>().AsNoTracking().OrderByDescending(row => row.EndsAtMs).Take(ListSilences.Most).ToListAsync(cancellationToken);
        return rows.Select(row => Describe(row, now, muted.GetValueOrDefault(row.Id)))
            .OrderBy(silence => silence.Phase == SilencePhase.Ended)
            .ThenBy(silence => silence.Phase == SilencePhase.Ended ? -silence.EndsAt.UtcTicks : silence.EndsAt.UtcTicks)
            .ToList();
    }

    internal static SilenceSummary Describe(SilenceRow row, long nowMs, int muted) => new(
        row.Id,
        AlertTerms.AsSilence(row).Matchers,
        Instants.ToInstant(row.StartsAtMs),
        Instants.ToInstant(row.EndsAtMs),
        row.Reason,
        row.Author,
        row.EndedBy,
        PhaseOf(row, nowMs),
        muted);

    private static SilencePhase PhaseOf(SilenceRow row, long nowMs)
    {
        if (row.EndsAtMs <= nowMs)
        {
            return SilencePhase.Ended;
        }

        return row.StartsAtMs > nowMs ? SilencePhase.ToCome : SilencePhase.InForce;
    }
}
