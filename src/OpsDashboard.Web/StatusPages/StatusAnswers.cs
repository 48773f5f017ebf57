using System.Globalization;
using OpsDashboard.Web.Hosting;

namespace OpsDashboard.Web.StatusPages;

/// <summary>Sends kept answers, ahead of the rest of the pipeline: one look-up, one write, nothing read from the store.</summary>
internal sealed class StatusAnswers(RequestDelegate next, StatusCache cache)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        return Concerns(path) && IsReading(context.Request.Method) ? AnswerAsync(context, path) : next(context);
    }

    /// <summary>Writes a kept answer, or 304 where the client has it.</summary>
    public static Task SendAsync(HttpContext context, StatusEntry entry, int status = StatusCodes.Status200OK)
    {
        var headers = context.Response.Headers;
        var body = entry.For(context.Request.Headers.AcceptEncoding);
        headers.ETag = body.Tag;
        headers.LastModified = entry.LastModified;
        headers.CacheControl = "public, no-cache";
        headers.Vary = "Accept-Encoding";
        context.AskForTls();
        headers.XContentTypeOptions = "nosniff";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Referrer-Policy"] = "same-origin";
        if (entry.Kind == EntryKind.Page)
        {
            headers.ContentSecurityPolicy = Policy;
            headers.XFrameOptions = "DENY";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
        }
        else
        {
            // Made to be read by other people's pages.
            headers.AccessControlAllowOrigin = "*";
            headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        }

        if (status == StatusCodes.Status200OK && IsKnown(context.Request, entry))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = entry.ContentType;
        context.Response.ContentLength = body.Bytes.Length;
        if (body.Encoding is { } encoding)
        {
            headers.ContentEncoding = encoding;
        }

        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.BodyWriter.WriteAsync(body.Bytes, context.RequestAborted).AsTask();
    }

    private Task AnswerAsync(HttpContext context, string path)
    {
        var wanted = path.Length > 1 && path[^1] == '/' ? path[..^1] : path;
        if (cache.Find(wanted) is { } entry)
        {
            return SendAsync(context, entry);
        }

        return cache.IsReady ? next(context) : FirstAsync(context, wanted);
    }

    /// <summary>In the first moments after the start.</summary>
    private async Task FirstAsync(HttpContext context, string path)
    {
        await cache.ReadyAsync(context.RequestAborted);
        if (cache.Find(path) is { } entry)
        {
            await SendAsync(context, entry);
        }
        else
        {
            await next(context);
        }
    }

    // RFC 9110, 13.2.2: the date counts only where no tag is given.
    private static bool IsKnown(HttpRequest request, StatusEntry entry)
    {
        if (request.Headers.IfNoneMatch is { Count: > 0 } tags)
        {
            return entry.Matches(tags.ToString());
        }

        return request.Headers.IfModifiedSince is { Count: > 0 } since
            && DateTimeOffset.TryParseExact(since.ToString(), "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var known)
            && entry.Modified <= known;
    }

    private static bool Concerns(string path) =>
        (path.StartsWith("/status", StringComparison.Ordinal) && (path.Length == 7 || path[7] == '/')) || path.StartsWith("/api/v2/", StringComparison.Ordinal);

    private static bool IsReading(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
}
