using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Telemetry.Probes;
using OpsDashboard.Application.Telemetry.Prometheus;
using OpsDashboard.Web.Api;

namespace OpsDashboard.Web.Telemetry;

/// <summary>Data sources, the SLIs read from them, and probes, for programs.</summary>
internal static class SourcesApi
{
    public static void MapSourcesApi(this WebApplication app)
    {
        var sources = app.MapGroup("/api/v1/sources").WithTags("sources").DisableAntiforgery();
        sources.MapGet("", ListSourcesAsync).WithName("ListDataSources");
        sources.MapPut("{platform}/{name}", SaveSourceAsync).WithName("SavePrometheusSource").Accepts<SourceBody>("application/json");
        sources.MapDelete("{platform}/{name}", RemoveSourceAsync).WithName("RemoveDataSource");
        sources.MapPost("try", TryAsync).WithName("TryPromQl").Accepts<PromQlQueries>("application/json");
        sources.MapPost("slis", DefineSliAsync).WithName("DefinePromQlSli").Accepts<DefinePromQlSli>("application/json");

        var probes = app.MapGroup("/api/v1/probes").WithTags("probes").DisableAntiforgery();
        probes.MapGet("", ListProbesAsync).WithName("ListProbes");
        probes.MapPost("", AddProbeAsync).WithName("AddProbe").Accepts<ProbeDefinition>("application/json");
        probes.MapPut("{platform}/{service}/{name}", ChangeProbeAsync).WithName("ChangeProbe").Accepts<ProbeDefinition>("application/json");
        probes.MapDelete("{platform}/{service}/{name}", RemoveProbeAsync).WithName("RemoveProbe");
    }

    private static async Task<IResult> ListSourcesAsync(IDispatcher dispatcher, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        var outcome = await dispatcher.Send(new ListDataSources(), cancellationToken);
        return outcome.Failure is { } failure ? failure.ToResult() : Page.Of(outcome.Value, limit, cursor);
    }

    private static async Task<IResult> SaveSourceAsync(HttpRequest request, IDispatcher dispatcher, string platform, string name, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync<SourceBody>(request, cancellationToken);
        if (body.Failure is { } unreadable)
        {
            return unreadable.ToResult();
        }

        var save = new SavePrometheusSource
        {
            Platform = platform,
            Name = name,
            DisplayName = body.Value.DisplayName,
            Url = body.Value.Url ?? "",
            Settings = body.Value.Settings ?? new(),
        };
        return Named(await dispatcher.Send(save, cancellationToken), StatusCodes.Status200OK);
    }

    private static async Task<IResult> RemoveSourceAsync(IDispatcher dispatcher, string platform, string name, CancellationToken cancellationToken)
    {
        var outcome = await dispatcher.Send(new RemoveDataSource($"{platform}/{name}"), cancellationToken);
        return outcome.Failure is { } failure ? failure.ToResult() : TypedResults.NoContent();
    }

    private static async Task<IResult> TryAsync(HttpRequest request, IDispatcher dispatcher, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync<PromQlQueries>(request, cancellationToken);
        return body.Failure is { } failure ? failure.ToResult() : (await dispatcher.Send(new TryPromQl(body.Value), cancellationToken)).ToResult();
    }

    private static async Task<IResult> DefineSliAsync(HttpRequest request, IDispatcher dispatcher, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync<DefinePromQlSli>(request, cancellationToken);
        return body.Failure is { } failure ? failure.ToResult() : Named(await dispatcher.Send(body.Value, cancellationToken), StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListProbesAsync(IDispatcher dispatcher, int? limit, string? cursor, CancellationToken cancellationToken)
    {
        var outcome = await dispatcher.Send(new ListProbes(), cancellationToken);
        return outcome.Failure is { } failure ? failure.ToResult() : Page.Of(outcome.Value, limit, cursor);
    }

    private static async Task<IResult> AddProbeAsync(HttpRequest request, IDispatcher dispatcher, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync<ProbeDefinition>(request, cancellationToken);
        return body.Failure is { } failure ? failure.ToResult() : Named(await dispatcher.Send(new AddProbe(body.Value), cancellationToken), StatusCodes.Status201Created);
    }

    private static async Task<IResult> ChangeProbeAsync(
        HttpRequest request,
        IDispatcher dispatcher,
        string platform,
        string service,
        string name,
        CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync<ProbeDefinition>(request, cancellationToken);
        return body.Failure is { } failure
            ? failure.ToResult()
            : Named(await dispatcher.Send(new ChangeProbe($"{platform}/{service}/{name}", body.Value), cancellationToken), StatusCodes.Status200OK);
    }

    private static async Task<IResult> RemoveProbeAsync(IDispatcher dispatcher, string platform, string service, string name, CancellationToken cancellationToken)
    {
        var outcome = await dispatcher.Send(new RemoveProbe($"{platform}/{service}/{name}"), cancellationToken);
        return outcome.Failure is { } failure ? failure.ToResult() : TypedResults.NoContent();
    }

    private static IResult Named(Outcome<string> outcome, int status) =>
        outcome.Failure is { } failure ? failure.ToResult() : TypedResults.Json(new { id = outcome.Value }, statusCode: status);

    private sealed record SourceBody(string? Url, string? DisplayName, PrometheusSettings? Settings);
}
