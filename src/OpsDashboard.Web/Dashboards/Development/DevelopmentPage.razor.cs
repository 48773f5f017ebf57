using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Dashboards.Development;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Dashboards.Development;

/// <summary>Latency and errors of every service over a span, against the same span before. Span and scope stand in the URL.</summary>
public sealed partial class DevelopmentPage
{
    // Trends are made of whole hours.
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private DevelopmentTrends? _trends;
    private string? _fault;

    [SupplyParameterFromQuery(Name = "span")] public string? SpanText { get; set; }

    [SupplyParameterFromQuery] public string? Platform { get; set; }

    private TrendSpan Span => SpanText switch
    {
        "24h" => TrendSpan.Day,
        "30d" => TrendSpan.Month,
        _ => TrendSpan.Week,
    };

    private string BeforeWords => Span switch
    {
        TrendSpan.Day => "24 h before",
        TrendSpan.Week => "7 days before",
        TrendSpan.Month => "30 days before",
    };

    private IReadOnlyList<LinkOption> Spans =>
    [
        new("24 h", Href(TrendSpan.Day, Platform), Span == TrendSpan.Day),
        new("7 d", Href(TrendSpan.Week, Platform), Span == TrendSpan.Week),
        new("30 d", Href(TrendSpan.Month, Platform), Span == TrendSpan.Month),
    ];

    private IReadOnlyList<LinkOption> Platforms =>
    [
        .. (_trends?.Services ?? []).Select(service => service.Platform).Distinct(StringComparer.Ordinal)
            .Select(platform => new LinkOption(platform, Href(Span, platform))),
    ];

    private List<ServiceTrend> Measured =>
    [
        .. (_trends?.Services ?? []).Where(service => service.Latency is { Now.Requests: > 0 } or { Before.Requests: > 0 } || service.Errors is { Requests: > 0 } or { Before: not null }),
    ];

    private (string Strong, string After) Answer
    {
        get
        {
            var latencies = Measured.Select(service => service.Latency).OfType<LatencyTrend>()
                .Where(trend => trend is { Now.P95: not null, Before.P95: > 0 })
                .ToList();
            var slower = latencies.Count(trend => trend.Now.P95 > trend.Before.P95 * 1.1m);
            return slower == 0
                ? ("No service is slower", $"than in the {BeforeWords} by more than a tenth at the 95th percentile.")
                : ($"{slower} of {latencies.Count} services are slower", $"than in the {BeforeWords} by more than a tenth at the 95th percentile.");
        }
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override Task OnInitializedAsync() => ListenAsync([("dashboard", "development"), ("dashboard", "operations")], Interval, LoadAsync);

    private async Task LoadAsync()
    {
        var outcome = await Send(new GetDevelopmentTrends(Span, Platform));
        _fault = outcome.Failure?.Message;
        _trends = outcome.Succeeded ? outcome.Value : null;
    }

    private static string Href(TrendSpan span, string? platform)
    {
        var word = span switch
        {
            TrendSpan.Day => "24h",
            TrendSpan.Week => "7d",
            TrendSpan.Month => "30d",
        };
        return $"/development?span={word}" + (platform is null ? "" : $"&platform={Uri.EscapeDataString(platform)}");
    }
}
