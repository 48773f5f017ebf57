using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Changes;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Detail;
using OpsDashboard.Application.Slos.Editing;
using OpsDashboard.Application.Slos.Series;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Web.Ui;
using OpsDashboard.Web.Changes;
using OpsDashboard.Web.Ui.Charts;

namespace OpsDashboard.Web.Slos;

/// <summary>One objective: where it stands, how it got there, and why its figures are what they are. Live.</summary>
public sealed partial class SloPage
{
    private static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(1);

    /// <summary>The longest span a chart of it shows, and more.</summary>
    private const int ChartDays = 95;

    private SloStatus? _status;
    private SloForEdit? _edit;
    private SloDetail? _detail;
    private IReadOnlyList<DeploymentEntry> _deployments = [];
    private ChartSpec? _burnDown;
    private ChartSpec? _sli;
    private ChartSpec? _measured;
    private Chart? _burnDownChart;
    private Chart? _sliChart;
    private Chart? _measuredChart;
    private int _stepSeconds;
    private DateTimeOffset _lastPoint;
    private string? _loaded;
    private string? _fault;
    private bool _isUnknown;

    [Parameter] public string Platform { get; set; } = "";

    [Parameter] public string Service { get; set; } = "";

    [Parameter] public string Slo { get; set; } = "";

    [SupplyParameterFromQuery(Name = "range")] public string? RangeName { get; set; }

    [Inject] private TimeProvider Clock { get; set; } = default!;

    private string Id => $"{Platform}/{Service}/{Slo}";

    private SloRange Range => SloRange.Of(RangeName);

    private bool IsLatency => _detail?.Definition.Kind == SliKind.Latency;

    private string StepWord => SeriesStep.Name(_stepSeconds / 60);

    private SloVersion? Scheduled => _edit is { } slo && slo.VersionInForce < slo.Version ? slo.Versions[0] : null;

    private IReadOnlyList<Crumb> Crumbs =>
    [
        new("Objectives", "/slos"),
        new(Platform, $"/slos?platform={Platform}"),
        new(Service, $"/slos?platform={Platform}&service={Service}"),
        new(_edit?.Terms.Name ?? Slo),
    ];

    private IReadOnlyList<LinkOption> Ranges =>
        [.. SloRange.All.Select(range => new LinkOption(range.Name, $"/slos/{Id}?range={range.Name}", range == Range))];

    protected override async Task OnParametersSetAsync()
    {
        var wanted = $"{Id} {Range.Name}";
        if (_loaded == wanted)
        {
            return;
        }

        var isOther = _loaded is not null && !_loaded.StartsWith($"{Id} ", StringComparison.Ordinal);
        _loaded = wanted;
        if (_edit is null || isOther)
        {
            await ListenAsync([("slo", Id)], FlushEvery, OnChangedAsync);
            await LoadAsync();
        }
        else
        {
            await LoadSeriesAsync();
        }
    }

    private async Task LoadAsync()
    {
        (_fault, _isUnknown) = (null, false);
        var status = await Send(new GetSloStatus(Id));
        _status = status.Succeeded ? status.Value : null;
        if (await ReadAsync(new GetSloForEdit(Id)) is { } edit && await ReadAsync(new GetSloDetail(Id)) is { } detail)
        {
            (_edit, _detail) = (edit, detail);
            var slo = detail.Definition;
            var deployments = await Send(new ListDeployments { Services = [$"{slo.Platform}/{slo.Service}"], From = Clock.GetUtcNow().AddDays(-ChartDays) });
            _deployments = deployments.Succeeded ? deployments.Value : [];
            await LoadBurnDownAsync();
            await LoadSeriesAsync();
        }
    }

    private async Task LoadBurnDownAsync()
    {
        if (await ReadAsync(new GetBudgetBurnDown(Id)) is { } burnDown)
        {
            _burnDown = burnDown.Points.Count == 0 ? null : DeploymentMarks.On(SloCharts.BurnDown(burnDown, _detail!, _edit!.Versions), _deployments);
        }
    }

    private async Task LoadSeriesAsync()
    {
        var now = Clock.GetUtcNow();
        if (await ReadAsync(new GetSloSeries(Id, now - Range.Span, now)) is { } series)
        {
            (_stepSeconds, _lastPoint) = (series.StepSeconds, series.Points[^1].At);
            _sli = DeploymentMarks.On(SloCharts.Sli(series, _detail!, Range), _deployments);
            _measured = DeploymentMarks.On(SloCharts.Measured(series, _detail!.Definition, Range), _deployments);
        }
    }

    private async Task<T?> ReadAsync<T>(MediatR.IRequest<Outcome<T>> request)
        where T : class
    {
        var outcome = await Send(request);
        if (outcome.Failure is not { } failure)
        {
            return outcome.Value;
        }

        (_fault, _isUnknown) = (failure.Message, failure.Kind == FailureKind.NotFound);
        return null;
    }

    /// <summary>Something about the objective changed: its figures nearly always, its versions now and then.</summary>
    private async Task OnChangedAsync()
    {
        var was = _status;
        var status = await Send(new GetSloStatus(Id));
        _status = status.Succeeded ? status.Value : _status;
        var isEdited = was is null || _status is null || was.Version != _status.Version || was.EvaluatedAt == _status.EvaluatedAt;
        if (isEdited || _edit is null || _detail is null || was!.State != _status!.State || Firing(was) != Firing(_status))
        {
            await LoadAsync();
        }
        else
        {
            await AppendAsync(_status);
        }
    }

    /// <summary>Sends the charts only what came since.</summary>
    private async Task AppendAsync(SloStatus status)
    {
        var now = Clock.GetUtcNow();
        var step = TimeSpan.FromSeconds(_stepSeconds);
        var recent = await Send(new GetSloSeries(Id, _lastPoint, now, SeriesStep.Name(_stepSeconds / 60)));
        if (recent.Failure is null && recent.Value.StepSeconds == _stepSeconds)
        {
            var (from, to) = (SloCharts.Ms(recent.Value.To - Range.Span - step), SloCharts.Ms(recent.Value.To));
            _lastPoint = recent.Value.Points[^1].At;
            await AppendAsync(_sliChart, SloCharts.SliDelta(recent.Value.Points), from, to);
            await AppendAsync(_measuredChart, SloCharts.MeasuredDelta(recent.Value.Points, _detail!.Definition), from, to);
        }

        if (_burnDown is not null && status.Budget.RemainingRatio is { } left)
        {
            var to = status.Window.Kind == WindowKind.Calendar ? _burnDown.To : SloCharts.Ms(now);
            var minute = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
            var point = new ChartPoint(SloCharts.Ms(minute), (double)left * 100);
            await AppendAsync(_burnDownChart, [new ChartDelta(SloCharts.LeftName, [point])], SloCharts.Ms(status.WindowStart), to);
        }
    }

    private static Task AppendAsync(Chart? chart, IReadOnlyList<ChartDelta> deltas, long from, long to) =>
        chart?.AppendAsync(deltas, from, to) ?? Task.CompletedTask;

    private static int Firing(SloStatus status) => status.Alerts.Count(alert => alert.Firing);
}
