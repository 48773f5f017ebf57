using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Telemetry.Probes;

/// <summary>All probes with their newest result, those not up first.</summary>
public sealed record ListProbes : IQuery<IReadOnlyList<ProbeSummary>>
{
    public static Access Access => Access.View;
}

/// <summary>A probe and what it found last; no result yet where <see cref="LastAt"/> is null.</summary>
public sealed record ProbeSummary
{
    /// <summary>Path platform/service/probe.</summary>
    public required string Id { get; init; }

    public required ProbeDefinition Definition { get; init; }

    /// <summary>Path of the SLI that counts up and down.</summary>
    public required string AvailabilitySli { get; init; }

    /// <summary>Path of the SLI of latencies, or of days left.</summary>
    public required string MeasureSli { get; init; }

    public DateTimeOffset? LastAt { get; init; }

    public ProbeVerdict? Verdict { get; init; }

    public decimal? Milliseconds { get; init; }

    public decimal? DaysLeft { get; init; }

    public string? Detail { get; init; }
}

internal sealed class ListProbesHandler(OpsDbContext db) : IRequestHandler<ListProbes, Outcome<IReadOnlyList<ProbeSummary>>>
{
    public async Task<Outcome<IReadOnlyList<ProbeSummary>>> Handle(ListProbes request, CancellationToken cancellationToken)
    {
        var rows = await db.Set<ProbeRow>().AsNoTracking().OrderBy(row => row.Path).ToListAsync(cancellationToken);
        return rows.Select(Describe).OrderBy(probe => probe.Verdict is ProbeVerdict.Up or null).ToList();
    }

    private static ProbeSummary Describe(ProbeRow row)
    {
        var definition = row.ReadDefinition();
        return new ProbeSummary
        {
            Id = row.Path,
            Definition = definition,
            AvailabilitySli = $"{definition.Platform}/{definition.Service}/{definition.AvailabilityName}",
            MeasureSli = $"{definition.Platform}/{definition.Service}/{definition.MeasureName}",
            LastAt = row.LastAtMs is { } at ? Instants.ToInstant(at) : null,
            Verdict = row.LastVerdict,
            Milliseconds = row.LastMilliseconds,
            DaysLeft = row.LastDaysLeft,
            Detail = row.LastDetail,
        };
    }
}
