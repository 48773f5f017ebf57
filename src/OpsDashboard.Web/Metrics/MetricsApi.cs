using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Status;

namespace OpsDashboard.Web.Metrics;

/// <summary><c>GET /metrics</c>: every objective and the product's own meters, for Prometheus.</summary>
internal static class MetricsApi
{
    public static void AddMetricsApi(this IServiceCollection services)
    {
        services.AddSingleton<OwnMeters>();
        services.AddHostedService(provider => provider.GetRequiredService<OwnMeters>());
    }

    public static void MapMetricsApi(this WebApplication app) => app.MapGet("/metrics", WriteAsync).ExcludeFromDescription();

    private static async Task<IResult> WriteAsync(IDispatcher dispatcher, OwnMeters meters, CancellationToken cancellationToken)
    {
        var statuses = await dispatcher.Send(new ListSloStatuses(), cancellationToken);
        if (statuses.Failure is { } failure)
        {
            return Results.Problem(failure.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        var text = new PrometheusText();
        WriteObjectives(text, [.. statuses.Value.OrderBy(status => status.Id, StringComparer.Ordinal)]);
        meters.WriteTo(text);
        return Results.Text(text.ToString(), PrometheusText.ContentType);
    }

    private static void WriteObjectives(PrometheusText text, IReadOnlyList<SloStatus> statuses)
    {
        var labelled = statuses.Select(status => (Status: status, Labels: LabelsOf(status))).ToList();
        Write("ops_slo_sli_ratio", "Share that was good of what was seen in the objective's window", status => status.Sli);
        Write("ops_slo_target_ratio", "Share that the objective promises", status => status.Target);
        Write("ops_slo_budget_remaining_ratio", "Share of the error budget that is left, negative when overspent", status => status.Budget.RemainingRatio);
        Write("ops_slo_coverage_ratio", "Share of the window's minutes that had data", status => status.Coverage);

        const string burn = "ops_slo_burn_rate";
        text.Family(burn, "gauge", "Speed at which the budget goes: 1 spends exactly one budget in the objective's window");
        foreach (var (status, labels) in labelled)
        {
            foreach (var window in status.BurnRates)
            {
                if (window.Rate is { } rate)
                {
                    text.Sample(burn, $"{labels},{PrometheusText.Labels(("window", window.Window))}", rate);
                }
            }
        }

        // A figure that is not known is left out: a made-up number would be counted with.
        void Write(string name, string help, Func<SloStatus, decimal?> figure)
        {
            text.Family(name, "gauge", help);
            foreach (var (status, labels) in labelled)
            {
                if (figure(status) is { } value)
                {
                    text.Sample(name, labels, value);
                }
            }
        }
    }

    private static string LabelsOf(SloStatus status) => PrometheusText.Labels(
        ("platform", status.Platform),
        ("service", status.Service),
        ("slo", status.Id[(status.Id.LastIndexOf('/') + 1)..]));
}
