using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Editing;
using OpsDashboard.Application.Telemetry.Probes;
using OpsDashboard.Domain;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Telemetry;

/// <summary>Adds a probe.</summary>
public sealed partial class ProbeForm
{
    private const string Form = "probe";

    private string _platform = "";
    private string _service = "";
    private string _name = "";
    private string _target = "";
    private string _interval = "60";
    private string _timeout = "10";
    private string _status = "";
    private string _text = "";
    private string _percent = "";
    private decimal? _objective;
    private ProbeKind _kind;
    private FieldFaults _faults = FieldFaults.None;
    private bool _trustAny;
    private bool _dirty;
    private bool _busy;

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    /// <summary>Paths platform/service.</summary>
    [Parameter] public IReadOnlyList<string> Services { get; set; } = [];

    [Parameter] public EventCallback OnSaved { get; set; }

    [Parameter] public EventCallback OnLeave { get; set; }

    private static IReadOnlyList<(string Value, string Word)> Kinds { get; } =
    [
        (nameof(ProbeKind.Http), "HTTP: status, text, latency"),
        (nameof(ProbeKind.Tcp), "TCP: a connection"),
        (nameof(ProbeKind.Tls), "TLS: expiry of the certificate"),
    ];

    protected override void OnInitialized()
    {
        if (Services.Count > 0)
        {
            _platform = Services[0].Split('/')[0];
        }
    }

    private static string Id(string pointer) => FieldFaults.IdOf(Form, pointer);

    private void Change(ref string field, string value, string pointer)
    {
        field = value;
        _dirty = true;
        _faults = _faults.Without(pointer);
    }

    private void ChooseKind(string kind)
    {
        _kind = Enum.Parse<ProbeKind>(kind);
        _dirty = true;
        _faults = FieldFaults.None;
    }

    private async Task SaveAsync()
    {
        if (_busy || Read() is not { } probe)
        {
            return;
        }

        _busy = true;
        var outcome = await Dispatcher.Send(new AddProbe(probe), CancellationToken.None);
        if (outcome.Succeeded && _objective is { } target)
        {
            outcome = await Dispatcher.Send(new DefineSlo { SliId = $"{outcome.Value}-availability", Target = target }, CancellationToken.None);
        }

        _busy = false;
        _faults = FieldFaults.Of(outcome.Failure);
        if (outcome.Succeeded)
        {
            _dirty = false;
            await OnSaved.InvokeAsync();
        }
    }

    private ProbeDefinition? Read()
    {
        var isHttp = _kind == ProbeKind.Http;
        var faults = new List<Fault>();
        var interval = NumberField.Read(_interval, "/intervalSeconds", faults);
        var timeout = NumberField.Read(_timeout, "/timeoutSeconds", faults);
        var status = isHttp && _status.Length > 0 ? NumberField.Read(_status, "/expectStatus", faults) : null;
        _objective = NumberField.ReadPercent(_percent, "/objective/target", faults);
        _faults = FieldFaults.Of(faults);
        return faults.Count > 0
            ? null
            : new ProbeDefinition
            {
                Platform = _platform.Trim(),
                Service = _service.Trim(),
                Name = _name.Trim(),
                Kind = _kind,
                Target = _target.Trim(),
                IntervalSeconds = interval!.Value,
                TimeoutSeconds = timeout!.Value,
                ExpectStatus = status,
                BodyContains = isHttp && _text.Length > 0 ? _text : null,
                TrustAnyIssuer = _kind != ProbeKind.Tcp && _trustAny,
            };
    }
}
