using MediatR;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Telemetry.Prometheus;

/// <summary>What queries would have given over the last ten settled minutes. Keeps nothing.</summary>
public sealed record TryPromQl(PromQlQueries Queries) : IQuery<PromQlTrial>
{
    public static Access Access => Access.EditObjectives;
}

/// <param name="Minutes">Ten, oldest first.</param>
/// <param name="Note">What should be looked at before the queries are kept; null when nothing.</param>
public sealed record PromQlTrial(IReadOnlyList<TrialMinute> Minutes, string? Note);

/// <summary>One minute of a trial; a figure is null where the source had none.</summary>
/// <param name="MedianMs">Of buckets, the median duration.</param>
public sealed record TrialMinute(DateTimeOffset At, long? Good, long? Total, decimal? Value, decimal? MedianMs);

internal sealed class TryPromQlHandler(OpsDbContext db, SourceSecrets secrets, TimeProvider time, IOptions<PrometheusOptions> options)
    : IRequestHandler<TryPromQl, Outcome<PromQlTrial>>
{
    private const int Minutes = 10;

    public async Task<Outcome<PromQlTrial>> Handle(TryPromQl request, CancellationToken cancellationToken)
    {
        var faults = request.Queries.Check();
        if (faults.Count > 0)
        {
            return Failure.Invalid(faults);
        }

        var source = await db.FindDataSourceAsync(request.Queries.DataSource, cancellationToken);
        if (source is null || !PrometheusSettings.Speaks(source.Definition))
        {
            return Failure.Invalid("/dataSource", "dataSource.known", $"There is no data source {request.Queries.DataSource} that speaks PromQL.");
        }

        var settings = PrometheusSettings.Of(source);
        var end = Instants.MinuteOf(time.NowMs() - ((settings.SettleSeconds ?? options.Value.SettleSeconds) * 1000L));
        using var client = new PrometheusClient(source.Definition.Url!, settings, options.Value, secrets, time);
        try
        {
            var span = await SliQuery.ReadAsync(client, ToSli(request.Queries), end - Minutes, end, cancellationToken);
            return Describe(request.Queries, span, end - Minutes);
        }
        catch (SourceFaultException fault)
        {
            return Failure.Invalid("/query", "query.answer", fault.Message);
        }
    }

    private static SliDefinition ToSli(PromQlQueries queries) => new()
    {
        Id = "trial/trial/trial",
        Platform = "trial",
        Service = "trial",
        Name = "trial",
        Kind = queries.Kind,
        Source = queries.ToSource(),
    };

    private static PromQlTrial Describe(PromQlQueries queries, PolledSpan span, int from)
    {
        var known = span.Minutes.ToDictionary(minute => minute.Minute, minute => minute.Cell);
        var minutes = Enumerable.Range(from, Minutes)
            .Select(minute => Show(minute, known.TryGetValue(minute, out var cell) ? cell : null))
            .ToList();
        return new PromQlTrial(minutes, span.Objection ?? Note(queries, minutes));
    }

    private static TrialMinute Show(int minute, MinuteCell? cell)
    {
        var at = Instants.ToInstant(TimeIndex.StartOfMinute(minute));
        return cell switch
        {
            null => new TrialMinute(at, null, null, null, null),
            { Histogram: { } histogram } => new TrialMinute(at, null, histogram.Count, null, histogram.Count == 0 ? null : histogram.Percentile(50)),
            { ValueCount: > 0 } value => new TrialMinute(at, null, null, value.ValueSumMicros / 1_000_000m / value.ValueCount, null),
            { } events => new TrialMinute(at, events.Good, events.Total, null, null),
        };
    }

    /// <summary>What is valid and yet smells of a mistyped name.</summary>
    private static string? Note(PromQlQueries queries, List<TrialMinute> minutes)
    {
        if (minutes.TrueForAll(minute => minute is { Total: null, Value: null }))
        {
            return "The source has nothing for these ten minutes.";
        }

        var total = minutes.Sum(minute => minute.Total ?? 0);
        var good = minutes.Sum(minute => minute.Good ?? 0);
        return queries.Shape switch
        {
            PromQlShape.GoodAndTotal when total > 0 && good == 0 => "Not one event was good. Check the query for good.",
            PromQlShape.BadAndTotal when total > 0 && good == total => "Not one event was bad. That is well, or the query for bad names nothing.",
            _ => null,
        };
    }
}
