using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.Figures;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Web.Incidents.Acts;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Incidents;

/// <summary>What is wrong now, worst first, and what was; filters stand in the address.</summary>
public sealed partial class IncidentsPage
{
    private static readonly Dictionary<string, IncidentPhase> Phases = Enum.GetValues<IncidentPhase>().ToDictionary(IncidentWording.Word, StringComparer.OrdinalIgnoreCase);

    private IncidentActs _acts = default!;
    private IReadOnlyList<IncidentSummary>? _incidents;
    private IReadOnlyList<string> _services = [];
    private IReadOnlyList<string> _platforms = [];
    private IncidentFigures? _figures;
    private IReadOnlyList<long>? _heldOrder;
    private string? _text;
    private string? _fault;
    private string? _shown;
    private bool _opening;

    [Inject] private TimeProvider Time { get; set; } = default!;

    [Inject] private IOptions<IncidentsOptions> Options { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery] private string? State { get; set; }

    [SupplyParameterFromQuery] private string? Platform { get; set; }

    [SupplyParameterFromQuery] private string? Severity { get; set; }

    /// <summary>platform/service.</summary>
    [SupplyParameterFromQuery] private string? Service { get; set; }

    [SupplyParameterFromQuery] private string? Phase { get; set; }

    [SupplyParameterFromQuery(Name = "q")] private string? Text { get; set; }

    private IncidentScope Scope => State switch
    {
        "open" => IncidentScope.Open,
        "resolved" => IncidentScope.Resolved,
        _ => IncidentScope.All,
    };

    private IEnumerable<string> Services => _services.Where(path => Platform is not { Length: > 0 } || path.StartsWith($"{Platform}/", StringComparison.Ordinal));

    private IReadOnlyList<IncidentSummary> Open => Arranged([.. (_incidents ?? []).Where(incident => incident.IsOpen)]);

    private IReadOnlyList<IncidentSummary> Past => [.. (_incidents ?? []).Where(incident => !incident.IsOpen)];

    private IEnumerable<string> Severities => (Platform is { Length: > 0 } ? [Platform] : _platforms)
        .SelectMany(platform => ShippedScales.For(platform).Levels).Select(level => level.Name).Distinct(StringComparer.Ordinal);

    private string Title => Open.Count > 0 ? $"{Open.Count} open · Incidents · OpsDashboard" : "Incidents · OpsDashboard";

    private IReadOnlyList<LinkOption> Scopes =>
    [
        new("All", Href(state: ""), Scope == IncidentScope.All),
        new("Open", Href(state: "open"), Scope == IncidentScope.Open),
        new("Past", Href(state: "resolved"), Scope == IncidentScope.Resolved),
    ];

    private string Answer
    {
        get
        {
            if (_incidents is null)
            {
                return "Reading the incidents.";
            }

            var open = Open;
            var overdue = open.Count(incident => incident.Clocks.Any(clock => clock.State == ClockState.Overdue));
            var untaken = open.Count(incident => incident.AcknowledgedBy is null);
            return open.Count == 0
                ? "Nothing is open."
                : $"{open.Count} open, {untaken} of them taken by nobody yet, {overdue} with a clock that ran out.";
        }
    }

    protected override ValueTask CloseAsync() => _acts.DisposeAsync();

    protected override async Task OnInitializedAsync()
    {
        _acts = new IncidentActs(Dispatcher, Time, TimeSpan.FromSeconds(Options.Value.UndoSeconds), () => ReadAgainAsync(LoadAsync));
        await ListenAsync([("incidents", "all")], TimeSpan.FromMilliseconds(250), LoadAsync);
        var services = await Send(new ListServices());
        _services = services.Succeeded ? services.Value : [];
        _platforms = [.. _services.Select(path => path.Split('/')[0]).Distinct(StringComparer.Ordinal)];
    }

    protected override async Task OnParametersSetAsync()
    {
        var shown = $"{State}/{Platform}/{Severity}/{Service}/{Phase}/{Text}";
        if (shown != _shown)
        {
            _shown = shown;
            _heldOrder = null;
            _text ??= Text;
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var incidents = await Send(
            new ListIncidents
            {
                Scope = Scope,
                Platform = Platform is { Length: > 0 } ? Platform : null,
                Severity = Severity is { Length: > 0 } ? Severity : null,
                Service = Service is { Length: > 0 } ? Service : null,
                Phase = Phases.TryGetValue(Phase ?? "", out var phase) ? phase : null,
                Text = Text is { Length: > 0 and <= 100 } ? Text : null,
                Limit = 200,
            });
        _fault = incidents.Failure?.Message;
        if (incidents.Succeeded)
        {
            _incidents = incidents.Value;
            _acts.Keep(incidents.Value.Where(incident => incident.IsOpen).Select(incident => incident.Id));
        }

        var figures = await Send(new GetMeanTimes(Platform: Platform is { Length: > 0 } ? Platform : null));
        _figures = figures.Succeeded ? figures.Value : null;
    }

    // The hand may be about to click: rows stay where they are until the pointer leaves.
    private IReadOnlyList<IncidentSummary> Arranged(IReadOnlyList<IncidentSummary> open) => _heldOrder is { } order
        ? [.. open.OrderBy(incident => order.Contains(incident.Id) ? order.ToList().IndexOf(incident.Id) : int.MaxValue)]
        : open;

    private void Hold(bool held) => _heldOrder = held ? _heldOrder ?? [.. Open.Select(incident => incident.Id)] : null;

    private void FilterByText() => Navigation.NavigateTo(Href(text: _text ?? ""), replace: true);

    private void GoTo(long incident) => Navigation.NavigateTo(IncidentWording.Href(incident));

    private string Href(string? state = null, string? platform = null, string? severity = null, string? text = null, string? service = null, string? phase = null) => Navigation.GetUriWithQueryParameters(
        "/incidents",
        new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["state"] = Kept(state ?? State),
            ["platform"] = Kept(platform ?? Platform),
            ["severity"] = Kept(severity ?? Severity),
            ["service"] = Kept(service ?? Service),
            ["phase"] = Kept(phase ?? Phase),
            ["q"] = Kept(text ?? Text),
        });

    private static string? Kept(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
