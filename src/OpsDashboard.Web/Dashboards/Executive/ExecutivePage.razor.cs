using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Dashboards.Executive;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Months;

namespace OpsDashboard.Web.Dashboards.Executive;

/// <summary>The chosen month and the twelve before it. Month and scope stand in the URL.</summary>
public sealed partial class ExecutivePage
{
    // A month moves slowly; its page need not follow every sample.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private ExecutiveMonth? _month;
    private YearMonth _current;
    private string? _fault;

    [SupplyParameterFromQuery(Name = "month")] public string? MonthText { get; set; }

    [SupplyParameterFromQuery] public string? Platform { get; set; }

    [SupplyParameterFromQuery] public string? Service { get; set; }

    /// <summary>present: large, slide by slide.</summary>
    [SupplyParameterFromQuery] public string? View { get; set; }

    [Inject] private NavigationManager Location { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    private YearMonth Shown => YearMonth.TryParse(MonthText, out var month) ? month : _current;

    private string Title => Shown.Start.ToString("MMMM yyyy", System.Globalization.CultureInfo.GetCultureInfo("en-GB"));

    protected override async Task OnParametersSetAsync()
    {
        _current = YearMonth.Of(Time.GetUtcNow());
        await LoadAsync();
    }

    protected override Task OnInitializedAsync() => ListenAsync([("dashboard", "executive"), ("dashboard", "operations")], Interval, LoadAsync);

    private async Task LoadAsync()
    {
        var outcome = await Send(new GetExecutiveMonth(MonthText, Platform, Service));
        _fault = outcome.Failure?.Message;
        _month = outcome.Succeeded ? outcome.Value : null;
    }

    private string MonthHref(YearMonth month) => Href(month, Platform, Service);

    private static string CellHref(ComplianceLine row, YearMonth month) =>
        Href(month, row.Service is null ? row.Platform : null, row.Service is null ? null : $"{row.Platform}/{row.Service}");

    private static string Href(YearMonth month, string? platform, string? service)
    {
        var query = $"/executive?month={month}";
        query += platform is null ? "" : $"&platform={Uri.EscapeDataString(platform)}";
        return query + (service is null ? "" : $"&service={Uri.EscapeDataString(service)}");
    }
}
