using MediatR;
using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Telemetry.Prometheus;

/// <summary>All data sources with their state, those in trouble first.</summary>
public sealed record ListDataSources : IQuery<IReadOnlyList<DataSourceSummary>>
{
    public static Access Access => Access.View;
}

internal sealed class ListDataSourcesHandler(OpsDbContext db, TimeProvider time) : IRequestHandler<ListDataSources, Outcome<IReadOnlyList<DataSourceSummary>>>
{
    public async Task<Outcome<IReadOnlyList<DataSourceSummary>>> Handle(ListDataSources request, CancellationToken cancellationToken)
    {
        var now = time.NowMs();
        var sources = await db.ListDataSourcesAsync(cancellationToken);
        var polled = PolledSources.Of(sources, await db.ListSlisAsync(cancellationToken)).ToDictionary(source => source.Source.Id, source => source.Slis);
        var polls = await db.Set<PrometheusPollRow>().AsNoTracking().ToDictionaryAsync(row => row.SeriesId, cancellationToken);
        return sources
            .Where(source => source.Definition.Type != DataSourceDefinition.IntakeType)
            .Select(source => Describe(source, polled.GetValueOrDefault(source.Id), polls, now))
            .OrderByDescending(source => source.State is DataSourceState.Failing or DataSourceState.Partial)
            .ThenBy(source => source.Id, StringComparer.Ordinal)
            .ToList();
    }

    private static DataSourceSummary Describe(StoredDataSource source, IReadOnlyList<StoredSli>? slis, Dictionary<int, PrometheusPollRow> polls, long now)
    {
        var mine = (slis ?? []).Select(sli => (Sli: sli, Poll: polls.GetValueOrDefault(sli.SeriesId))).ToList();
        var troubled = mine.Select(one => one.Poll).OfType<PrometheusPollRow>().Where(poll => poll.Fault is not null).MaxBy(poll => (poll.Failures > 0, poll.FaultAtMs));
        var furthestBehind = mine.Where(one => one.Poll?.LastSuccessMs is not null).Min(one => (int?)one.Poll!.NextMinute);
        return new DataSourceSummary
        {
            Id = source.Definition.Id,
            Platform = source.Definition.Platform,
            Name = source.Definition.Name,
            DisplayName = source.Definition.DisplayName,
            Type = source.Definition.Type,
            Url = source.Definition.Url,
            State = StateOf(slis, [.. mine.Select(one => one.Poll)]),
            LastSuccessAt = ToInstant(mine.Max(one => one.Poll?.LastSuccessMs)),
            LagSeconds = furthestBehind is { } minute ? Math.Max(0, (now - (minute * Instants.MinuteMs)) / 1000) : null,
            Fault = troubled?.Fault,
            FaultAt = ToInstant(troubled?.FaultAtMs),
            Slis = [.. mine.Select(one => Describe(one.Sli, one.Poll))],
            Settings = Visible(PrometheusSettings.Of(source)),
        };
    }

    private static DataSourceState StateOf(IReadOnlyList<StoredSli>? slis, IReadOnlyList<PrometheusPollRow?> polls)
    {
        if (slis is null)
        {
            return DataSourceState.NotAsked;
        }

        var failing = polls.Count(poll => poll is { Failures: > 0 });
        return (polls.Count, failing) switch
        {
            (0, _) => DataSourceState.Unused,
            var (all, some) when some == all => DataSourceState.Failing,
            (_, > 0) => DataSourceState.Partial,
            _ when polls.Any(poll => poll?.Fault is not null) => DataSourceState.Partial,
            _ when polls.All(poll => poll?.LastSuccessMs is null) => DataSourceState.Waiting,
            _ => DataSourceState.Working,
        };
    }

    private static PolledSliSummary Describe(StoredSli sli, PrometheusPollRow? poll) => new()
    {
        Id = sli.Definition.Id,
        LastSuccessAt = ToInstant(poll?.LastSuccessMs),
        ReadUntil = poll?.LastSuccessMs is null ? null : Instants.ToInstant(poll.NextMinute * Instants.MinuteMs),
        Fault = poll?.Fault,
        FaultAt = ToInstant(poll?.FaultAtMs),
        Failures = poll?.Failures ?? 0,
    };

    /// <summary>A header's value may be a secret: who may only look sees that there is one.</summary>
    private static PrometheusSettings Visible(PrometheusSettings settings) =>
        settings with { Headers = settings.Headers.ToDictionary(header => header.Key, _ => SavePrometheusSource.Unchanged, StringComparer.Ordinal) };

    private static DateTimeOffset? ToInstant(long? unixMs) => unixMs is { } ms ? Instants.ToInstant(ms) : null;
}
