using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.OnCall.Policies;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Incidents;

/// <summary>Opens an incident by hand, which pages at once.</summary>
public sealed partial class OpenIncidentForm() : DraftForm("opening")
{
    private string _title = "";
    private string _platform = "";
    private string _severity = "";
    private string _service = "";
    private string _tier = "";
    private string _policy = "";
    private IReadOnlyList<PolicySummary> _policies = [];
    private string _started = "";
    private string _summary = "";

    /// <summary>Paths platform/service.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<string> Services { get; set; } = [];

    /// <summary>Told the new incident's id.</summary>
    [Parameter] public EventCallback<long> OnOpened { get; set; }

    private IReadOnlyList<(string Value, string Word)> Platforms =>
        [.. Services.Select(path => path.Split('/')[0]).Distinct(StringComparer.Ordinal).Select(name => (name, name))];

    private IReadOnlyList<(string Value, string Word)> PlatformServices =>
        [.. Services.Select(path => path.Split('/')).Where(parts => parts[0] == _platform).Select(parts => (parts[1], parts[1]))];

    private SeverityScale? Scale => _platform.Length == 0 ? null : ShippedScales.For(_platform);

    private IReadOnlyList<(string Value, string Word)> Severities =>
        [.. (Scale?.Levels ?? []).Select(level => (level.Name, $"{level.Name} · {level.Word}"))];

    private IReadOnlyList<(string Value, string Word)> Tiers =>
        [.. (Scale?.Levels ?? []).SelectMany(level => level.Clocks).Select(term => term.Tier).OfType<string>().Distinct(StringComparer.Ordinal).Select(tier => (tier, tier))];

    private string? Means => Scale?.Find(_severity) is { Means.Count: > 0 } level ? string.Join(" · ", level.Means) : null;

    private IReadOnlyList<(string Value, string Word)> Paths => PathWords.Options(_policies);

    private string? PathHint => _policies.FirstOrDefault(policy => policy.Id == _policy)?.Clause?.Quote;

    protected override async Task OnInitializedAsync() =>
        _policies = await Dispatcher.Send(new ListPolicies(), CancellationToken.None) is { Succeeded: true } policies ? policies.Value : [];

    private void ChoosePlatform(string platform)
    {
        (_service, _severity, _tier) = ("", "", "");
        Change(ref _platform, platform, "/platform");
    }

    private async Task OpenAsync()
    {
        if (IsBusy)
        {
            return;
        }

        DateTimeOffset? started = null;
        if (_started.Length > 0)
        {
            if (!DateTimeOffset.TryParse(_started, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                Faults = FieldFaults.Of(Failure.Invalid("/startedAt", "instant.required", "A day and a time are required."));
                return;
            }

            started = at;
        }

        var outcome = await SubmitAsync(
            new OpenIncident
            {
                Title = _title,
                Platform = _platform,
                Severity = _severity,
                Services = _service.Length == 0 ? [] : [_service],
                StartedAt = started,
                Summary = _summary,
                PolicyId = _policy.Length == 0 ? null : _policy,
                ReporterTier = _tier.Length == 0 ? null : _tier,
            });
        if (outcome.Succeeded)
        {
            _title = "";
            await OnOpened.InvokeAsync(outcome.Value.Id);
        }
    }
}
