using MediatR;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Time;

namespace OpsDashboard.Application.Dashboards.Development;

/// <summary>Over which span a trend is read; each is compared with the same span before it.</summary>
public enum TrendSpan
{
    Day,
    Week,
    Month,
}

/// <summary>Latency percentiles and error rate of every service, against the span before.</summary>
/// <param name="Platform">Null: all platforms.</param>
public sealed record GetDevelopmentTrends(TrendSpan Span, string? Platform = null) : IQuery<DevelopmentTrends>
{
    public static Access Access => Access.View;
}

public sealed record DevelopmentTrends(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ServiceTrend> Services);

/// <param name="Latency">Null: the service has no latency SLI.</param>
/// <param name="Errors">Null: the service counts no requests.</param>
public sealed record ServiceTrend(string Platform, string Service, LatencyTrend? Latency, ErrorTrend? Errors);

/// <summary>Milliseconds; null where nothing was measured.</summary>
/// <param name="P95Points">30 equal parts of the span, oldest first.</param>
public sealed record LatencyTrend(Percentiles Now, Percentiles Before, IReadOnlyList<decimal?> P95Points);

public sealed record Percentiles(decimal? P50, decimal? P95, decimal? P99, long Requests);

/// <summary>Shares of requests that failed, 0 to 1; null where nothing was measured.</summary>
public sealed record ErrorTrend(decimal? Now, decimal? Before, long Requests, long Failed, IReadOnlyList<decimal?> Points);

internal sealed class GetDevelopmentTrendsHandler(TrendReader reader, SeriesDirectory directory, TimeProvider time)
    : IRequestHandler<GetDevelopmentTrends, Outcome<DevelopmentTrends>>
{
    public async Task<Outcome<DevelopmentTrends>> Handle(GetDevelopmentTrends request, CancellationToken cancellationToken)
    {
        var hours = request.Span switch
        {
            TrendSpan.Day => 24,
            TrendSpan.Week => 7 * 24,
            TrendSpan.Month => 30 * 24,
        };
        // Whole hours: the one under way would compare a part with a whole.
        var end = (int)(time.NowMs() / Instants.HourMs);
        var services = await reader.ReadAsync(directory.All, end - hours, end, cancellationToken);
        return new DevelopmentTrends(
            At(end - hours),
            At(end),
            [.. services.Where(service => request.Platform is null || service.Platform == request.Platform)]);
    }

    private static DateTimeOffset At(int hour) => Instants.ToInstant(hour * Instants.HourMs);
}
