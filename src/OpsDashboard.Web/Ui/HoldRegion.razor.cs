using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace OpsDashboard.Web.Ui;

/// <summary>Tells its page while a pointer or the keyboard is inside, so that rows do not move under a hand.</summary>
public sealed partial class HoldRegion : IAsyncDisposable
{
    private ElementReference _element;
    private BrowserModule? _module;
    private Task _opening = Task.CompletedTask;
    private BrowserHandle? _handle;
    private DotNetObjectReference<HoldRegion>? _self;

    [Inject] private IJSRuntime Js { get; set; } = default!;

    /// <summary>True when rows must stay where they are, false when they may move again.</summary>
    [Parameter, EditorRequired] public EventCallback<bool> HeldChanged { get; set; }

    [Parameter] public RenderFragment? ChildContent { get; set; }

    [JSInvokable]
    public Task OnHold(bool held) => InvokeAsync(() => HeldChanged.InvokeAsync(held));

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
        _module = new BrowserModule(Js, "/js/hold.js");
        _self = DotNetObjectReference.Create(this);
        _handle = await _module.OpenAsync("register", _element, _self);
    }
}
