using OpsDashboard.Application.Incidents.PostMortems;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Web.Api;

namespace OpsDashboard.Web.Incidents.PostMortems;

/// <summary>Post-mortems for programs, and as a file.</summary>
internal static class PostMortemApi
{
    public static void MapPostMortemApi(this WebApplication app)
    {
        var all = app.MapGroup("/api/v1/post-mortems").WithTags("post-mortems").DisableAntiforgery();
        all.MapGet("", ListAsync).WithName("ListPostMortems");
        all.MapGet("{id:long}", async (IDispatcher dispatcher, long id, CancellationToken cancellationToken) =>
            (await dispatcher.Send(new GetPostMortem(id), cancellationToken)).ToResult()).WithName("GetPostMortem");
        all.MapGet("{id:long}/markdown", MarkdownAsync).WithName("ExportPostMortem");
        all.MapGet("{id:long}/pdf", PdfAsync).WithName("PrintPostMortem").Produces(StatusCodes.Status200OK, contentType: "application/pdf");
        app.MapGet("/post-mortems/{id:long}.pdf", PdfAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> ListAsync(IDispatcher dispatcher, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        var outcome = await dispatcher.Send(new ListPostMortems(), cancellationToken);
        return outcome.Failure is { } failure ? failure.ToResult() : Page.Of(outcome.Value, limit, cursor);
    }

    private static Task<IResult> MarkdownAsync(IDispatcher dispatcher, long id, CancellationToken cancellationToken) =>
        FileAsync(dispatcher, id, "text/markdown; charset=utf-8", "md", one => System.Text.Encoding.UTF8.GetBytes(one.ToMarkdown()), cancellationToken);

    private static Task<IResult> PdfAsync(IDispatcher dispatcher, long id, CancellationToken cancellationToken) =>
        FileAsync(dispatcher, id, "application/pdf", "pdf", one => one.ToPdf(), cancellationToken);

    private static async Task<IResult> FileAsync(IDispatcher dispatcher, long id, string type, string extension, Func<PostMortem, byte[]> write, CancellationToken cancellationToken)
    {
        var outcome = await dispatcher.Send(new GetPostMortem(id), cancellationToken);
        return outcome.Failure is { } failure
            ? failure.ToResult()
            : TypedResults.File(write(outcome.Value), type, $"{outcome.Value.IncidentName.TrimStart('#')}.{extension}");
    }
}
