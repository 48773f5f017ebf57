using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace OpsDashboard.Web.Ui.Charts;

/// <summary>
/// A chart drawn in the browser, with the same figures as a table beneath. A new <see cref="Spec"/> draws it anew;
/// live pages send <see cref="AppendAsync"/> only what came since.
/// </summary>
public sealed partial class Chart : IAsyncDisposable
{
    private ElementReference _host;
    private BrowserModule? _module;
    private BrowserHandle? _handle;
    private ChartSpec? _drawn;

    [Inject] private IJSRuntime Js { get; set; } = default!;

    [Parameter, EditorRequired] public ChartSpec Spec { get; set; } = default!;

    /// <summary>chart-short or chart-tall; the height is fixed by it, so nothing jumps.</summary>
    [Parameter] public string? Class { get; set; }

    /// <summary>Adds points, replaces those at the same instant and forgets what lies before <paramref name="from"/>.</summary>
    /// <param name="from">Start of the time axis, Unix milliseconds.</param>
    /// <param name="to">End of the time axis, Unix milliseconds.</param>
    public async Task AppendAsync(IReadOnlyList<ChartDelta> deltas, long from, long to)
    {
        if (_handle is not null)
        {
            await _handle.InvokeAsync("append", deltas, from, to);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _drawn = Spec;
            _module = new BrowserModule(Js, "/js/chart.js");
            _handle = await _module.OpenAsync("create", _host, Spec);
        }
        else if (_handle is not null && !ReferenceEquals(_drawn, Spec))
        {
            _drawn = Spec;
            await _handle.InvokeAsync("update", Spec);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_handle is not null)
        {
            await _handle.DisposeAsync();
        }

        if (_module is not null)
        {
            await _module.DisposeAsync();
        }
    }
}
