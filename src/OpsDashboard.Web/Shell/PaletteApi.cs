using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Status;

namespace OpsDashboard.Web.Shell;

/// <summary>What the palette (Ctrl/⌘-K) offers: pages, services, objectives, by name.</summary>
internal static class PaletteApi
{
    /// <summary>Most services and objectives offered; the palette filters in the browser.</summary>
    public const int MostItems = 2000;

    public static void MapPaletteApi(this WebApplication app) =>
        app.MapGet("/ui/palette.json", ListAsync).ExcludeFromDescription();

    private static async Task<IResult> ListAsync(IDispatcher dispatcher, CallerContext caller, HttpContext context, CancellationToken cancellationToken)
    {
        var statuses = caller.Current.May(Access.View) ? await dispatcher.Send(new ListSloStatuses(), cancellationToken) : Outcome<IReadOnlyList<SloStatus>>.FromAnswer("[]");
        if (statuses.Failure is { } failure)
        {
            return Results.Problem(failure.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        context.Response.Headers.CacheControl = "no-store";
        var pages = Navigation.For(caller.Current).Select(place => new PaletteItem(place.Label, "Pages", place.Href, place.Icon, null));
        var services = statuses.Value
            .Select(status => (status.Platform, status.Service))
            .Distinct()
            .OrderBy(service => service)
            .Select(service => new PaletteItem(
                service.Service,
                "Services",
                $"/?service={Uri.EscapeDataString($"{service.Platform}/{service.Service}")}",
                "catalog",
                service.Platform));
        var objectives = statuses.Value.Select(status => new PaletteItem(
            $"{status.Service} · {status.Name}",
            "Objectives",
            $"/slos/{status.Id}",
            "objectives",
            status.Tier is null ? status.Platform : $"{status.Platform} · {status.Tier}"));
        return Results.Json(pages.Concat(services.Concat(objectives).Take(MostItems)));
    }

    /// <param name="Hint">Tells apart what has the same name.</param>
    private sealed record PaletteItem(string Label, string Group, string Href, string Icon, string? Hint);
}
