using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Catalog;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Telemetry.Probes;
using OpsDashboard.Application.Telemetry.Prometheus;

namespace OpsDashboard.Web.Telemetry;

/// <summary>Where measurements come from besides the push API, and how that goes.</summary>
public sealed partial class SourcesPage
{
    private IReadOnlyList<DataSourceSummary>? _sources;
    private IReadOnlyList<ProbeSummary>? _probes;
    private IReadOnlyList<string> _services = [];
    private DataSourceSummary? _source;
    private ProbeSummary? _probe;
    private ProbeSummary? _removing;
    private string? _fault;
    private Form _adding;
    private bool _failed;

    private enum Form
    {
        None,
        Source,
        Sli,
        Probe,
    }

    private IReadOnlyList<string> Platforms => [.. _services.Select(path => path.Split('/')[0]).Distinct(StringComparer.Ordinal)];

    private RenderFragment Answer => builder => builder.AddContent(0, Say());

    protected override async Task OnInitializedAsync()
    {
        await ListenAsync([("sources", "all"), ("catalog", "all")], TimeSpan.FromSeconds(1), LoadAsync);
        await LoadAsync();
    }

    private string Say()
    {
        if (_sources is null || _probes is null)
        {
            return "Reading the sources.";
        }

        var sick = _sources.Count(source => source.State is DataSourceState.Failing or DataSourceState.Partial);
        var down = _probes.Count(probe => probe.Verdict is ProbeVerdict.Down or ProbeVerdict.Refused);
        return (sick, down) switch
        {
            (0, 0) => $"{Many(_sources.Count, "source")} and {Many(_probes.Count, "probe")}, none in trouble.",
            _ => $"{sick} of {Many(_sources.Count, "source")} in trouble, {down} of {Many(_probes.Count, "probe")} not up.",
        };
    }

    private static string Many(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private async Task LoadAsync()
    {
        var sources = await Send(new ListDataSources());
        var probes = await Send(new ListProbes());
        var services = await Send(new ListServices());
        _failed = !sources.Succeeded || !probes.Succeeded || !services.Succeeded;
        if (!_failed)
        {
            (_sources, _probes, _services) = (sources.Value, probes.Value, services.Value);
        }
    }

    private void Edit(DataSourceSummary? source)
    {
        _source = source;
        _adding = Form.Source;
    }

    private void EditProbe(ProbeSummary? probe)
    {
        _probe = probe;
        _adding = Form.Probe;
    }

    private void AddSli(DataSourceSummary source)
    {
        _source = source;
        _adding = Form.Sli;
    }

    private void Leave() => _adding = Form.None;

    private async Task SavedAsync()
    {
        Leave();
        await LoadAsync();
    }

    private async Task RemoveAsync(DataSourceSummary source)
    {
        var outcome = await Send(new RemoveDataSource(source.Id));
        _fault = outcome.Failure?.Message;
        await LoadAsync();
    }

    private async Task RemoveProbeAsync()
    {
        if (_removing is { } probe)
        {
            await Send(new RemoveProbe(probe.Id));
            _removing = null;
            await LoadAsync();
        }
    }
}
