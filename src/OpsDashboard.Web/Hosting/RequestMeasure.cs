using System.Diagnostics;
using OpsDashboard.Application.Telemetry.Self;

namespace OpsDashboard.Web.Hosting;

/// <summary>
/// Times every answer to a page or an API call, first of all in the pipeline. Left out: files, health checks, and live connections,
/// which last as long as their tab.
/// </summary>
internal sealed class RequestMeasure(RequestDelegate next, RequestMeter meter)
{
    private static readonly string[] LeftOut =
    [
        "/css", "/js", "/lib", "/fonts", "/icons", "/_framework", "/_content", "/_blazor", "/hubs", "/livez", "/readyz",
    ];

    public async Task InvokeAsync(HttpContext context)
    {
        if (IsLeftOut(context.Request.Path))
        {
            await next(context);
            return;
        }

        var began = Stopwatch.GetTimestamp();
        var failed = true;
        try
        {
            await next(context);
            failed = context.Response.StatusCode >= StatusCodes.Status500InternalServerError;
        }
        finally
        {
            // A caller that hung up was not failed by the server.
            meter.Record(Stopwatch.GetElapsedTime(began), failed && !context.RequestAborted.IsCancellationRequested);
        }
    }

    private static bool IsLeftOut(PathString path)
    {
        foreach (var prefix in LeftOut)
        {
            if (path.StartsWithSegments(prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
