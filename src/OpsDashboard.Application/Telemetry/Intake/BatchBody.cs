using System.Text.Json;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Domain;

namespace OpsDashboard.Application.Telemetry.Intake;

/// <summary>The two forms of a batch: one JSON object, or a line of JSON per sample.</summary>
internal sealed class BatchBody(SeriesDirectory directory, BatchBuilder builder, int mostSamples)
{
    private readonly SampleReader reader = new(directory);
    private string? batchId;
    private bool sawSamples;

    public Fault? Read(IngestSamples request)
    {
        batchId = request.BatchId;
        return request.IsNdjson ? ReadLines(request.Body.Span) : ReadObject(request.Body.Span);
    }

    public SampleBatch Build() => builder.Build(batchId ?? "");

    private Fault? ReadLines(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body, new JsonReaderOptions { AllowMultipleValues = true });
        while (json.Read())
        {
            if (Add(ref json) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private Fault? ReadObject(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            return new Fault("/", "body.object", "The body must be a JSON object with batchId and samples.");
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (ReadProperty(ref json) is { } fault)
            {
                return fault;
            }
        }

        // Whatever follows the object makes the body malformed; the reader throws on it.
        while (json.Read())
        {
        }

        return sawSamples ? null : new Fault("/samples", "samples.required", "samples is missing.");
    }

    private Fault? ReadProperty(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("batchId"u8))
        {
            json.Read();
            if (json.TokenType != JsonTokenType.String)
            {
                return new Fault("/batchId", "batchId.required", "batchId must be a string.");
            }

            batchId = json.GetString();
            return null;
        }

        if (!json.ValueTextEquals("samples"u8))
        {
            return new Fault("/", "body.field", $"The body has no field \"{json.GetString()}\"; it takes batchId and samples.");
        }

        json.Read();
        sawSamples = true;
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return new Fault("/samples", "samples.array", "samples must be an array.");
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (Add(ref json) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private Fault? Add(ref Utf8JsonReader json)
    {
        if (builder.Count == mostSamples)
        {
            return new Fault("/samples", "samples.tooMany", $"A batch has at most {mostSamples} samples.");
        }

        reader.Read(ref json);
        builder.Add(reader.Sample);
        return null;
    }
}
