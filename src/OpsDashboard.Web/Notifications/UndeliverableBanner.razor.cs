using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Notifications.Pages;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Notifications;

/// <summary>Says on every screen that somebody should have been paged and nobody was: a page is never dropped in silence.</summary>
public sealed partial class UndeliverableBanner
{
    private IReadOnlyList<UndeliverablePage> _pages = [];

    protected override async Task OnInitializedAsync()
    {
        await ListenAsync([("paging", "all")], TimeSpan.FromSeconds(2), LoadAsync);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var outcome = await Send(new UndeliverablePages());
        _pages = outcome.Succeeded ? [.. outcome.Value.Where(page => page.NobodyReached)] : _pages;
    }
}
