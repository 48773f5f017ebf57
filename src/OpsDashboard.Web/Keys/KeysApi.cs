using OpsDashboard.Application.Keys;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Keys;
using OpsDashboard.Web.Api;

namespace OpsDashboard.Web.Keys;

/// <summary>Keys of programs, for set-ups that are made by programs.</summary>
internal static class KeysApi
{
    public static void MapKeysApi(this WebApplication app)
    {
        var keys = app.MapGroup("/api/v1/keys").WithTags("keys").DisableAntiforgery();
        keys.MapGet("", ListAsync).WithName("ListKeys");
        keys.MapPost("", CreateAsync).WithName("CreateKey").Accepts<CreateKey>("application/json");
        keys.MapPost("{id}/rotate", RotateAsync).WithName("RotateKey").Accepts<Rotation>("application/json");
        keys.MapDelete("{id}", RevokeAsync).WithName("RevokeKey");
    }

    private static Task<IResult> ListAsync(IDispatcher dispatcher, int? limit, string? cursor, CancellationToken cancellationToken) =>
        dispatcher.ListAsync(new ListKeys(), limit, cursor, cancellationToken);

    private static Task<IResult> CreateAsync(HttpRequest request, IDispatcher dispatcher, CancellationToken cancellationToken) =>
        request.WithBodyAsync<CreateKey>((key, _) => () => dispatcher.AnswerAsync(key, cancellationToken, StatusCodes.Status201Created), cancellationToken);

    private static Task<IResult> RotateAsync(HttpRequest request, IDispatcher dispatcher, string id, CancellationToken cancellationToken) =>
        request.WithBodyAsync<Rotation>((body, _) => () => dispatcher.AnswerAsync(new RotateKey(id, body.Days ?? KeyTerms.MostDays), cancellationToken, StatusCodes.Status201Created), cancellationToken);

    private static Task<IResult> RevokeAsync(IDispatcher dispatcher, string id, CancellationToken cancellationToken) => dispatcher.DoAsync(new RevokeKey(id), cancellationToken);

    private sealed record Rotation(int? Days);
}
