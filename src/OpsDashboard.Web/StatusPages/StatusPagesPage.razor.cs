using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Application.StatusPages;
using OpsDashboard.Application.StatusPages.Components;
using OpsDashboard.Domain.StatusPages;

namespace OpsDashboard.Web.StatusPages;

/// <summary>What the public pages show, and what is set by hand.</summary>
public sealed partial class StatusPagesPage
{
    private StatusSetup? _setup;
    private IReadOnlyList<string> _services = [];
    private IReadOnlyList<(string Id, string Name)> _objectives = [];
    private ComponentSetup? _edited;
    private ComponentSetup? _told;
    private bool _editing;
    private bool _failed;

    private RenderFragment Answer => builder => builder.AddContent(0, Sentence());

    protected override async Task OnInitializedAsync()
    {
        await ListenAsync([("status", StatusSite.All)], TimeSpan.FromSeconds(1), LoadAsync);
        await LoadAsync();
    }

    private string Sentence()
    {
        if (_setup is null)
        {
            return "Reading what the public sees.";
        }

        var shown = _setup.Components.Count(component => component.Shown);
        var troubled = _setup.Components.Count(component => component.Shown && component.State != ComponentState.Operational);
        var byHand = _setup.Components.Count(component => component.Override is not null);
        return $"{shown} shown, {troubled} not operational, {byHand} set by hand.";
    }

    private async Task LoadAsync()
    {
        var setup = await Send(new GetStatusSetup());
        var services = await Send(new ListServices());
        var statuses = await Send(new ListSloStatuses());
        _failed = !setup.Succeeded || !services.Succeeded || !statuses.Succeeded;
        if (!_failed)
        {
            _setup = setup.Value;
            _services = services.Value;
            _objectives = [.. statuses.Value.OrderBy(status => status.Id, StringComparer.Ordinal).Select(status => (status.Id, status.Name))];
        }
    }

    private void Edit(ComponentSetup? component) => (_edited, _editing) = (component, true);

    private void AskState(ComponentSetup component) => _told = component;

    private async Task MoveAsync((ComponentSetup Component, bool Up) move)
    {
        await Send(new MoveComponent(move.Component.Id, move.Up));
        await LoadAsync();
    }

    private async Task SavedAsync()
    {
        (_editing, _told) = (false, null);
        await LoadAsync();
    }
}
