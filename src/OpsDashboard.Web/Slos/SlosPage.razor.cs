using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Listing;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Slos;

/// <summary>All objectives with their clauses, by platform and service, and the figures no objective can watch.</summary>
public sealed partial class SlosPage
{
    private const string RestTab = "not-measurable";
    private static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(5);

    private IReadOnlyList<SloStatus> _all = [];
    private IReadOnlyList<UnwatchedFigure> _rest = [];
    private string? _typed;
    private bool _isLoading = true;

    [SupplyParameterFromQuery(Name = "platform")] public string? Platform { get; set; }

    [SupplyParameterFromQuery(Name = "service")] public string? Service { get; set; }

    [SupplyParameterFromQuery(Name = "q")] public string? Query { get; set; }

    [SupplyParameterFromQuery(Name = "tab")] public string? Tab { get; set; }

    [Inject] private NavigationManager Location { get; set; } = default!;

    private bool ShowsRest => Tab == RestTab;

    private string? Text => _typed ?? Query;

    private IReadOnlyList<SloStatus> Shown => [.. _all.Where(Fits)];

    private IReadOnlyList<LinkOption> Platforms =>
    [
        .. _all.CountBy(slo => slo.Platform).OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new LinkOption(pair.Key, Href(pair.Key, null, Text), Count: pair.Value)),
    ];

    private IReadOnlyList<LinkOption> Services =>
    [
        .. _all.Where(slo => Platform is null || slo.Platform == Platform).CountBy(slo => (slo.Platform, slo.Service)).OrderBy(pair => pair.Key)
            .Select(pair => new LinkOption(
                Platform is null ? $"{pair.Key.Platform} / {pair.Key.Service}" : pair.Key.Service,
                Href(pair.Key.Platform, pair.Key.Service, Text),
                Count: pair.Value)),
    ];

    protected override async Task OnInitializedAsync()
    {
        await ListenAsync([("dashboard", "operations"), ("catalog", "all")], FlushEvery, LoadAsync);
        await LoadAsync();
        var rest = await Send(new ListNotMeasurable());
        _rest = rest.Failure is null ? rest.Value : [];
        _isLoading = false;
    }

    private async Task LoadAsync()
    {
        var found = await Send(new ListSloStatuses());
        if (found.Failure is null)
        {
            // A list to look things up in: it keeps its order whatever the figures do.
            _all = [.. found.Value.OrderBy(slo => slo.Id, StringComparer.Ordinal)];
        }
    }

    private bool Fits(SloStatus slo) =>
        (Platform is null || slo.Platform == Platform)
        && (Service is null || slo.Service == Service)
        && (string.IsNullOrWhiteSpace(Text) || Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => Says(slo, word)));

    private static bool Says(SloStatus slo, string word) =>
        Contains(slo.Id, word) || Contains(slo.Name, word) || Contains(slo.Tier, word)
        || slo.Clauses.Any(clause => Contains(clause.Section, word) || Contains(clause.Quote, word));

    private static string Place(SloStatus slo) => $"{slo.Platform} / {slo.Service}{(slo.Tier is null ? "" : $" · {slo.Tier}")}";

    private static bool Contains(string? text, string word) => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;

    private void Filter(ChangeEventArgs change)
    {
        _typed = change.Value?.ToString();
        Location.NavigateTo(Href(Platform, Service, _typed), replace: true);
    }

    private static string Href(string? platform, string? service, string? text)
    {
        var parts = new (string Name, string? Value)[] { ("platform", platform), ("service", service), ("q", text) }
            .Where(part => !string.IsNullOrEmpty(part.Value))
            .Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}")
            .ToList();
        return parts.Count == 0 ? "/slos" : "/slos?" + string.Join('&', parts);
    }
}
