using Microsoft.AspNetCore.Components;
using OpsDashboard.Application.Dashboards.Reports;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Web.Ui;

namespace OpsDashboard.Web.Dashboards.Reports;

/// <summary>The board reports that were made, and who is told of them.</summary>
public sealed partial class ReportsPage
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private ReportShelf? _shelf;
    private string? _fault;
    private string? _said;
    private bool _refused;
    private bool _making;
    private bool _subscribing;

    private RenderFragment Answer => builder => builder.AddContent(0, _shelf is { } shelf
        ? $"The report of {shelf.Next} is made on {Times.Utc(shelf.NextDueAt, TimeShape.Minute)}."
        : "Reading the reports.");

    protected override async Task OnInitializedAsync()
    {
        await ListenAsync([("reports", "all")], Interval, LoadAsync);
        await LoadAsync();
    }

    private static string File(ReportBrief report) => $"/reports/{report.Month}.pdf?number={report.Number}";

    private bool IsNewest(ReportBrief report) => _shelf!.Reports.First(one => one.Month == report.Month).Number == report.Number;

    private async Task LoadAsync()
    {
        var outcome = await Send(new ListReports());
        _fault = outcome.Failure?.Message;
        _shelf = outcome.Succeeded ? outcome.Value : _shelf;
    }

    private async Task MakeAsync(string month)
    {
        _making = true;
        var outcome = await Send(new MakeReport(month));
        _making = false;
        Tell(outcome.Failure, outcome.Succeeded ? $"Edition {outcome.Value.Number} of {month} is made; those before stay as they were." : "");
        await LoadAsync();
    }

    private async Task EndAsync(ReportSubscriber subscriber)
    {
        var outcome = await Send(new UnsubscribeFromReports(subscriber.Id));
        Tell(outcome.Failure, $"{subscriber.Name} is not told any more.");
        await LoadAsync();
    }

    private async Task SubscribedAsync()
    {
        _subscribing = false;
        await LoadAsync();
    }

    private void Tell(Failure? failure, string done) => (_refused, _said) = (failure is not null, failure?.Message ?? done);
}
