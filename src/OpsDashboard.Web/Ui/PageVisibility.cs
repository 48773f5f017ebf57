using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace OpsDashboard.Web.Ui;

/// <summary>Renders nothing; tells its page when the tab is hidden and when it is seen again.</summary>
public sealed class PageVisibility : ComponentBase, IAsyncDisposable
{
    private BrowserModule? _module;
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
            _module = new BrowserModule(Js, "/js/visibility.js");
            _self = DotNetObjectReference.Create(this);
            _handle = await _module.OpenAsync("register", _self);
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

        _self?.Dispose();
    }
}
