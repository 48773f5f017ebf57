namespace OpsDashboard.Web.Hosting;

/// <summary>Ids are paths. A client may send their slashes encoded; both forms name the same object.</summary>
internal static class EncodedIds
{
    public static Task UnwrapAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            && context.Request.Path.Value is { } path
            && path.Contains("%2F", StringComparison.OrdinalIgnoreCase))
        {
            context.Request.Path = path.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        }

        return next(context);
    }
}
