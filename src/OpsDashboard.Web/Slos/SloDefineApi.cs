using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Editing;
using OpsDashboard.Web.Api;

namespace OpsDashboard.Web.Slos;

/// <summary>New objectives for programs.</summary>
internal static class SloDefineApi
{
    public static void MapSloDefineApi(this WebApplication app) =>
        app.MapPost("/api/v1/slos", DefineAsync).WithName("DefineSlo").Accepts<DefineSlo>("application/json").WithTags("objectives").DisableAntiforgery();

    private static async Task<IResult> DefineAsync(HttpRequest request, IDispatcher dispatcher, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync<DefineSlo>(request, cancellationToken);
        if (body.Failure is { } unreadable)
        {
            return unreadable.ToResult();
        }

        var outcome = await dispatcher.Send(body.Value, cancellationToken);
        return outcome.Failure is { } failure
            ? failure.ToResult()
            : TypedResults.Json(new { id = outcome.Value }, statusCode: StatusCodes.Status201Created);
    }
}
