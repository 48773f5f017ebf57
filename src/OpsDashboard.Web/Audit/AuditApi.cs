using OpsDashboard.Application.Audit.Reading;
using OpsDashboard.Application.Audit.Verification;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Audit;
using OpsDashboard.Web.Api;

namespace OpsDashboard.Web.Audit;

/// <summary>The audit trail for programs.</summary>
internal static class AuditApi
{
    public static void MapAuditApi(this WebApplication app)
    {
        var audit = app.MapGroup("/api/v1/audit").WithTags("audit");
        audit.MapGet("", ListAsync).WithName("ListAudit");
        audit.MapGet("verification", VerifyAsync).WithName("VerifyAudit");
        audit.MapGet("export", ExportAsync).WithName("ExportAudit");
        // The same for a person at the screen, whose caller the path decides.
        app.MapGet("/audit/export", ExportAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> ListAsync([AsParameters] Query query, IDispatcher dispatcher, CancellationToken cancellationToken)
    {
        var faults = new List<Fault>();
        var (from, to) = (RequestBody.Instant(query.From, "/from", faults), RequestBody.Instant(query.To, "/to", faults));
        AuditOutcome outcome = default;
        if (query.Outcome is not null && (!Enum.TryParse(query.Outcome, ignoreCase: true, out outcome) || !Enum.IsDefined(outcome)))
        {
            faults.Add(new Fault("/outcome", "outcome.known", "outcome is one of done, refused, denied."));
        }

        if (faults.Count > 0)
        {
            return Failure.Invalid(faults).ToResult();
        }

        var found = await dispatcher.Send(
            new ListAudit
            {
                Object = query.Object,
                Actor = query.Actor,
                Action = query.Action,
                Outcome = query.Outcome is null ? null : outcome,
                Text = query.Text,
                From = from,
                To = to,
                Before = query.Cursor,
                Limit = query.Limit ?? 100,
            },
            cancellationToken);
        return found.Failure is { } failure
            ? failure.ToResult()
            : TypedResults.Json(new { items = found.Value.Entries, nextCursor = found.Value.Next?.ToString(System.Globalization.CultureInfo.InvariantCulture) }, StoreJson.Options);
    }

    private static async Task<IResult> VerifyAsync(IDispatcher dispatcher, CancellationToken cancellationToken) =>
        (await dispatcher.Send(new VerifyAudit(), cancellationToken)).ToResult();

    private static async Task<IResult> ExportAsync(IDispatcher dispatcher, AuditExport export, CancellationToken cancellationToken)
    {
        var told = await dispatcher.Send(new TellExport(), cancellationToken);
        return told.Failure is { } failure
            ? failure.ToResult()
            : Results.Stream(output => export.WriteAsync(output, cancellationToken), "application/x-ndjson", "audit.ndjson");
    }

    private sealed record Query(string? Object, string? Actor, string? Action, string? Outcome, string? Text, string? From, string? To, long? Cursor, int? Limit);
}
