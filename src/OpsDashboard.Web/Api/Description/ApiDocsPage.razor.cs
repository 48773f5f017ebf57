using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Api.Description;

/// <summary>Shows the API to who writes against it, and lets them try it with their own key, which never leaves their browser but to the API.</summary>
public sealed partial class ApiDocsPage : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private IReadOnlyList<ApiGroup>? _groups;
    private ApiGroup? _group;
    private BrowserModule? _module;

    [Parameter] public string? Group { get; set; }

    [Inject] private ApiBook Book { get; set; } = default!;

    [Inject] private IJSRuntime Js { get; set; } = default!;

    private IReadOnlyList<Crumb>? Crumbs => _group is null ? null : [new Crumb("API", "/api-docs")];

    private RenderFragment Answer => builder => builder.AddContent(0, (_groups, _group) switch
    {
        (null, _) => "Reading the document.",
        (_, { } group) => group.Calls.Count == 1 ? "1 call." : $"{group.Calls.Count} calls.",
        _ => $"{_groups.Sum(group => group.Calls.Count)} calls in {_groups.Count} parts.",
    });

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_module is not null)
        {
            await _module.DisposeAsync();
        }

        _closing.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        _groups ??= await Book.ReadAsync(_closing.Token);
        _group = _groups.FirstOrDefault(group => group.Name == Group);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = new BrowserModule(Js, "/js/api-try.js");
            await _module.InvokeAsync("init");
        }
    }
}
