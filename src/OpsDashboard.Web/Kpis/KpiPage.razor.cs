using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Kpis;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Domain.Kpis;
using OpsDashboard.Web.Ui;
using OpsDashboard.Web.Ui.Charts;

namespace OpsDashboard.Web.Kpis;

/// <summary>One KPI: how it went, what it was to come to, who told what, and the clause it follows from.</summary>
public sealed partial class KpiPage
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private KpiDetail? _kpi;
    private ChartSpec? _chart;
    private string? _fault;
    private bool _missing;
    private bool _measuring;
    private bool _targeting;

    [Parameter] public string Id { get; set; } = "";

    [Inject] private TimeProvider Clock { get; set; } = default!;

    private DateOnly Today => DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);

    /// <summary>The oldest period that misses its value, else the newest that ended.</summary>
    private string Suggested => _kpi!.Points.LastOrDefault(point => point is { Measured: null, IsOpen: false })?.Period
        ?? KpiPeriod.Of(_kpi.Definition.Cadence, Today).Plus(-1).ToString();

    protected override async Task OnParametersSetAsync()
    {
        await ListenAsync([("kpi", Id), ("kpis", "all")], Interval, LoadAsync);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var outcome = await Send(new GetKpi(Id));
        _missing = outcome.Failure?.Kind == FailureKind.NotFound;
        _fault = outcome.Failure?.Message;
        if (outcome.Succeeded)
        {
            _kpi = outcome.Value;
            _chart = KpiCharts.Values(_kpi);
        }
    }

    private async Task SavedAsync()
    {
        (_measuring, _targeting) = (false, false);
        await LoadAsync();
    }
}
