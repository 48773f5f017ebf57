using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Kpis;
using OpsDashboard.Domain.Kpis;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Kpis;

/// <summary>All KPIs with how they stand; what is filtered by stands in the URL.</summary>
public sealed partial class KpisPage
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private IReadOnlyList<KpiSummary>? _all;
    private bool _failed;
    private bool _defining;
    private string? _typed;

    [SupplyParameterFromQuery] public string? Platform { get; set; }

    [SupplyParameterFromQuery] public string? Owner { get; set; }

    [SupplyParameterFromQuery] public string? State { get; set; }

    [SupplyParameterFromQuery(Name = "q")] public string? Text { get; set; }

    [Inject] private NavigationManager Location { get; set; } = default!;

    private string? Query => _typed ?? Text;

    private KpiState? Wanted => Enum.TryParse<KpiState>(State, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : null;

    private IReadOnlyList<KpiSummary> Scoped => [.. (_all ?? []).Where(kpi => (Platform is null || kpi.Platform == Platform) && (Owner is null || kpi.Owner == Owner))];

    private IReadOnlyList<KpiSummary> Shown => [.. Scoped.Where(kpi => (Wanted is null || kpi.State == Wanted) && Says(kpi))];

    private IReadOnlyList<LinkOption> Platforms => Options(kpi => kpi.Platform, value => Href(value, Owner, State, Query));

    private IReadOnlyList<LinkOption> Owners => Options(kpi => kpi.Owner, value => Href(Platform, value, State, Query));

    private IReadOnlyList<LinkOption> States =>
    [
        .. Scoped.CountBy(kpi => kpi.State).OrderBy(pair => pair.Key).Select(pair => new LinkOption(KpiText.State(pair.Key), Href(Platform, Owner, Word(pair.Key), Query), Count: pair.Value)),
    ];

    private RenderFragment Answer => builder => builder.AddContent(0, Say());

    protected override Task OnInitializedAsync() => ListenAsync([("kpis", "all")], Interval, LoadAsync);

    protected override Task OnParametersSetAsync() => _all is null ? LoadAsync() : Task.CompletedTask;

    private static string Word(KpiState state) => char.ToLowerInvariant(state.ToString()[0]) + state.ToString()[1..];

    private IReadOnlyList<LinkOption> Options(Func<KpiSummary, string> by, Func<string, string> href) =>
        [.. (_all ?? []).CountBy(by).OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).Select(pair => new LinkOption(pair.Key, href(pair.Key), Count: pair.Value))];

    private string Say()
    {
        if (_all is null)
        {
            return "Reading the KPIs.";
        }

        var counts = Scoped.CountBy(kpi => kpi.State).ToDictionary();
        var parts = Enum.GetValues<KpiState>().Where(counts.ContainsKey).Select(state => $"{counts[state]} {KpiText.State(state).ToLowerInvariant()}");
        return $"{Scoped.Count} KPIs: {string.Join(", ", parts)}.";
    }

    private bool Says(KpiSummary kpi) => string.IsNullOrWhiteSpace(Query) || Query.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .All(word => Contains(kpi.Name, word) || Contains(kpi.Group, word) || Contains(kpi.Owner, word) || Contains(kpi.Id, word));

    private static bool Contains(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    private async Task LoadAsync()
    {
        var outcome = await Send(new ListKpis());
        _failed = !outcome.Succeeded;
        _all = outcome.Succeeded ? outcome.Value : _all;
    }

    private void Defined(string id)
    {
        _defining = false;
        Location.NavigateTo(KpiStates.Href(id));
    }

    private void Filter(ChangeEventArgs change)
    {
        _typed = change.Value?.ToString();
        Location.NavigateTo(Href(Platform, Owner, State, _typed), replace: true);
    }

    private static string Href(string? platform, string? owner, string? state, string? text)
    {
        var parts = new (string Name, string? Value)[] { ("platform", platform), ("owner", owner), ("state", state), ("q", text) }
            .Where(part => !string.IsNullOrEmpty(part.Value))
            .Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}")
            .ToList();
        return parts.Count == 0 ? "/kpis" : "/kpis?" + string.Join('&', parts);
    }
}
