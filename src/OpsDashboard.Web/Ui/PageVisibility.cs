using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace OpsDashboard.Web.Ui;

/// <summary>Renders nothing; tells its page when the tab is hidden and when it is seen again.</summary>
public sealed class PageVisibility : ComponentBase, IAsyncDisposable
{
    private BrowserModule? _module;
    private Task _opening = Task.CompletedTask;
    private BrowserHandle? _handle;
    private DotNetObjectReference<PageVisibility>? _self;

    [Inject] private IJSRuntime Js { get; set; } = default!;

    [Parameter, EditorRequired] public EventCallback<bool> VisibleChanged { get; set; }

    [JSInvokable]
    public Task OnVisibility(bool visible) => InvokeAsync(() => VisibleChanged.InvokeAsync(visible));

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _opening = OpenAsync();
            await _opening;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The browser may still be answering; what it is given must outlive its answer.
        await _opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (_handle is not null)
        {
            await _handle.DisposeAsync();
        }

        if (_module is not null)
        {
            await _module.DisposeAsync();
        }

        _self?.Dispose();
    }

    private async Task OpenAsync()
    {
        _module = new BrowserModule(Js, "/js/visibility.js");
        _self = DotNetObjectReference.Create(this);
        _handle = await _module.OpenAsync("register", _self);
    }
}
