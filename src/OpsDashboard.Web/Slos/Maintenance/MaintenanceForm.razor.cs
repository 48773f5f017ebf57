using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Maintenance;
using OpsDashboard.Domain;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Slos.Maintenance;

/// <summary>Plans one window.</summary>
public sealed partial class MaintenanceForm() : DraftForm("maintenance")
{
    private string _platform = "";
    private string _service = "";
    private string _start = "";
    private string _end = "";
    private string _announced = "";
    private string _reason = "";

    /// <summary>Paths platform/service.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<string> Services { get; set; } = [];

    [Parameter] public EventCallback OnPlanned { get; set; }

    private IReadOnlyList<(string Value, string Word)> Platforms =>
        [.. Services.Select(path => path.Split('/')[0]).Distinct(StringComparer.Ordinal).Select(name => (name, name))];

    private IReadOnlyList<(string Value, string Word)> PlatformServices =>
        [.. Services.Select(path => path.Split('/')).Where(parts => parts[0] == _platform).Select(parts => (parts[1], parts[1]))];

    private void ChoosePlatform(string platform)
    {
        _service = "";
        Change(ref _platform, platform, "/platform");
    }

    private async Task PlanAsync()
    {
        if (IsBusy || Read() is not { } plan)
        {
            return;
        }

        var outcome = await SubmitAsync(plan);
        if (outcome.Succeeded)
        {
            await OnPlanned.InvokeAsync();
        }
    }

    /// <returns>Null when an instant is none; the faults say so then.</returns>
    private PlanMaintenance? Read()
    {
        var faults = new List<Fault>();
        var start = Instant(_start, "/start", required: true);
        var end = Instant(_end, "/end", required: true);
        var announced = Instant(_announced, "/announcedAt", required: false);
        Faults = FieldFaults.Of(faults);
        return faults.Count > 0
            ? null
            : new PlanMaintenance
            {
                Platform = _platform,
                Service = _service.Length == 0 ? null : _service,
                Start = start!.Value,
                End = end!.Value,
                AnnouncedAt = announced,
                Reason = _reason,
            };

        DateTimeOffset? Instant(string text, string pointer, bool required)
        {
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            {
                return instant;
            }

            if (required || text.Length > 0)
            {
                faults.Add(new Fault(pointer, "instant.required", "A day and a time are required."));
            }

            return null;
        }
    }
}
