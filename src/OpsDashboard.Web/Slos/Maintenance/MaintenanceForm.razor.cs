using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Maintenance;
using OpsDashboard.Domain;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Slos.Maintenance;

/// <summary>Plans one window.</summary>
public sealed partial class MaintenanceForm
{
    private const string Form = "maintenance";

    private string _platform = "";
    private string _service = "";
    private string _start = "";
    private string _end = "";
    private string _announced = "";
    private string _reason = "";
    private FieldFaults _faults = FieldFaults.None;
    private bool _dirty;
    private bool _busy;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    /// <summary>Paths platform/service.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<string> Services { get; set; } = [];

    [Parameter] public EventCallback OnPlanned { get; set; }

    [Parameter] public EventCallback OnLeave { get; set; }

    private IReadOnlyList<(string Value, string Word)> Platforms =>
        [.. Services.Select(path => path.Split('/')[0]).Distinct(StringComparer.Ordinal).Select(name => (name, name))];

    private IReadOnlyList<(string Value, string Word)> PlatformServices =>
        [.. Services.Select(path => path.Split('/')).Where(parts => parts[0] == _platform).Select(parts => (parts[1], parts[1]))];

    private static string Id(string pointer) => FieldFaults.IdOf(Form, pointer);

    private void ChoosePlatform(string platform)
    {
        _service = "";
        Change(ref _platform, platform, "/platform");
    }

    private void Change(ref string field, string value, string pointer)
    {
        field = value;
        _dirty = true;
        _faults = _faults.Without(pointer);
    }

    private async Task PlanAsync()
    {
        if (_busy)
        {
            return;
        }

        if (Read() is not { } plan)
        {
            return;
        }

        _busy = true;
        var outcome = await Dispatcher.Send(plan, CancellationToken.None);
        _busy = false;
        _faults = FieldFaults.Of(outcome.Failure);
        if (outcome.Succeeded)
        {
            _dirty = false;
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
        _faults = FieldFaults.Of(faults);
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
