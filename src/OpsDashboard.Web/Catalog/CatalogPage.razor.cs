using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Overview;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Catalog;

/// <summary>What is defined, one platform at a time. The platform stands in the URL.</summary>
public sealed partial class CatalogPage : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private CatalogOverview? _catalog;
    private string? _fault;
    private LiveSubscription? _live;

    [SupplyParameterFromQuery] public string? Platform { get; set; }

    [Inject] private IDispatcher Dispatcher { get; set; } = null!;

    [Inject] private LiveBus Bus { get; set; } = null!;

    private RenderFragment Answer => builder => builder.AddContent(0, _catalog is { } catalog
        ? $"{Count(catalog.Platforms.Sum(platform => platform.Slos), "objective")} over {Count(catalog.Platforms.Sum(platform => platform.Slis), "indicator")} "
            + $"of {Count(catalog.Platforms.Sum(platform => platform.Services), "service")}; {Count(catalog.Catalogs.Sum(one => one.NotMeasurable.Count), "figure")} of the contracts cannot be measured."
        : "Reading the catalog.");

    public async ValueTask DisposeAsync()
    {
        if (_live is not null)
        {
            await _live.DisposeAsync();
        }
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _live = Bus.Subscribe([("catalog", "all")], Interval, (_, _) => InvokeAsync(ReloadAsync));
        }
    }

    internal static string Count(long count, string noun) => $"{Numbers.Count(count)} {noun}{(count == 1 ? "" : "s")}";

    private async Task ReloadAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        var outcome = await Dispatcher.Send(new GetCatalog(Platform), CancellationToken.None);
        _fault = outcome.Failure?.Message;
        _catalog = outcome.Succeeded ? outcome.Value : null;
    }

    private LinkOption ToOption(CatalogPlatform platform) =>
        new(platform.Name, $"/catalog?platform={Uri.EscapeDataString(platform.Name)}", platform.Name == _catalog?.Platform, platform.Slos);
}
