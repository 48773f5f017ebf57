using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Editing;
using OpsDashboard.Application.Telemetry.Probes;
using OpsDashboard.Domain;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Telemetry;

/// <summary>Adds a probe, or changes how one calls.</summary>
public sealed partial class ProbeForm() : DraftForm("probe")
{
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
    private readonly HashSet<string> _left = new(StringComparer.Ordinal);
    private bool _trustAny;

    /// <summary>Null: a new one.</summary>
    [Parameter] public ProbeDefinition? Probe { get; set; }

    /// <summary>Paths platform/service.</summary>
    [Parameter] public IReadOnlyList<string> Services { get; set; } = [];

    [Parameter] public EventCallback OnSaved { get; set; }

    private static IReadOnlyList<(string Value, string Word)> Kinds { get; } =
    [
        (nameof(ProbeKind.Http), "HTTP: status, text, latency"),
        (nameof(ProbeKind.Tcp), "TCP: a connection"),
        (nameof(ProbeKind.Tls), "TLS: expiry of the certificate"),
    ];

    protected override void OnInitialized()
    {
        if (Probe is not { } probe)
        {
            _platform = Services.Count > 0 ? Services[0].Split('/')[0] : "";
            return;
        }

        (_platform, _service, _name, _kind, _target) = (probe.Platform, probe.Service, probe.Name, probe.Kind, probe.Target);
        (_interval, _timeout) = (Text(probe.IntervalSeconds), Text(probe.TimeoutSeconds));
        (_status, _text, _trustAny) = (Text(probe.ExpectStatus), probe.BodyContains ?? "", probe.TrustAnyIssuer);
    }

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    protected override void OnChanged(string pointer)
    {
        _left.Add(pointer);
        Judge();
    }

    /// <summary>A field is judged once it was left, and again with every change of any other.</summary>
    private void Judge()
    {
        var faults = new List<Fault>();
        var probe = Read(faults);
        Faults = FieldFaults.Of([.. (probe is null ? faults : probe.Check()).Where(fault => _left.Contains(fault.Pointer))]);
    }

    private void ChooseKind(string kind)
    {
        _kind = Enum.Parse<ProbeKind>(kind);
        IsDirty = true;
        Faults = FieldFaults.None;
    }

    private async Task SaveAsync()
    {
        var faults = new List<Fault>();
        var read = IsBusy ? null : Read(faults);
        Faults = FieldFaults.Of(faults);
        if (read is not { } probe)
        {
            return;
        }

        var outcome = await SubmitAsync(() => SendAsync(probe));
        if (outcome.Succeeded)
        {
            await OnSaved.InvokeAsync();
        }
    }

    private async Task<Outcome<string>> SendAsync(ProbeDefinition probe)
    {
        var outcome = Probe is null
            ? await Dispatcher.Send(new AddProbe(probe), CancellationToken.None)
            : await Dispatcher.Send(new ChangeProbe($"{Probe.Platform}/{Probe.Service}/{Probe.Name}", probe), CancellationToken.None);
        return outcome.Succeeded && _objective is { } target
            ? await Dispatcher.Send(new DefineSlo { SliId = $"{outcome.Value}-availability", Target = target }, CancellationToken.None)
            : outcome;
    }

    private ProbeDefinition? Read(List<Fault> faults)
    {
        var isHttp = _kind == ProbeKind.Http;
        var interval = NumberField.Read(_interval, "/intervalSeconds", faults);
        var timeout = NumberField.Read(_timeout, "/timeoutSeconds", faults);
        var status = isHttp && _status.Length > 0 ? NumberField.Read(_status, "/expectStatus", faults) : null;
        _objective = NumberField.ReadPercent(_percent, "/objective/target", faults);
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
