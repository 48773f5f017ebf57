using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Incidents.Alerts.Integrations;
using OpsDashboard.Application.Platform.Requests;

namespace OpsDashboard.Web.Incidents.Alerts;

/// <summary>Programs that send alerts and heartbeats, with what each needs to do so and what it sent last.</summary>
public sealed partial class IntegrationsPage
{
    private IReadOnlyList<IntegrationSummary>? _integrations;
    private IReadOnlyList<string> _services = [];
    private CreatedIntegration? _created;
    private IntegrationSummary? _heartbeatOf;
    private IntegrationSummary? _revoking;
    private string? _fault;
    private bool _adding;
    private bool _failed;

    [Inject] private NavigationManager Location { get; set; } = default!;

    private string Base => Location.BaseUri.TrimEnd('/');

    private IReadOnlyList<string> Platforms => [.. _services.Select(path => path.Split('/')[0]).Distinct(StringComparer.Ordinal)];

    private string Answer
    {
        get
        {
            if (_integrations is null)
            {
                return "Reading the integrations.";
            }

            var missed = _integrations.Sum(integration => integration.Heartbeats.Count(heartbeat => heartbeat.Missed));
            var quiet = missed == 0 ? "no heartbeat missed" : AlertWords.Many(missed, "heartbeat") + " missed";
            return $"{AlertWords.Many(_integrations.Count, "integration")}, {quiet}.";
        }
    }

    protected override async Task OnInitializedAsync()
    {
        await ListenAsync([("alerts", "all")], TimeSpan.FromSeconds(1), LoadAsync);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var integrations = await Send(new ListIntegrations());
        var services = await Send(new ListServices());
        _failed = !integrations.Succeeded || !services.Succeeded;
        if (!_failed)
        {
            (_integrations, _services) = (integrations.Value, services.Value);
        }
    }

    private async Task CreatedAsync(CreatedIntegration created)
    {
        _adding = false;
        _created = created;
        await LoadAsync();
    }

    private async Task SavedAsync()
    {
        _heartbeatOf = null;
        await LoadAsync();
    }

    private async Task RenewAsync(IntegrationSummary integration)
    {
        var outcome = await Send(new RenewIntegrationKey(integration.Id));
        _fault = outcome.Failure?.Message;
        _created = outcome.Succeeded ? outcome.Value : null;
        await LoadAsync();
    }

    private async Task RevokeAsync()
    {
        if (_revoking is { } integration)
        {
            _revoking = null;
            _fault = (await Send(new RevokeIntegration(integration.Id))).Failure?.Message;
            await LoadAsync();
        }
    }

    private async Task RemoveHeartbeatAsync(HeartbeatSummary heartbeat)
    {
        _fault = (await Send(new RemoveHeartbeat(heartbeat.Id))).Failure?.Message;
        await LoadAsync();
    }
}
