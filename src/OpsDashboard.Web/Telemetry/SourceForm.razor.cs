using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Telemetry.Prometheus;
using OpsDashboard.Domain;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Telemetry;

/// <summary>Adds or changes a data source that speaks the Prometheus API.</summary>
public sealed partial class SourceForm() : DraftForm("source")
{
    private string _platform = "";
    private string _name = "";
    private string _url = "";
    private string _scrape = "15";
    private string _settle = "";
    private string _tokenFile = "";
    private string _tokenVariable = "";
    private string _headers = "";
    private readonly HashSet<string> _left = new(StringComparer.Ordinal);

    /// <summary>Null: a new one.</summary>
    [Parameter] public DataSourceSummary? Source { get; set; }

    [Parameter] public IReadOnlyList<string> Platforms { get; set; } = [];

    [Parameter] public EventCallback OnSaved { get; set; }

    protected override void OnInitialized()
    {
        if (Source is not { } source)
        {
            _platform = Platforms.Count == 1 ? Platforms[0] : "";
            return;
        }

        (_platform, _name, _url) = (source.Platform, source.Name, source.Url ?? "");
        _scrape = source.Settings.ScrapeIntervalSeconds.ToString(CultureInfo.InvariantCulture);
        _settle = source.Settings.SettleSeconds?.ToString(CultureInfo.InvariantCulture) ?? "";
        _tokenFile = source.Settings.TokenFile ?? "";
        _tokenVariable = source.Settings.TokenVariable ?? "";
        _headers = string.Join('\n', source.Settings.Headers.Select(header => $"{header.Key}: {header.Value}"));
    }

    protected override void OnChanged(string pointer)
    {
        _left.Add(pointer);
        Judge();
    }

    /// <summary>A field is judged once it was left, and again with every change of any other.</summary>
    private void Judge()
    {
        var faults = new List<Fault>();
        var save = Read(faults);
        Faults = FieldFaults.Of([.. (save is null ? faults : save.Check()).Where(fault => _left.Contains(fault.Pointer))]);
    }

    private async Task SaveAsync()
    {
        var faults = new List<Fault>();
        var read = IsBusy ? null : Read(faults);
        Faults = FieldFaults.Of(faults);
        if (read is not { } save)
        {
            return;
        }

        var outcome = await SubmitAsync(save);
        if (outcome.Succeeded)
        {
            await OnSaved.InvokeAsync();
        }
    }

    private SavePrometheusSource? Read(List<Fault> faults)
    {
        var scrape = NumberField.Read(_scrape, "/settings/scrapeIntervalSeconds", faults);
        var settle = _settle.Length == 0 ? null : NumberField.Read(_settle, "/settings/settleSeconds", faults);
        var headers = ReadHeaders(faults);
        return faults.Count > 0
            ? null
            : new SavePrometheusSource
            {
                Platform = _platform.Trim(),
                Name = _name.Trim(),
                DisplayName = Source?.DisplayName,
                Url = _url.Trim(),
                Settings = new PrometheusSettings
                {
                    ScrapeIntervalSeconds = scrape!.Value,
                    SettleSeconds = settle,
                    TokenFile = _tokenFile.Trim() is { Length: > 0 } file ? file : null,
                    TokenVariable = _tokenVariable.Trim() is { Length: > 0 } variable ? variable : null,
                    Headers = headers,
                },
            };
    }

    private Dictionary<string, string> ReadHeaders(List<Fault> faults)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in _headers.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !headers.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim()))
            {
                faults.Add(new Fault("/settings/headers", "headers.line", "Each line is a name, a colon and a value, and each name stands once."));
                break;
            }
        }

        return headers;
    }
}
