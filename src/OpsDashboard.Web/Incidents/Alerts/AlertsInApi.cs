using Microsoft.Extensions.Options;
using OpsDashboard.Application.Incidents.Alerts;
using OpsDashboard.Application.Incidents.Alerts.Intake;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Web.Api;

namespace OpsDashboard.Web.Incidents.Alerts;

/// <summary>Where programs send alerts and signs of life. The secret in the address names the integration; no other key is needed.</summary>
internal static class AlertsInApi
{
    public static void AddAlertsIn(this IServiceCollection services) => services.AddScoped<Parts>();

    public static void MapAlertsInApi(this WebApplication app)
    {
        var integration = app.MapGroup("/api/v1/integrations/{key}").WithTags("alerts").DisableAntiforgery().AllowAnonymous();
        integration.MapPost("alertmanager", (HttpContext context, string key, Parts parts, CancellationToken token) => ReceiveAsync(context, key, AlertFormat.Alertmanager, parts, token))
            .WithName("ReceiveAlertmanager").Accepts<AlertmanagerWebhook>("application/json");
        integration.MapPost("alerts", (HttpContext context, string key, Parts parts, CancellationToken token) => ReceiveAsync(context, key, AlertFormat.Api, parts, token))
            .WithName("ReceiveAlerts").Accepts<AlertsSent>("application/json");
        integration.MapPost("heartbeat", PingAsync).WithName("PingHeartbeat");
    }

    private static async Task<IResult> ReceiveAsync(HttpContext context, string key, AlertFormat format, Parts parts, CancellationToken cancellationToken)
    {
        // Said before the body is read: who may not send need not send 10 MB to learn it.
        if (await parts.EnterAsync(key, cancellationToken) is not { } integration)
        {
            return Unknown();
        }

        if (!context.Request.HasJsonContentType())
        {
            return Results.Problem("Send application/json.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        if (context.Request.Headers.ContentEncoding.Count > 0)
        {
            return Results.Problem("Send the body without a content encoding.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        var most = parts.Options.Value.MaxBodyBytes;
        if (await WholeBody.ReadAsync(context.Request, most, cancellationToken) is not { } body)
        {
            return Results.Problem($"A body has at most {most} bytes.", statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        using (body)
        {
            return (await parts.Dispatcher.Send(new ReceiveAlerts(integration, format, body.Bytes), cancellationToken)).ToResult();
        }
    }

    private static async Task<IResult> PingAsync(string key, string? name, Parts parts, CancellationToken cancellationToken) =>
        await parts.EnterAsync(key, cancellationToken) is { } integration
            ? (await parts.Dispatcher.Send(new PingHeartbeat(integration, name), cancellationToken)).ToResult()
            : Unknown();

    // The same as for an address that leads nowhere: who guesses learns nothing.
    private static IResult Unknown() => TypedResults.Problem(statusCode: StatusCodes.Status404NotFound);

    /// <summary>What both calls need.</summary>
    internal sealed class Parts(IDispatcher dispatcher, IntegrationKeys keys, CallerContext caller, IOptions<AlertsOptions> options)
    {
        public IDispatcher Dispatcher => dispatcher;

        public IOptions<AlertsOptions> Options => options;

        /// <summary>From then on the caller is the integration.</summary>
        public async Task<IntegrationRef?> EnterAsync(string key, CancellationToken cancellationToken)
        {
            var integration = await keys.FindAsync(key, cancellationToken);
            if (integration is not null)
            {
                caller.Current = new Caller($"integration {integration.Name}", new HashSet<Access> { Access.Ingest });
            }

            return integration;
        }
    }

    /// <summary>The webhook of Prometheus Alertmanager, version 4, as far as it is read. Other fields are accepted.</summary>
    private sealed record AlertmanagerWebhook(string? Version, string? GroupKey, int? TruncatedAlerts, IReadOnlyList<AlertmanagerAlert> Alerts);

    private sealed record AlertmanagerAlert(
        string Status,
        IReadOnlyDictionary<string, string> Labels,
        IReadOnlyDictionary<string, string>? Annotations,
        DateTimeOffset? StartsAt,
        DateTimeOffset? EndsAt,
        Uri? GeneratorURL,
        string? Fingerprint);

    /// <summary>Several alerts; one alone may be sent without the list around it.</summary>
    private sealed record AlertsSent(IReadOnlyList<AlertSent> Alerts);

    private sealed record AlertSent(
        string? Title,
        string? Description,
        string? Status,
        string? Severity,
        string? Platform,
        string? Service,
        string? Key,
        string? GroupKey,
        Uri? Link,
        DateTimeOffset? StartsAt,
        DateTimeOffset? EndsAt,
        IReadOnlyDictionary<string, string>? Labels,
        IReadOnlyDictionary<string, string>? Annotations);
}
