using OpsDashboard.Application.Dashboards.Reports;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Web.Api;

namespace OpsDashboard.Web.Dashboards.Reports;

/// <summary>Board reports for programs, and as a file for a link on a page.</summary>
internal static class ReportsApi
{
    public static void MapReportsApi(this WebApplication app)
    {
        var reports = app.MapGroup("/api/v1/reports").WithTags("reports").DisableAntiforgery();
        reports.MapGet("", ListAsync).WithName("ListReports");
        reports.MapGet("{month}.pdf", FileAsync).WithName("GetReport").Produces<byte[]>(StatusCodes.Status200OK, "application/pdf");
        reports.MapPost("", MakeAsync).WithName("MakeReport").Accepts<MakeReport>("application/json");
        app.MapGet("/reports/{month}.pdf", FileAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> ListAsync(IDispatcher dispatcher, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        var outcome = await dispatcher.Send(new ListReports(), cancellationToken);
        return outcome.Failure is { } failure ? failure.ToResult() : Page.Of(outcome.Value.Reports, limit, cursor);
    }

    private static Task<IResult> MakeAsync(HttpRequest request, IDispatcher dispatcher, CancellationToken cancellationToken) => request.WithBodyAsync<MakeReport>(
        (body, _) => () => dispatcher.AnswerAsync(body, cancellationToken, StatusCodes.Status201Created), cancellationToken);

    /// <summary>Never changed once made, so its fingerprint is its tag.</summary>
    private static async Task<IResult> FileAsync(IDispatcher dispatcher, string month, int? number, CancellationToken cancellationToken)
    {
        var outcome = await dispatcher.Send(new GetReport(month, number), cancellationToken);
        if (outcome.Failure is { } failure)
        {
            return failure.ToResult();
        }

        var report = outcome.Value.Report;
        return TypedResults.File(
            outcome.Value.Pdf,
            "application/pdf",
            $"board-report-{report.Month}{(report.Number > 1 ? $"-{report.Number}" : "")}.pdf",
            lastModified: report.MadeAt,
            entityTag: new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{report.Fingerprint}\""));
    }
}
