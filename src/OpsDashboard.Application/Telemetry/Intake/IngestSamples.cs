using System.Text.Json;
using System.Text.Unicode;
using MediatR;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Telemetry.Self;
using OpsDashboard.Domain;

namespace OpsDashboard.Application.Telemetry.Intake;

/// <summary>
/// Takes a batch of samples and answers when it is durably committed. It writes through the intake's own writer, not the
/// DbContext, so it is no <see cref="ICommandMarker"/>.
/// </summary>
/// <param name="BatchId">Required for NDJSON; a JSON body carries its own.</param>
public sealed record IngestSamples(ReadOnlyMemory<byte> Body, bool IsNdjson, string? BatchId) : IRequest<Outcome<BatchReceipt>>, IGuarded
{
    public static Access Access => Access.Ingest;
}

internal sealed class IngestSamplesHandler(
    IntakeWriter writer,
    SeriesDirectory directory,
    SeriesQuotas quotas,
    IStoreProvider provider,
    IntakeMetrics metrics,
    AcknowledgedBatches acknowledged,
    CallerContext caller,
    TimeProvider time,
    IOptions<IntakeOptions> options) : IRequestHandler<IngestSamples, Outcome<BatchReceipt>>
{
    private const int MaxBatchIdLength = 100;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    public async Task<Outcome<BatchReceipt>> Handle(IngestSamples request, CancellationToken cancellationToken)
    {
        SampleBatch batch;
        var reading = writer.Reading();
        try
        {
            if (!Utf8.IsValid(request.Body.Span))
            {
                return Failure.Invalid("/", "body.utf8", "The body is not valid UTF-8.");
            }

            var body = new BatchBody(directory, new BatchBuilder(options.Value, Quota(), caller.Current.ScopeOf(Access.Ingest), time.NowMs()), options.Value.MaxSamplesPerBatch);
            if (body.Read(request) is { } fault)
            {
                return Failure.Invalid([fault]);
            }

            batch = body.Build();
        }
        catch (JsonException fault)
        {
            return Failure.Invalid("/", "body.json", $"The body is not valid JSON at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine}.");
        }
        catch (InvalidOperationException)
        {
            // The reader finds half a surrogate pair only when it turns an escaped name into text.
            return Failure.Invalid("/", "body.json", "The body holds an escape sequence that is no text.");
        }
        finally
        {
            reading.Dispose();
        }

        return Check(batch) is { } refused ? refused : await CommitAsync(batch, cancellationToken);
    }

    private SeriesQuota Quota() => quotas.Of(caller.Current.Name, options.Value.MaxSeriesPerKey);

    private Failure? Check(SampleBatch batch)
    {
        metrics.Rejected.Add(batch.Rejected.Count);
        if (string.IsNullOrWhiteSpace(batch.BatchId) || batch.BatchId.Length > MaxBatchIdLength)
        {
            return Failure.Invalid("/batchId", "batchId.required", $"batchId is required and has at most {MaxBatchIdLength} characters.");
        }

        if (batch.Accepted > 0)
        {
            return null;
        }

        return batch.Rejected.Count == 0
            ? Failure.Invalid("/samples", "samples.required", "The batch has no samples.")
            : Failure.Invalid([.. batch.Rejected.Select(sample => new Fault($"/samples/{sample.Index}", sample.Rule, sample.Message))]);
    }

    private async Task<Outcome<BatchReceipt>> CommitAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        if (writer.Submit(caller.Current.Name, batch) is not { } pending)
        {
            return Failure.Unavailable("The intake is full. Nothing of this batch was taken; send it again.", RetryAfter);
        }

        try
        {
            // Once submitted the batch may be committed whether or not the caller still waits; its id makes a retry harmless.
            var isNew = await pending.Committed.WaitAsync(cancellationToken);
            if (isNew && caller.Current.Name != SelfReporter.CallerName)
            {
                acknowledged.Note(pending.Id, batch.Accepted);
            }

            return isNew
                ? new BatchReceipt(batch.Accepted, 0, batch.Rejected)
                : new BatchReceipt(0, batch.Accepted, batch.Rejected);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failure.Unavailable("The process is stopping. The batch was not acknowledged; send it again.", RetryAfter);
        }
        catch (Exception fault) when (provider.IsTransient(fault))
        {
            return Failure.Unavailable("The store cannot take samples just now. The batch was not acknowledged; send it again.", RetryAfter);
        }
        catch (Domain.Telemetry.InvalidMeasurementException fault)
        {
            return Failure.Invalid("/samples", SampleRule.Of(fault.Fault), fault.Message);
        }
    }
}
