using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Slos.Maintenance;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Application.Tests.StatusPages;

namespace OpsDashboard.Application.Tests.Slos.Maintenance;

public sealed class MaintenanceSeriesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Series_Planned_WritesItsWindowsOfSixtyDaysAhead()
    {
        await using var stage = await StatusStage.SetAsync();

        var series = await PlanAsync(stage);

        var windows = await stage.DoneAsync(new ListMaintenance { Platform = "agent-mesh" });
        Assert.Equal(9, windows.Count);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 2, 0, 0, TimeSpan.Zero), windows[0].Start);
        Assert.Equal(TimeSpan.FromHours(4), windows[0].End - windows[0].Start);
        Assert.All(windows, window => Assert.Equal(series.Id, window.SeriesId));
        Assert.Equal(windows[0].Start, series.Next!.Value.Start);
    }

    [Fact]
    public async Task Notice_OfSeventyTwoHours_IsJudgedWindowByWindow()
    {
        await using var stage = await StatusStage.SetAsync();
        stage.Pass(TimeSpan.FromDays(2));
        await PlanAsync(stage);

        var windows = await stage.DoneAsync(new ListMaintenance { Platform = "agent-mesh" });

        // Planned on a Friday: the first Sunday is nearer than 72 hours, all others are not.
        Assert.Contains(windows[0].Verdicts, verdict => verdict.Objection == MaintenanceObjection.LateNotice);
        Assert.All(windows.Skip(1), window => Assert.DoesNotContain(window.Verdicts, verdict => verdict.Objection == MaintenanceObjection.LateNotice));
    }

    [Fact]
    public async Task Writing_AsTimePasses_AddsNewWindowsAndNeverACancelledOne()
    {
        await using var stage = await StatusStage.SetAsync();
        await PlanAsync(stage);
        var first = (await stage.DoneAsync(new ListMaintenance { Platform = "agent-mesh" }))[1];
        await stage.DoneAsync(new CancelMaintenance(first.Id));

        stage.Pass(TimeSpan.FromDays(7));
        await WriteAsync(stage);
        await WriteAsync(stage);

        var starts = (await stage.DoneAsync(new ListMaintenance { Platform = "agent-mesh" })).Select(window => window.Start).Order().ToList();
        Assert.Equal(9, starts.Count);
        Assert.DoesNotContain(first.Start, starts);
        Assert.Equal(starts.Count, starts.Distinct().Count());
        Assert.Equal(new DateTimeOffset(2027, 1, 24, 2, 0, 0, TimeSpan.Zero), starts[^1]);
    }

    [Fact]
    public async Task End_OfASeries_TakesBackWhatIsToComeAndKeepsWhatWas()
    {
        await using var stage = await StatusStage.SetAsync();
        var series = await PlanAsync(stage);
        stage.Pass(TimeSpan.FromDays(5));

        await stage.DoneAsync(new EndMaintenanceSeries(series.Id));
        await WriteAsync(stage);

        Assert.Equal(new DateTimeOffset(2026, 11, 22, 2, 0, 0, TimeSpan.Zero), Assert.Single(await stage.DoneAsync(new ListMaintenance { Platform = "agent-mesh" })).Start);
        Assert.Empty(await stage.DoneAsync(new ListMaintenanceSeries()));
        Assert.False((await stage.SendAsync(new EndMaintenanceSeries(series.Id))).Succeeded);
    }

    [Fact]
    public async Task Rule_WithFaults_IsRefusedFieldByField()
    {
        await using var stage = await StatusStage.SetAsync();

        var refused = await stage.SendAsync(new PlanMaintenanceSeries { Platform = "agent-mesh", Rule = SubscriptionTests.Sundays with { Days = [], Zone = "Nowhere", DurationMinutes = 0 }, Reason = " " });

        Assert.Equal(["/days", "/durationMinutes", "/reason", "/zone"], refused.Failure!.Faults.Select(fault => fault.Pointer).Order());
    }

    [Fact]
    public async Task MaintenanceNow_DuringAWindow_CoversItsServicesOnly()
    {
        await using var stage = await StatusStage.SetAsync();
        await PlanAsync(stage);
        var sunday = new DateTimeOffset(2026, 11, 22, 2, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

        await using var scope = stage.App.Services.CreateAsyncScope();
        var now = scope.ServiceProvider.GetRequiredService<MaintenanceNow>();

        Assert.False(await now.CoversAsync("agent-mesh", "platform", sunday - 1, Token));
        Assert.True(await now.CoversAsync("agent-mesh", "platform", sunday, Token));
        Assert.True(await now.CoversAsync("agent-mesh", null, sunday, Token));
        Assert.False(await now.CoversAsync("mlops", "platform", sunday, Token));
        Assert.False(await now.CoversAsync("agent-mesh", "platform", sunday + (4 * Instants.HourMs), Token));
    }

    [Fact]
    public async Task Finish_OfWorkThatIsNotUnderWay_IsRefused()
    {
        await using var stage = await StatusStage.SetAsync();
        await PlanAsync(stage);
        var first = (await stage.DoneAsync(new ListMaintenance { Platform = "agent-mesh" }))[0];

        Assert.False((await stage.SendAsync(new FinishMaintenance(first.Id, MaintenanceFinish.Completed))).Succeeded);
        stage.Pass(TimeSpan.FromDays(5));
        Assert.False((await stage.SendAsync(new FinishMaintenance(first.Id, MaintenanceFinish.Verifying))).Succeeded);
    }

    private static Task<MaintenanceSeries> PlanAsync(StatusStage stage) =>
        stage.DoneAsync(new PlanMaintenanceSeries { Platform = "agent-mesh", Rule = SubscriptionTests.Sundays, Reason = "Weekly maintenance" });

    private static async Task WriteAsync(StatusStage stage)
    {
        await using var scope = stage.App.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<MaintenanceWriter>().WriteAllAsync(stage.Clock.NowMs(), Token);
    }
}
