using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace OpsDashboard.Web.Ui;

/// <summary>A modal dialog: Esc, the backdrop and its close button close it, and focus returns to what opened it.</summary>
public sealed partial class Dialog : IAsyncDisposable
{
    private readonly string _titleId = $"dialog-{Guid.NewGuid():N}";
    private ElementReference _element;
    private BrowserModule? _module;
    private DotNetObjectReference<Dialog>? _self;
    private bool _shown;

    [Inject] private IJSRuntime Js { get; set; } = default!;

    [Parameter, EditorRequired] public string Title { get; set; } = "";

    [Parameter] public bool Open { get; set; }

    [Parameter] public EventCallback<bool> OpenChanged { get; set; }

    [Parameter] public bool Small { get; set; }

    [Parameter] public RenderFragment? ChildContent { get; set; }

    /// <summary>Buttons, the one that does it last.</summary>
    [Parameter] public RenderFragment? Foot { get; set; }

    /// <summary>Called by the browser when the dialog closed, whoever closed it.</summary>
    [JSInvokable]
    public async Task OnClosed()
    {
        _shown = false;
        if (Open)
        {
            await InvokeAsync(() => OpenChanged.InvokeAsync(false));
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Open == _shown)
        {
            return;
        }

        _shown = Open;
        _module ??= new BrowserModule(Js, "/js/dialogs.js");
        _self ??= DotNetObjectReference.Create(this);
        if (Open)
        {
            await _module.InvokeAsync("show", _element, _self);
        }
        else
        {
            await _module.InvokeAsync("close", _element);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _self?.Dispose();
        if (_module is not null)
        {
            await _module.DisposeAsync();
        }
    }
}
