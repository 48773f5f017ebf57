using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OpsDashboard.Web.Hosting;

/// <summary><c>/livez</c>: the process answers. <c>/readyz</c>: every check tagged <see cref="ReadyTag"/> is healthy.</summary>
internal static class Health
{
    /// <summary>Put on a check of what must stand before traffic is wanted: store, catalogs, statuses.</summary>
    public const string ReadyTag = "ready";

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/livez", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        app.MapHealthChecks("/readyz", new HealthCheckOptions { Predicate = IsReadiness, ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    public static bool IsReadiness(HealthCheckRegistration check) => check.Tags.Contains(ReadyTag);

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            status = Word(report.Status),
            checks = report.Entries.Select(entry => new
            {
                name = entry.Key,
                status = Word(entry.Value.Status),
                description = entry.Value.Description,
            }),
        },
        context.RequestAborted);

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        HealthStatus.Unhealthy => "unhealthy",
    };
}
