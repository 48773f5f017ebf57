using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Overview;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Catalog;

/// <summary>What is defined, one platform at a time. The platform stands in the URL.</summary>
public sealed partial class CatalogPage
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private CatalogOverview? _catalog;
    private string? _fault;

    [SupplyParameterFromQuery] public string? Platform { get; set; }

    private RenderFragment Answer => builder => builder.AddContent(0, _catalog is { } catalog
        ? $"{Count(catalog.Platforms.Sum(platform => platform.Slos), "objective")} over {Count(catalog.Platforms.Sum(platform => platform.Slis), "indicator")} "
            + $"of {Count(catalog.Platforms.Sum(platform => platform.Services), "service")}; {Count(catalog.Catalogs.Sum(one => one.NotMeasurable.Count), "figure")} of the contracts cannot be measured."
        : "Reading the catalog.");

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override Task OnInitializedAsync() => ListenAsync([("catalog", "all")], Interval, LoadAsync);

    internal static string Count(long count, string noun) => $"{Numbers.Count(count)} {noun}{(count == 1 ? "" : "s")}";

    private async Task LoadAsync()
    {
        var outcome = await Send(new GetCatalog(Platform));
        _fault = outcome.Failure?.Message;
        _catalog = outcome.Succeeded ? outcome.Value : null;
    }

    private LinkOption ToOption(CatalogPlatform platform) =>
        new(platform.Name, $"/catalog?platform={Uri.EscapeDataString(platform.Name)}", platform.Name == _catalog?.Platform, platform.Slos);
}
