using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Dashboards.ContractCheck;
using OpsDashboard.Domain.Contracts;

namespace OpsDashboard.Web.Dashboards.ContractCheck;

/// <summary>Which figures of the contracts do not fit each other, and why. The platform stands in the URL.</summary>
public sealed partial class ContractCheckPage
{
    private static readonly (string, string)[] Subjects = [("catalog", "all"), ("agreements", "all"), ("alerts", "all")];

    private ContractCheckReport? _report;
    private string? _fault;

    [SupplyParameterFromQuery] public string? Platform { get; set; }

    private string Answer
    {
        get
        {
            if (_report is not { } report)
            {
                return "Setting the figures against each other.";
            }

            var contradictions = report.Findings.Count(finding => finding.Kind == FindingKind.Contradiction);
            var differences = report.Findings.Count - contradictions;
            return $"<strong>{(contradictions == 1 ? "1 contradiction" : $"{contradictions} contradictions")}</strong> and {(differences == 1 ? "1 difference" : $"{differences} differences")} among {report.Compared} figures.";
        }
    }

    protected override Task OnInitializedAsync() => ListenAsync(Subjects, TimeSpan.FromSeconds(5), LoadAsync);

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var outcome = await Send(new GetContractCheck(Platform));
        _fault = outcome.Failure?.Message;
        _report = outcome.Succeeded ? outcome.Value : null;
    }
}
