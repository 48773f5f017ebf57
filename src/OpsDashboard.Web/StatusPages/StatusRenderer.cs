using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using OpsDashboard.Application.StatusPages;
using OpsDashboard.Web.StatusPages.Public;

namespace OpsDashboard.Web.StatusPages;

/// <summary>Makes documents and fragments of the public pages: static HTML without a circuit.</summary>
internal sealed class StatusRenderer(IServiceProvider services, ILoggerFactory logs)
{
    public const string Html = "text/html; charset=utf-8";

    /// <summary>The page that stands in the cache, and its inner part that js/status.js swaps in.</summary>
    public async Task<(string Document, string Fragment)> PageAsync(StatusPage page)
    {
        var fragment = await RenderAsync<StatusBoard>(("Page", page));
        var form = await RenderAsync<SubscribeForm>(("Page", page.Name));
        return (await DocumentAsync(page, $"{page.Sentence()} · {page.Title}", fragment + form, live: true), fragment);
    }

    public async Task<string> HistoryAsync(StatusPage page, StatusHistory history) =>
        await DocumentAsync(page, $"History of {history.Month} · {page.Title}", await RenderAsync<HistoryBoard>(("Page", page), ("History", history)));

    public async Task<string> IncidentAsync(StatusPage page, StatusIncident incident) =>
        await DocumentAsync(page, $"{incident.Title} · Status", await RenderAsync<IncidentBoard>(("Page", page), ("Incident", incident)));

    public async Task<string> MessageAsync(StatusPage page, StatusMessage message) => await DocumentAsync(
        page,
        $"{message.Title} · Status",
        await RenderAsync<MessageBoard>(
            ("Title", message.Title),
            ("Paragraphs", message.Paragraphs),
            ("Codes", message.Codes),
            ("Action", message.Action),
            ("ActionWord", message.ActionWord),
            ("Token", message.Token)));

    private Task<string> DocumentAsync(StatusPage page, string title, string content, bool live = false) => RenderAsync<StatusDocument>(
        ("Title", title),
        ("Brand", page.Title),
        ("Page", page.Name),
        ("Platforms", page.Site.Platforms),
        ("Content", new MarkupString(content)),
        ("Live", live));

    private async Task<string> RenderAsync<TPart>(params (string Name, object? Value)[] parameters)
        where TPart : IComponent
    {
        await using var scope = services.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        var given = parameters.ToDictionary(item => item.Name, item => item.Value, StringComparer.Ordinal);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPart>(ParameterView.FromDictionary(given))).ToHtmlString());
    }
}

/// <summary>A page that says one thing, and may ask for one step.</summary>
internal sealed record StatusMessage(string Title, params IReadOnlyList<string> Paragraphs)
{
    public IReadOnlyList<(string Name, string Value)> Codes { get; init; } = [];

    /// <summary>Where its one button posts to; null: no button.</summary>
    public string? Action { get; init; }

    public string ActionWord { get; init; } = "";

    public string Token { get; init; } = "";
}
