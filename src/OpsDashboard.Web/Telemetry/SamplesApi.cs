using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Telemetry.Intake;
using OpsDashboard.Domain.Keys;
using OpsDashboard.Web.Api;
using OpsDashboard.Web.Keys;

namespace OpsDashboard.Web.Telemetry;

/// <summary><c>POST /api/v1/samples</c>.</summary>
internal static class SamplesApi
{
    private const string Ndjson = "application/x-ndjson";

    public static void MapSamplesApi(this WebApplication app) =>
        app.MapPost("/api/v1/samples", PostAsync).WithName("IngestSamples").Accepts<Batch>("application/json", Ndjson).WithTags("samples").WithMetadata(new HandsIn(KeySource.Samples)).DisableAntiforgery();

    private static async Task<IResult> PostAsync(
        HttpContext context,
        IDispatcher dispatcher,
        CallerContext caller,
        IOptions<IntakeOptions> options,
        string? batchId,
        CancellationToken cancellationToken)
    {
        // Said before the body is read: who may not write need not send 10 MB to learn it.
        if (!caller.Current.Allowed.Contains(Access.Ingest))
        {
            return Failure.Forbidden("This needs a key that may write samples.").ToResult();
        }

        var isNdjson = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.MediaType == Ndjson;
        if (!isNdjson && !context.Request.HasJsonContentType())
        {
            return Results.Problem($"Send application/json or {Ndjson}.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        if (context.Request.Headers.ContentEncoding.Count > 0)
        {
            return Results.Problem("Send the body without a content encoding.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        var most = options.Value.MaxBodyBytes;
        using var body = await WholeBody.ReadAsync(context.Request, most, cancellationToken);
        return body is null
            ? Results.Problem($"A body has at most {most} bytes. Send smaller batches.", statusCode: StatusCodes.Status413PayloadTooLarge)
            : (await dispatcher.Send(new IngestSamples(body.Bytes, isNdjson, batchId), cancellationToken)).ToResult(StatusCodes.Status202Accepted);
    }

    /// <summary>A batch as the OpenAPI document describes it; as NDJSON each line is one sample and the batch id stands in the query.</summary>
    private sealed record Batch(string? BatchId, IReadOnlyList<Sample> Samples);

    private sealed record Sample(string Sli, DateTimeOffset At, decimal? Good, decimal? Total, IReadOnlyList<decimal>? ValuesMs, SampleHistogram? Histogram, decimal? Value);

    private sealed record SampleHistogram(IReadOnlyList<decimal> UpperBoundsMs, IReadOnlyList<long> Counts);
}
