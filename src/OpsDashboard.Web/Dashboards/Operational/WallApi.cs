using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using OpsDashboard.Application.Dashboards.Operational;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Dashboards.Operational;

/// <summary>
/// <c>/wall</c>: a page for a television, without a circuit. It hears from the live hub that something changed and reads
/// <c>/wall/fragment</c>. Both take the filters of the operational page and <c>tiles</c>.
/// </summary>
internal static class WallApi
{
    public static void MapWall(this WebApplication app)
    {
        app.MapGet("/wall", (HttpContext context, IDispatcher dispatcher, TimeProvider time) =>
            AnswerAsync(context, dispatcher, (board, tiles) => new RazorComponentResult<WallDocument>(new { Board = board, Tiles = tiles, Now = time.GetUtcNow().ToUnixTimeMilliseconds() })))
            .ExcludeFromDescription();
        app.MapGet("/wall/fragment", (HttpContext context, IDispatcher dispatcher) =>
            AnswerAsync(context, dispatcher, (board, tiles) => new RazorComponentResult<WallBoard>(new { Board = board, Tiles = tiles })))
            .ExcludeFromDescription();
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, IDispatcher dispatcher, Func<OperationsBoard, int, IResult> show)
    {
        var board = await dispatcher.Send(BoardFilter.Of(context.Request.Query).Request, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return board.Failure is { } failure
            ? Results.Problem(failure.Message, statusCode: StatusCodes.Status503ServiceUnavailable)
            : show(board.Value, TilesOf(context.Request.Query["tiles"]));
    }

    private static int TilesOf(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var tiles)
            ? Math.Clamp(tiles, WallBoard.FewestTiles, WallBoard.MostTiles)
            : WallBoard.UsualTiles;
}
