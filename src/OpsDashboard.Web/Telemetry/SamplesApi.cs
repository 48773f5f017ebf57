using System.Buffers;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Telemetry.Intake;
using OpsDashboard.Web.Api;

namespace OpsDashboard.Web.Telemetry;

/// <summary><c>POST /api/v1/samples</c>.</summary>
internal static class SamplesApi
{
    private const string Ndjson = "application/x-ndjson";

    public static void MapSamplesApi(this WebApplication app) =>
        app.MapPost("/api/v1/samples", PostAsync).WithName("IngestSamples").Accepts<Batch>("application/json", Ndjson).WithTags("samples").DisableAntiforgery();

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
        if (context.Request.ContentLength > most)
        {
            return TooLarge(most);
        }

        var (buffer, length) = await ReadBodyAsync(context.Request, most, cancellationToken);
        try
        {
            if (length > most)
            {
                return TooLarge(most);
            }

            var outcome = await dispatcher.Send(new IngestSamples(buffer.AsMemory(0, length), isNdjson, batchId), cancellationToken);
            return outcome.ToResult(StatusCodes.Status202Accepted);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static IResult TooLarge(int most) =>
        Results.Problem($"A body has at most {most} bytes. Send smaller batches.", statusCode: StatusCodes.Status413PayloadTooLarge);

    /// <summary>The whole body in one pooled array; one byte more than allowed is enough to know that it is too large.</summary>
    private static async Task<(byte[] Buffer, int Length)> ReadBodyAsync(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(request.ContentLength ?? 65_536, most) + 1);
        var length = 0;
        while (length <= most)
        {
            if (length == buffer.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(Math.Min(buffer.Length * 2, most + 1));
                buffer.AsSpan(0, length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }

            var read = await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        return (buffer, length);
    }

    /// <summary>A batch as the OpenAPI document describes it; as NDJSON each line is one sample and the batch id stands in the query.</summary>
    private sealed record Batch(string? BatchId, IReadOnlyList<Sample> Samples);

    private sealed record Sample(string Sli, DateTimeOffset At, decimal? Good, decimal? Total, IReadOnlyList<decimal>? ValuesMs, SampleHistogram? Histogram, decimal? Value);

    private sealed record SampleHistogram(IReadOnlyList<decimal> UpperBoundsMs, IReadOnlyList<long> Counts);
}
