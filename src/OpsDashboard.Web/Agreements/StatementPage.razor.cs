using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Agreements.Statements;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Agreements;

/// <summary>One statement, with the way to each of its figures.</summary>
public sealed partial class StatementPage
{
    private Statement? _statement;
    private string? _fault;
    private bool _missing;

    [Parameter] public string Id { get; set; } = "";

    /// <summary>As 2026-11.</summary>
    [Parameter] public string Month { get; set; } = "";

    [SupplyParameterFromQuery] private int? Number { get; set; }

    [Inject] private IDispatcher Dispatcher { get; set; } = default!;

    private IReadOnlyList<Crumb> Crumbs => [new("Agreements", "/agreements"), new(_statement?.Customer ?? Id, AgreementWords.Href(Id)), new(Month, null)];

    private string Query => Number is > 0 ? $"?number={Number}" : "";

    private string Title => _statement is { } one ? $"{AgreementWords.Title(one.Kind, one.Number)}, {AgreementWords.Month(one.Month)}" : "Statement";

    protected override Task OnParametersSetAsync() => LoadAsync();

    private static string Say(Statement one)
    {
        if (one.Uptime is null)
        {
            return "Nothing was measured.";
        }

        var level = $"{Numbers.Availability(one.Uptime, one.Terms.Target)} of {Numbers.Target(one.Terms.Target)} promised: {AgreementWords.Credit(one.CreditPercent, one.CreditAmount, one.Terms.Currency)}.";
        return one.Ahead is { } ahead ? $"{level} {AgreementWords.Ahead(ahead, one.Terms.Currency)}." : level;
    }

    private async Task LoadAsync()
    {
        var outcome = await Dispatcher.Send(new GetStatement(Id, Month, Number), CancellationToken.None);
        _missing = outcome.Failure?.Kind is FailureKind.NotFound or FailureKind.Invalid;
        _fault = outcome.Failure?.Message;
        _statement = outcome.Succeeded ? outcome.Value : null;
    }
}
