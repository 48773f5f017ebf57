using System.Text.Json;
using System.Text.Unicode;
using MediatR;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Incidents.Alerts.Desk;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Domain;

namespace OpsDashboard.Application.Incidents.Alerts.Intake;

public enum AlertFormat
{
    /// <summary>The product's own.</summary>
    Api,

    /// <summary>The webhook of Prometheus Alertmanager, version 4.</summary>
    Alertmanager,
}

/// <summary>
/// Takes the alerts of one call and answers when they are durably recorded. It writes through the alerts' own writer, not the
/// DbContext, so it is no <see cref="ICommandMarker"/>.
/// </summary>
public sealed record ReceiveAlerts(IntegrationRef Integration, AlertFormat Format, ReadOnlyMemory<byte> Body) : IRequest<Outcome<AlertReceipt>>, IGuarded
{
    public static Access Access => Access.Ingest;
}

internal sealed class ReceiveAlertsHandler(AlertWriter writer, FaultNotes notes, IStoreProvider provider, TimeProvider time, IOptions<AlertsOptions> options)
    : IRequestHandler<ReceiveAlerts, Outcome<AlertReceipt>>
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    public async Task<Outcome<AlertReceipt>> Handle(ReceiveAlerts request, CancellationToken cancellationToken)
    {
        var fields = new BodyFields();
        var messages = Read(request, fields);
        if (fields.Faults.Count > 0)
        {
            if (notes.MayNote(request.Integration.Id))
            {
                // The sender's answer does not wait for it; when the intake is full the note is what may be lost.
                writer.Submit(new AlertDelivery(request.Integration, [], "") { Fault = $"{fields.Faults[0].Pointer}: {fields.Faults[0].Message}" });
            }

            return Failure.Invalid(fields.Faults);
        }

        var delivery = new AlertDelivery(request.Integration, messages, Describe(request.Format, messages));
        return writer.Submit(delivery)
            ? await WaitAsync(delivery, cancellationToken)
            : Failure.Unavailable("Too many alerts wait to be recorded. Nothing of this call was taken; send it again.", RetryAfter);
    }

    private IReadOnlyList<AlertMessage> Read(ReceiveAlerts request, BodyFields fields)
    {
        if (!Utf8.IsValid(request.Body.Span))
        {
            fields.Refuse("/", "body.utf8", "The body is not valid UTF-8.");
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(request.Body);
            var (now, most) = (time.NowMs(), options.Value.MaxAlertsPerBody);
            return request.Format == AlertFormat.Alertmanager
                ? new AlertmanagerBody(request.Integration, fields, now).Read(document.RootElement, most)
                : new AlertApiBody(request.Integration, fields, now).Read(document.RootElement, most);
        }
        catch (JsonException fault)
        {
            fields.Refuse("/", "body.json", $"The body is not valid JSON at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine}.");
        }
        catch (InvalidOperationException)
        {
            // Names of fields are turned into text one by one; only then half a surrogate pair is found.
            fields.Refuse("/", "body.json", "The body holds an escape sequence that is no text.");
        }

        return [];
    }

    private async Task<Outcome<AlertReceipt>> WaitAsync(AlertDelivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            // Once submitted it may be recorded whether or not the caller still waits; told again it is a repeat.
            return await delivery.Recorded.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failure.Unavailable("The process is stopping. The alerts were not acknowledged; send them again.", RetryAfter);
        }
        catch (Exception fault) when (provider.IsTransient(fault))
        {
            return Failure.Unavailable("The store cannot take alerts just now. They were not acknowledged; send them again.", RetryAfter);
        }
    }

    private static string Describe(AlertFormat format, IReadOnlyList<AlertMessage> messages)
    {
        var count = messages.Count == 1 ? "1 alert" : $"{messages.Count} alerts";
        var resolved = messages.Count(message => message.EndsAtMs is not null);
        var by = format == AlertFormat.Alertmanager ? " from Alertmanager" : "";
        return resolved == 0 ? $"{count}{by}" : $"{count}{by}, {resolved} resolved";
    }
}

/// <summary>What is wrong with bodies is kept at most once a second an integration, so that a flood of them is no flood of writes.</summary>
internal sealed class FaultNotes(TimeProvider time)
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<int, long> last = new();

    public bool MayNote(int integrationId)
    {
        var now = time.GetTimestamp();
        if (last.TryGetValue(integrationId, out var before))
        {
            return time.GetElapsedTime(before, now) >= TimeSpan.FromSeconds(1) && last.TryUpdate(integrationId, now, before);
        }

        return last.TryAdd(integrationId, now);
    }
}
