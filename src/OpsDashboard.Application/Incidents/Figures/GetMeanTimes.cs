using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents.Clocks;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Domain.Slos;

namespace OpsDashboard.Application.Incidents.Figures;

/// <summary>How fast incidents detected in [From, To) were detected, acknowledged, mitigated and resolved, against what the contracts promise.</summary>
/// <param name="From">Null: 30 days before <paramref name="To"/>.</param>
/// <param name="To">Null: now.</param>
public sealed record GetMeanTimes(DateTimeOffset? From = null, DateTimeOffset? To = null, string? Platform = null) : IQuery<IncidentFigures>
{
    public const int MaxDays = 400;

    public static Access Access => Access.View;
}

/// <summary>Seconds throughout; merged incidents count with the one they went into.</summary>
public sealed record IncidentFigures
{
    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required IReadOnlyList<MeanTimesLine> ByService { get; init; }

    public required IReadOnlyList<MeanTimesLine> BySeverity { get; init; }

    public required IReadOnlyList<IncidentTarget> Targets { get; init; }
}

/// <param name="Key">platform/service, or the severity's name.</param>
public sealed record MeanTimesLine(string Platform, string Key, int Incidents, long? DetectSeconds, long? AcknowledgeSeconds, long? MitigateSeconds, long? ResolveSeconds);

/// <summary>A figure a contract promises about incidents.</summary>
/// <param name="Id">mttd, mttr, acknowledged, in-time, critical: stable within the platform.</param>
/// <param name="Value">Null: nothing to judge.</param>
/// <param name="Unit"><c>s</c>, <c>ratio</c> or <c>count</c>.</param>
/// <param name="AtMost">The value must be below the limit; else at least it.</param>
public sealed record IncidentTarget(string Platform, string Id, string Name, decimal? Value, decimal Limit, string Unit, bool AtMost, Clause Clause)
{
    /// <summary>Null: nothing to judge.</summary>
    public bool? Met => Value is { } value ? AtMost ? value < Limit : value >= Limit : null;
}

internal sealed class GetMeanTimesValidator : AbstractValidator<GetMeanTimes>
{
    public GetMeanTimesValidator(TimeProvider time) => RuleFor(request => request.From)
        .Must((request, from) => from is null || (from < (request.To ?? time.GetUtcNow()) && (request.To ?? time.GetUtcNow()) - from <= TimeSpan.FromDays(GetMeanTimes.MaxDays)))
        .WithErrorCode("from.range").WithMessage($"from lies before to, by at most {GetMeanTimes.MaxDays} days.");
}

internal sealed class GetMeanTimesHandler(OpsDbContext db, IncidentClocks clocks, TimeProvider time) : IRequestHandler<GetMeanTimes, Outcome<IncidentFigures>>
{
    public async Task<Outcome<IncidentFigures>> Handle(GetMeanTimes request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var to = request.To?.ToUnixTimeMilliseconds() ?? now;
        var from = request.From?.ToUnixTimeMilliseconds() ?? to - (30 * Instants.DayMs);
        var rows = await db.Set<IncidentRow>().AsNoTracking().AsSplitQuery()
            .Include(row => row.Services)
            .Include(row => row.Pauses)
            .Where(row => row.DetectedAtMs >= from && row.DetectedAtMs < to && row.MergedIntoId == null && (request.Platform == null || row.Platform == request.Platform))
            .OrderBy(row => row.Id)
            .ToListAsync(cancellationToken);
        var judge = new TargetJudge(clocks, now);
        return new IncidentFigures
        {
            From = Instants.ToInstant(from),
            To = Instants.ToInstant(to),
            ByService = [.. rows.SelectMany(row => row.Services, (row, service) => (row.Platform, Key: service.Path, row)).GroupBy(entry => (entry.Platform, entry.Key)).OrderBy(group => group.Key.Key, StringComparer.Ordinal).Select(group => Read(group.Key.Platform, group.Key.Key, group.Select(entry => entry.row)))],
            BySeverity = [.. rows.GroupBy(row => (row.Platform, row.SeverityRank, row.Severity)).OrderBy(group => group.Key.Platform, StringComparer.Ordinal).ThenBy(group => group.Key.SeverityRank).Select(group => Read(group.Key.Platform, group.Key.Severity, group))],
            Targets = [.. TargetJudge.Platforms.Where(platform => request.Platform is null || request.Platform == platform).SelectMany(platform => judge.Judge(platform, rows.FindAll(row => row.Platform == platform)))],
        };
    }

    private static MeanTimesLine Read(string platform, string key, IEnumerable<IncidentRow> rows)
    {
        var means = MeanTimes.Of([.. rows.Select(row => row.Milestones)]);
        return new(platform, key, means.Incidents, means.DetectMs / 1_000, means.AcknowledgeMs / 1_000, means.MitigateMs / 1_000, means.ResolveMs / 1_000);
    }
}
