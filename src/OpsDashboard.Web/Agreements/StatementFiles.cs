using OpsDashboard.Application.Agreements.Statements;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Web.Api;

namespace OpsDashboard.Web.Agreements;

/// <summary>A statement as a file, for a link on its page.</summary>
internal static class StatementFiles
{
    public static void MapStatementFiles(this WebApplication app) =>
        app.MapGet("/agreements/{id}/{month}/statement.{kind:regex(^(csv|pdf)$)}", FileAsync).ExcludeFromDescription();

    private static async Task<IResult> FileAsync(IDispatcher dispatcher, string id, string month, string kind, int? number, CancellationToken cancellationToken)
    {
        var outcome = await dispatcher.Send(new GetStatement(id, month, number), cancellationToken);
        return outcome.Failure is { } failure
            ? failure.ToResult()
            : kind == "csv"
                ? TypedResults.File(System.Text.Encoding.UTF8.GetBytes(StatementCsv.Write(outcome.Value)), "text/csv; charset=utf-8", $"{id}-{outcome.Value.Month}.csv")
                : TypedResults.File(StatementPdf.Write(outcome.Value), "application/pdf", $"{id}-{outcome.Value.Month}.pdf");
    }
}
