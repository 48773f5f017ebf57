using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Agreements;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Application.Slos.Status;
using OpsDashboard.Domain;
using OpsDashboard.Domain.Agreements;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Web.Ui.Forms;

namespace OpsDashboard.Web.Agreements;

/// <summary>A new agreement, or new terms for one.</summary>
public sealed partial class AgreementEditPage
{
    private const string Form = "agreement";
    private const string SlosAt = "/terms/slos";
    private const string CreditsAt = "/terms/credits";
    private const string ExclusionsAt = "/terms/exclusions";

    private AgreementDetail? _detail;
    private AgreementDraft? _draft;
    private IReadOnlyList<CustomerSummary> _customers = [];
    private IReadOnlyList<string> _slos = [];
    private FieldFaults _faults = FieldFaults.None;
    private string _customer = "";
    private string _name = "";
    private string _from = "";
    private string _reason = "";
    private bool _missing;
    private bool _dirty;
    private bool _busy;

    /// <summary>Null: a new agreement.</summary>
    [Parameter] public string? Id { get; set; }

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    [Inject] private NavigationManager Location { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    private static IReadOnlyList<(string Value, string Word)> Modes { get; } =
        [(nameof(ExclusionMode.Removed), "left out of the count"), (nameof(ExclusionMode.CountedAsUp), "counted as up")];

    private static IReadOnlyList<(string Value, string Word)> Measures { get; } = [.. Enum.GetValues<AgreementMeasure>().Select(measure => (measure.ToString(), AgreementWords.Measure(measure)))];

    private bool IsNew => Id is null;

    private IReadOnlyList<(string Value, string Word)> Customers => [.. _customers.Select(customer => (customer.Id, customer.Name))];

    private IReadOnlyList<(string Value, string Word)> Unbound => [.. _slos.Where(slo => !_draft!.Slos.Contains(slo)).Select(slo => (slo, slo))];

    protected override async Task OnInitializedAsync()
    {
        var customers = await Dispatcher.Send(new ListCustomers(), CancellationToken.None);
        _customers = customers.Succeeded ? customers.Value : [];
        var statuses = await Dispatcher.Send(new ListSloStatuses(), CancellationToken.None);
        _slos = statuses.Succeeded ? [.. statuses.Value.Where(status => status.BudgetingMethod == BudgetingMethod.Timeslices).Select(status => status.Id).Order(StringComparer.Ordinal)] : [];
        var month = YearMonth.Of(Clock.GetUtcNow());
        if (Id is null)
        {
            _from = Day(month);
            _draft = new AgreementDraft { Forgives = true };
            return;
        }

        var detail = await Dispatcher.Send(new GetAgreement(Id), CancellationToken.None);
        _missing = !detail.Succeeded;
        if (detail.Succeeded)
        {
            _detail = detail.Value;
            _from = Day(month.Plus(1));
            _draft = AgreementDraft.Of(_detail.Versions[0].Terms);
        }
    }

    private static string Field(string pointer) => FieldFaults.IdOf(Form, pointer);

    private static string Day(YearMonth month) => month.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private void Set(Action change, string pointer)
    {
        change();
        _dirty = true;
        _faults = _faults.Without(pointer);
    }

    private void Take(AgreementTemplate template)
    {
        var fee = _draft!.Fee;
        _draft = AgreementDraft.Of(template.Terms);
        _draft.Fee = fee.Length > 0 ? fee : _draft.Fee;
        _name = _name.Length > 0 ? _name : $"{template.Terms.Tier} agreement";
        (_faults, _dirty) = (FieldFaults.None, true);
    }

    private void Bind(string slo)
    {
        if (slo.Length > 0)
        {
            Set(() => _draft!.Slos.Add(slo), SlosAt);
        }
    }

    private async Task SaveAsync()
    {
        var faults = new List<Fault>();
        var terms = _draft!.Read(faults);
        _faults = FieldFaults.Of(faults);
        if (terms is null || _busy)
        {
            return;
        }

        _busy = true;
        var outcome = Id is null
            ? await Dispatcher.Send(new SignAgreement { CustomerId = _customer, Name = _name, EffectiveFrom = _from, Terms = terms }, CancellationToken.None)
            : await Dispatcher.Send(new ReviseAgreement { Id = Id, ExpectedVersion = _detail!.Agreement.Version, EffectiveFrom = _from, Terms = terms, Reason = _reason }, CancellationToken.None);
        _busy = false;
        _faults = FieldFaults.Of(outcome.Failure);
        if (outcome.Succeeded)
        {
            _dirty = false;
            StateHasChanged();
            Location.NavigateTo(AgreementWords.Href(outcome.Value.Id));
        }
    }
}
