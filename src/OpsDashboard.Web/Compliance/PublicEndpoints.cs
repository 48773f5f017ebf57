namespace OpsDashboard.Web.Compliance;

/// <summary>
/// The short list of what answers to whom nobody knows, and why. Whatever else is open is a violation, and a test that fails.
/// </summary>
internal static class PublicEndpoints
{
    /// <summary>Beginnings of routes.</summary>
    public static IReadOnlyList<(string Route, string Why)> All { get; } =
    [
        ("livez", "probes of an orchestrator; say nothing but yes or no"),
        ("readyz", "the same"),
        ("openapi/", "the description of the API, the same in every instance"),
        ("sign-in", "signing in"),
        ("set-up/", "the first administrator, by a link with its own proof"),
        ("invitation/", "a link with its own proof"),
        ("link/", "a link with its own proof"),
        ("status", "the public status page"),
        ("api/v2/", "the public status page for programs"),
        ("api/v1/integrations/{key}", "alerts in: the address carries its proof"),
        ("api/v1/webhooks/github/{key}", "changes in: the address and a signature are the proof"),
        ("api/v1/webhooks/gitlab/{key}", "the same"),
        ("hubs/live", "notices without content for the public status page; the rest asks who listens"),
        ("p/", "links of pages, with their own proof"),
        ("calendar", "calendar feeds: the address carries its proof"),
        ("not-found", "says that there is nothing"),
        ("css/", "stylesheets"),
        ("js/", "scripts"),
        ("lib/", "scripts and fonts"),
        ("fonts/", "fonts"),
        ("icons/", "pictures"),
        ("_framework/", "the script of the framework"),
        ("OpsDashboard.Web", "stylesheets of components"),
    ];

    public static bool Holds(RouteEndpoint endpoint) =>
        All.Any(one => (endpoint.RoutePattern.RawText ?? "").TrimStart('/').StartsWith(one.Route, StringComparison.OrdinalIgnoreCase));
}
