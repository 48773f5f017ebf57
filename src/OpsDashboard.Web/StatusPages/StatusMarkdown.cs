using Markdig;

namespace OpsDashboard.Web.StatusPages;

/// <summary>Public updates as their authors wrote them: Markdown, with HTML shown as text.</summary>
internal static class StatusMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks().Build();

    public static string ToHtml(string markdown) => Markdown.ToHtml(markdown, Pipeline);
}
