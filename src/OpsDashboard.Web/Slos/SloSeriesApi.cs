using System.Globalization;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Series;
using OpsDashboard.Web.Api;

namespace OpsDashboard.Web.Slos;

/// <summary>How an objective went over time, for programs.</summary>
internal static class SloSeriesApi
{
    public static void MapSloSeriesApi(this WebApplication app)
    {
        var slo = app.MapGroup("/api/v1/slos/{platform}/{service}/{slo}").WithTags("objectives");
        slo.MapGet("series", SeriesAsync).WithName("GetSloSeries");
        slo.MapGet("burn-down", BurnDownAsync).WithName("GetBudgetBurnDown");
    }

    private static async Task<IResult> SeriesAsync(
        IDispatcher dispatcher,
        string platform,
        string service,
        string slo,
        string? from,
        string? to,
        string? step,
        CancellationToken cancellationToken)
    {
        if (!TryInstant(from, out var start))
        {
            return NotAnInstant("from");
        }

        if (!TryInstant(to, out var end))
        {
            return NotAnInstant("to");
        }

        return (await dispatcher.Send(new GetSloSeries($"{platform}/{service}/{slo}", start, end, step), cancellationToken)).ToResult();
    }

    private static async Task<IResult> BurnDownAsync(
        IDispatcher dispatcher,
        string platform,
        string service,
        string slo,
        CancellationToken cancellationToken) =>
        (await dispatcher.Send(new GetBudgetBurnDown($"{platform}/{service}/{slo}"), cancellationToken)).ToResult();

    private static bool TryInstant(string? text, out DateTimeOffset? instant)
    {
        instant = null;
        if (text is null)
        {
            return true;
        }

        // A plus sign in a query that was not escaped arrives as a space.
        if (!DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
        {
            return false;
        }

        instant = parsed;
        return true;
    }

    private static IResult NotAnInstant(string name) =>
        Failure.Invalid($"/{name}", $"{name}.instant", $"{name} must be an instant such as 2026-11-22T10:00:00Z.").ToResult();
}
