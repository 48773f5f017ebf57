using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Incidents.PostMortems;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Web.Incidents.PostMortems;

/// <summary>What was learnt, and what is still to be done about it.</summary>
public sealed partial class PostMortemsPage
{
    private IReadOnlyList<PostMortem>? _all;
    private bool _failed;

    private IReadOnlyList<ActionItem> OpenItems => [.. (_all ?? []).SelectMany(one => one.Items).Where(item => item.DoneAt is null).OrderBy(item => item.DueAt)];

    private RenderFragment Answer => builder => builder.AddContent(0, _all is null
        ? "Reading."
        : $"{_all.Count(one => one.State != PostMortemState.Published)} to be finished, {_all.Count(one => one.IsOverdue)} overdue; {OpenItems.Count} action {(OpenItems.Count == 1 ? "item" : "items")} open, {OpenItems.Count(item => item.IsOverdue)} overdue.");

    protected override async Task OnInitializedAsync()
    {
        await ListenAsync([("incidents", "all")], TimeSpan.FromSeconds(1), LoadAsync);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var outcome = await Send(new ListPostMortems());
        _failed = !outcome.Succeeded;
        _all = outcome.Succeeded ? outcome.Value : _all;
    }

    private async Task SettleAsync((ActionItem Item, bool Done) step)
    {
        await Send(new SettleActionItem(step.Item.Id, step.Done));
        await LoadAsync();
    }
}
