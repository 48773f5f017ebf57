using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Agreements;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Agreements;

/// <summary>One agreement: how the month stands, its statements, and its terms version by version.</summary>
public sealed partial class AgreementPage
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private AgreementDetail? _detail;
    private string? _fault;
    private bool _missing;

    [Parameter] public string Id { get; set; } = "";

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override Task OnInitializedAsync() => ListenAsync([("agreements", "all"), ("dashboard", "operations")], Interval, LoadAsync);

    private static string Say(AgreementSummary one) => one.Running switch
    {
        { Met: true } => $"The promise of {Numbers.Target(one.Terms.Target)} is kept this month so far.",
        { Met: false } => $"The promise of {Numbers.Target(one.Terms.Target)} is missed this month.",
        _ => "Nothing was measured this month yet.",
    };

    private async Task LoadAsync()
    {
        var outcome = await Send(new GetAgreement(Id));
        _missing = outcome.Failure?.Kind == FailureKind.NotFound;
        _fault = outcome.Failure?.Message;
        _detail = outcome.Succeeded ? outcome.Value : _detail;
    }
}
