using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Dashboards.Executive;
using OpsDashboard.Application.Dashboards.Reports;
using OpsDashboard.Application.Kpis.Entry;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Application.Tests.Kpis;
using OpsDashboard.Application.Tests.Platform.Documents;
using OpsDashboard.Domain.Kpis;

namespace OpsDashboard.Application.Tests.Dashboards;

public sealed class BoardReportTests
{
    /// <summary>Saturday; October's report was due on Monday the 2nd of November, 09:00.</summary>
    private static readonly DateTimeOffset Halloween = new(2026, 10, 31, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2026, 10, "2026-11-02")]
    [InlineData(2026, 11, "2026-12-01")]
    [InlineData(2026, 1, "2026-02-02")]
    [InlineData(2028, 2, "2028-03-01")]
    [InlineData(2026, 12, "2027-01-01")]
    public void Report_OfAMonth_IsDueOnTheFirstBusinessDayAfterIt(int year, int month, string day) =>
        Assert.Equal(day + " 09:00", ReportMaker.DueAt(new YearMonth(year, month)).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public async Task Report_Due_IsMadeOnceKeptAndTold()
    {
        await using var stage = await KpiStage.SetAsync(Halloween);
        await TellAsync(stage);
        await stage.DoAsync(new SubscribeToReports("Board office", "Board@Example.org"));
        Assert.Equal(FailureKind.Conflict, (await stage.SendAsync(new SubscribeToReports("Again", "board@example.org"))).Failure!.Kind);
        Assert.Equal("email.address", (await stage.SendAsync(new SubscribeToReports("Nobody", "nobody"))).Failure!.Faults[0].Rule);

        var maker = stage.App.Services.GetRequiredService<ReportMaker>();
        while (await maker.MakeDueAsync(Token) is { } past)
        {
            Assert.True(past < new YearMonth(2026, 10));
        }

        Assert.DoesNotContain((await stage.DoAsync(new ListReports())).Reports, report => report.Month == "2026-10");
        stage.Clock.StepTo(new DateTimeOffset(2026, 11, 2, 9, 1, 0, TimeSpan.Zero));
        Assert.Equal(new YearMonth(2026, 10), await maker.MakeDueAsync(Token));
        Assert.Null(await maker.MakeDueAsync(Token));

        var shelf = await stage.DoAsync(new ListReports());
        Assert.Equal(("2026-10", 1, "system"), (shelf.Reports[0].Month, shelf.Reports[0].Number, shelf.Reports[0].Author));
        Assert.Equal("2026-11", shelf.Next);
        var file = await stage.DoAsync(new GetReport("2026-10"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file.Pdf)), file.Report.Fingerprint);

        // Only what is news goes out: not the reports of months long past.
        var mails = await stage.StoreAsync(db => db.Set<OutboxRow>().Select(row => new { row.Subject, row.Text }).ToListAsync());
        var mail = Assert.Single(mails);
        Assert.Equal("Board report October 2026", mail.Subject);
        Assert.Contains("/reports/2026-10.pdf", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edition_MadeLater_LeavesTheFirstAsItWas()
    {
        await using var stage = await KpiStage.SetAsync();
        await TellAsync(stage);
        var first = await stage.DoAsync(new MakeReport("2026-10"));
        await stage.DoAsync(new RecordMeasurements { KpiId = "mlops-models-in-production", Measurements = [new("2026-10", 61, "Counted again")] });
        var second = await stage.DoAsync(new MakeReport("2026-10"), "Head of ML platform");

        Assert.Equal((1, 2), (first.Number, second.Number));
        Assert.Equal(first.Fingerprint, Convert.ToHexStringLower(SHA256.HashData((await stage.DoAsync(new GetReport("2026-10", 1))).Pdf)));
        Assert.NotEqual(first.Fingerprint, second.Fingerprint);
        var text = string.Concat(await Poppler.PagesAsync((await stage.DoAsync(new GetReport("2026-10"))).Pdf, Token));
        Assert.Contains("Head of ML platform", text, StringComparison.Ordinal);
        Assert.Contains("edition 2", text, StringComparison.Ordinal);
        Assert.Equal("month.over", (await stage.SendAsync(new MakeReport("2026-11"))).Failure!.Faults[0].Rule);
        Assert.Equal(FailureKind.NotFound, (await stage.SendAsync(new GetReport("2026-09"))).Failure!.Kind);
    }

    [Fact]
    public async Task Reports_OfADemoThatEnded_AreGone()
    {
        await using var stage = await KpiStage.SetAsync();
        await TellAsync(stage);
        await stage.DoAsync(new MakeReport("2026-10"));
        await using var scope = stage.App.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<MediatR.IMediator>().Publish(new OpsDashboard.Application.Demo.DemoEnded(0), Token);

        Assert.Empty((await stage.DoAsync(new ListReports())).Reports);
    }

    [Fact]
    public async Task Report_ReadBack_TellsWhatWasToldAndWhatIsMissing()
    {
        await using var stage = await KpiStage.SetAsync();
        await TellAsync(stage);
        await stage.DoAsync(new MakeReport("2026-10"));
        var pages = await Poppler.PagesAsync((await stage.DoAsync(new GetReport("2026-10"))).Pdf, Token);
        var text = string.Concat(pages);

        Assert.Contains("Board report", pages[0], StringComparison.Ordinal);
        Assert.Contains("October 2026", pages[0], StringComparison.Ordinal);
        Assert.Contains("Page 1 of", pages[0], StringComparison.Ordinal);
        Assert.Contains("Models in production", text, StringComparison.Ordinal);
        Assert.Contains("“Models deployed: 50+ in production”", text.ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("No value was handed in: Dashboard usage.", System.Text.RegularExpressions.Regex.Replace(text, @"\s+", " "), StringComparison.Ordinal);
        Assert.Contains("No incident was detected in the month.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Executive_Month_HasFourBlocksWithChangesAndNothingInvented()
    {
        await using var stage = await KpiStage.SetAsync();
        await TellAsync(stage);
        var october = await stage.DoAsync(new GetExecutiveMonth("2026-10"));

        Assert.Equal(["High-level KPIs", "Strategic metrics", "Risk indicators", "Investment tracking"], october.Blocks.Select(block => block.Title));
        var savings = october.Blocks[0].Figures.Single(figure => figure.Name == "Annual cost savings");
        Assert.Equal((2_100_000m, 2_000_000m, 1_000_000m, KpiState.OnTarget), (savings.Value, savings.Before, savings.YearBefore, savings.State));
        Assert.Equal(13, savings.Points.Count);
        Assert.Equal("/kpis/mlops-cost-savings", savings.Href);
        // Nothing is said of the hundred others but that they have none.
        Assert.Equal((107, 0, 1), (october.Kpis.All, october.Kpis.AtRisk, october.Kpis.Missing));
        Assert.Contains("Of 3 KPIs with values 1 met the target, 0 came close, 1 missed it", october.Summary.Replace("meet", "met", StringComparison.Ordinal).Replace("come", "came", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("No value was handed in: Dashboard usage.", october.Summary, StringComparison.Ordinal);
        Assert.Contains("104 KPIs have no value at all yet.", october.Summary, StringComparison.Ordinal);

        // The month that runs still waits for its values, which is no fault of anybody.
        var november = await stage.DoAsync(new GetExecutiveMonth("2026-11"));
        Assert.Equal(0, november.Kpis.Missing);
    }

    [Fact]
    public async Task Report_OfPlatformsBeyondOnesReach_IsRefused()
    {
        await using var stage = await KpiStage.SetAsync();
        await TellAsync(stage);
        await stage.DoAsync(new MakeReport("2026-10"));
        await using var scope = stage.App.Services.CreateAsyncScope();
        var caller = Caller.InRoles("Executive", [new RoleGrant(Role.Executive, Scope.Of(["agent-mesh"]))], Scope.Everything);
        scope.ServiceProvider.GetRequiredService<CallerContext>().Current = caller;
        var dispatcher = scope.ServiceProvider.GetRequiredService<IDispatcher>();

        Assert.Equal(FailureKind.Forbidden, (await dispatcher.Send(new GetReport("2026-10"), Token)).Failure!.Kind);
        Assert.Equal(FailureKind.NotFound, (await dispatcher.Send(new OpsDashboard.Application.Kpis.GetKpi("mlops-nps"), Token)).Failure!.Kind);
        Assert.All((await dispatcher.Send(new OpsDashboard.Application.Kpis.ListKpis(), Token)).Value, kpi => Assert.Equal("agent-mesh", kpi.Platform));
    }

    /// <summary>Savings that met their target, models that missed it in October, a month of dashboard usage nobody told.</summary>
    private static async Task TellAsync(KpiStage stage)
    {
        await stage.TellAsync("mlops-cost-savings", ("2025-10", 1_000_000), ("2026-09", 2_000_000), ("2026-10", 2_100_000));
        await stage.TellAsync("mlops-models-in-production", ("2026-09", 38), ("2026-10", 41));
        await stage.TellAsync("mlops-dashboard-usage", ("2026-09", 0.91m));
    }
}
