using Microsoft.AspNetCore.Http.HttpResults;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Status;

namespace OpsDashboard.Web.Dashboards.Operational;

/// <summary><c>/ui/why/{id}?of=</c>: the reasons of one figure as a piece of HTML for the popover.</summary>
internal static class WhyApi
{
    public static void MapWhyApi(this WebApplication app) =>
        app.MapGet("/ui/why/{platform}/{service}/{slo}", ExplainAsync).ExcludeFromDescription();

    private static async Task<IResult> ExplainAsync(
        IDispatcher dispatcher,
        HttpContext context,
        string platform,
        string service,
        string slo,
        string? of,
        CancellationToken cancellationToken)
    {
        var outcome = await dispatcher.Send(new GetSloStatus($"{platform}/{service}/{slo}"), cancellationToken);
        context.Response.Headers.CacheControl = "no-store";
        return outcome.Failure is { } failure
            ? Results.Problem(failure.Message, statusCode: failure.Kind == FailureKind.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status503ServiceUnavailable)
            : new RazorComponentResult<WhyFigure>(new { Status = outcome.Value, Of = of ?? WhyFigure.Sli });
    }
}
