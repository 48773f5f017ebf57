using Microsoft.AspNetCore.Components;

namespace OpsDashboard.Web.Ui;

/// <summary>
/// Stands in a page whose address names nothing: the page itself says so in words, this in the status of the answer, for
/// programs, caches and whoever links to it.
/// </summary>
public sealed class AnswersNotFound : ComponentBase
{
    /// <summary>Only while the page is rendered into an answer; a circuit has none.</summary>
    [CascadingParameter]
    private HttpContext? Context { get; set; }

    protected override void OnInitialized()
    {
        if (Context is { Response.HasStarted: false } context)
        {
            // Set only when the answer begins: a page that is "not found" before is thrown away for the general one.
            context.Response.OnStarting(() =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            });
        }
    }
}
