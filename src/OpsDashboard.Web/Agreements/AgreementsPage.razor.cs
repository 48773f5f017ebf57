using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Agreements;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Agreements;

/// <summary>What was promised to whom, and what the month comes to so far.</summary>
public sealed partial class AgreementsPage
{
    // A running month moves by minutes.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private IReadOnlyList<AgreementSummary>? _agreements;
    private IReadOnlyList<CustomerSummary> _customers = [];
    private string _month = "";
    private bool _adding;
    private bool _failed;

    [SupplyParameterFromQuery] private string? Customer { get; set; }

    [Inject] private TimeProvider Clock { get; set; } = default!;

    private string? CustomerName => Customer is null ? null : _customers.FirstOrDefault(one => one.Id == Customer)?.Name ?? Customer;

    private RenderFragment Answer => builder => builder.AddContent(0, Say());

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override Task OnInitializedAsync() => ListenAsync([("agreements", "all"), ("dashboard", "operations")], Interval, LoadAsync);

    private static string Word(AgreementSummary one) => one.Running switch
    {
        null or { Met: null } => "No data",
        { CreditPercent: > 0 } => "Credit due",
        { Met: false } => "Missed",
        _ => "Kept",
    };

    private string Say()
    {
        if (_agreements is null)
        {
            return "Reading the agreements.";
        }

        var running = _agreements.Where(one => one.Running?.Met is not null).ToList();
        if (running.Count == 0)
        {
            return $"{(_agreements.Count == 1 ? "1 agreement" : $"{_agreements.Count} agreements")}; nothing was measured this month yet.";
        }

        var kept = running.Count(one => one.Running!.Met == true);
        var credits = running.Where(one => one.Running!.CreditAmount > 0)
            .GroupBy(one => one.Running!.Currency, StringComparer.Ordinal)
            .Select(group => Numbers.Money(group.Sum(one => one.Running!.CreditAmount), group.Key))
            .ToList();
        return $"{kept} of {running.Count} keep their promise this month. {(credits.Count == 0 ? "No credit is due so far." : $"Credits so far: {string.Join(", ", credits)}.")}";
    }

    private async Task LoadAsync()
    {
        var agreements = await Send(new ListAgreements(Customer));
        var customers = await Send(new ListCustomers());
        _failed = !agreements.Succeeded || !customers.Succeeded;
        if (!_failed)
        {
            _month = YearMonth.Of(Clock.GetUtcNow()).ToString();
            (_agreements, _customers) = (agreements.Value, customers.Value);
        }
    }

    private async Task AddedAsync()
    {
        _adding = false;
        await LoadAsync();
    }
}
