using Microsoft.EntityFrameworkCore;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Slos.Maintenance;
using OpsDashboard.Application.StatusPages;
using OpsDashboard.Application.StatusPages.Components;
using OpsDashboard.Application.StatusPages.Store;
using OpsDashboard.Domain.StatusPages;

namespace OpsDashboard.Application.Tests.StatusPages;

public sealed class StatusSiteTests
{
    [Fact]
    public async Task Component_OfAnIncidentThatIsOver_KnowsItsStateBeforeDuringAndAfter()
    {
        await using var stage = await StatusStage.SetAsync();
        var began = StatusStage.Now.AddMinutes(-10);
        var id = await stage.PublishAsync(startedAt: began);
        stage.Pass(TimeSpan.FromHours(1));
        var over = StatusStage.Now.AddHours(1);
        await stage.PostAsync(id, PublicStatus.Resolved, "All requests are answered again.");
        stage.Pass(TimeSpan.FromHours(1));

        var component = await stage.ComponentAsync();

        Assert.Equal(
            [ComponentState.Operational, ComponentState.MajorOutage, ComponentState.MajorOutage, ComponentState.Operational],
            new[] { began.AddMilliseconds(-1), began, over.AddMilliseconds(-1), over }.Select(component.StateAt));
    }

    [Fact]
    public async Task Site_AfterTheFirstStep_ShowsShippedServicesAndNotTheProductItself()
    {
        await using var stage = await StatusStage.SetAsync();

        var site = await stage.SiteAsync();

        Assert.Equal(["agent-mesh", "mlops"], site.Platforms.Select(platform => platform.Id).Order());
        Assert.All(site.Components, component => Assert.Equal(ComponentState.Operational, component.State));
        Assert.All(site.Components, component => Assert.Matches("^[a-z0-9]{12}$", component.Id));
        Assert.Equal(site.Components.Count, site.Components.Select(component => component.Id).Distinct().Count());
        Assert.Equal(site.Page("mlops")!.Components.Count, site.Components.Count(component => component.Platform == "mlops"));
        Assert.Null(site.Page("opsdashboard"));
    }

    [Fact]
    public async Task Uptime_WithoutMeasurements_IsNoFigureAtAll()
    {
        await using var stage = await StatusStage.SetAsync();

        Assert.All((await stage.SiteAsync()).Components, component => Assert.Null(component.Uptime?.Ratio));
    }

    [Fact]
    public async Task Days_BeforeTheComponentCame_HaveNoRecord()
    {
        await using var stage = await StatusStage.SetAsync();

        var days = (await stage.ComponentAsync()).Days;

        Assert.Equal(StatusSite.Days, days.Count);
        Assert.All(days.SkipLast(1), Assert.Null);
        Assert.Equal(ComponentState.Operational, days[^1]!.Worst);
    }

    [Fact]
    public async Task Incident_Published_TakesItsServiceDownUntilTheLastWord()
    {
        await using var stage = await StatusStage.SetAsync();
        var id = await stage.PublishAsync(ServiceImpact.PartialOutage);

        Assert.Equal(ComponentState.PartialOutage, (await stage.ComponentAsync()).State);
        Assert.Equal(ComponentState.Operational, (await stage.ComponentAsync("mlops/feature-store")).State);
        Assert.Equal("Requests fail", (await stage.SiteAsync()).Page("mlops")!.Unresolved.Single().Title);
        Assert.Empty((await stage.SiteAsync()).Page("agent-mesh")!.Incidents);

        stage.Pass(TimeSpan.FromMinutes(42));
        await stage.PostAsync(id, PublicStatus.Resolved, "All requests are answered again.");

        var after = await stage.ComponentAsync();
        Assert.Equal(ComponentState.Operational, after.State);
        Assert.Equal((ComponentState.PartialOutage, 42 * 60), (after.Days[^1]!.Worst, after.Days[^1]!.PartialSeconds));
        Assert.Empty((await stage.SiteAsync()).Page("mlops")!.Unresolved);
    }

    [Fact]
    public async Task Incident_NotPublished_IsNotShown()
    {
        await using var stage = await StatusStage.SetAsync();

        await stage.DoneAsync(new OpenIncident { Title = "Secret", Platform = "mlops", Severity = "P0", Services = ["model-serving-api"] });

        Assert.Empty((await stage.SiteAsync()).Incidents);
        Assert.Equal(ComponentState.Operational, (await stage.ComponentAsync()).State);
    }

    [Fact]
    public async Task History_OfAnIncidentToldLate_CountsFromItsBeginningOnTheDaysItTouched()
    {
        await using var stage = await StatusStage.SetAsync();
        await stage.ChangeAsync(db => db.Set<ComponentRow>().ExecuteUpdateAsync(set => set.SetProperty(row => row.SinceMs, StatusStage.Now.AddDays(-30).ToUnixTimeMilliseconds())));
        await stage.StepAsync();

        // 8 hours before midnight of the day before, told today.
        var id = await stage.PublishAsync(startedAt: new DateTimeOffset(2026, 11, 16, 16, 0, 0, TimeSpan.Zero));
        await stage.PostAsync(id, PublicStatus.Resolved, "Over.");
        stage.Pass(TimeSpan.FromDays(1));
        await stage.StepAsync();

        var days = (await stage.ComponentAsync()).Days.OfType<ComponentDay>().ToDictionary(day => day.Day);
        Assert.Equal(8 * 3600, days[new(2026, 11, 16)].MajorSeconds);
        Assert.Equal(24 * 3600, days[new(2026, 11, 17)].MajorSeconds);
        Assert.Equal(10 * 3600, days[new(2026, 11, 18)].MajorSeconds);
        Assert.Equal(ComponentState.Operational, days[new(2026, 11, 19)].Worst);
    }

    [Fact]
    public async Task History_AfterTheComponentMovedToAnotherService_StaysAsItWas()
    {
        await using var stage = await StatusStage.SetAsync();
        var id = await stage.PublishAsync();
        stage.Pass(TimeSpan.FromHours(1));
        await stage.PostAsync(id, PublicStatus.Resolved, "Over.");
        await stage.StepAsync();
        stage.Pass(TimeSpan.FromDays(5));
        await stage.StepAsync();
        var component = (await stage.DoneAsync(new GetStatusSetup())).Components.Single(one => one.Service == StatusStage.Serving);

        await stage.DoneAsync(new SaveComponent { Id = component.Id, Platform = component.Platform, Name = "Model API", Service = "mlops/feature-store", Shown = true });
        stage.Pass(TimeSpan.FromMinutes(5));
        await stage.StepAsync();

        var moved = (await stage.SiteAsync()).Components.Single(one => one.Name == "Model API");
        Assert.Equal(3600, moved.Days.OfType<ComponentDay>().Single(day => day.Day == new DateOnly(2026, 11, 18)).MajorSeconds);
    }

    [Fact]
    public async Task Maintenance_AsTimePasses_IsScheduledThenInProgressThenVerifyingThenCompleted()
    {
        await using var stage = await StatusStage.SetAsync();
        var window = await stage.DoneAsync(new PlanMaintenance { Platform = "mlops", Start = StatusStage.Now.AddDays(4), End = StatusStage.Now.AddDays(4).AddHours(2), Reason = "New disks" });

        await IsAsync(StatusMaintenanceState.Scheduled, ComponentState.Operational);
        Assert.Equal(StatusStage.Now.AddDays(1).UtcDateTime.Date, (await stage.SiteAsync()).ChangesAt.UtcDateTime);

        stage.Pass(TimeSpan.FromDays(4));
        await IsAsync(StatusMaintenanceState.InProgress, ComponentState.UnderMaintenance);
        Assert.Equal(window.End, (await stage.SiteAsync()).ChangesAt);

        await stage.DoneAsync(new FinishMaintenance(window.Id, MaintenanceFinish.Verifying));
        await IsAsync(StatusMaintenanceState.Verifying, ComponentState.UnderMaintenance);

        stage.Pass(TimeSpan.FromHours(1));
        await stage.DoneAsync(new FinishMaintenance(window.Id, MaintenanceFinish.Completed));
        await IsAsync(StatusMaintenanceState.Completed, ComponentState.Operational);

        async Task IsAsync(StatusMaintenanceState state, ComponentState component)
        {
            Assert.Equal(state, (await stage.SiteAsync()).Maintenance.Single().State);
            Assert.Equal(component, (await stage.ComponentAsync()).State);
        }
    }

    [Fact]
    public async Task Override_SetAndTakenBack_CountsMeanwhileAndStaysInTheRecord()
    {
        await using var stage = await StatusStage.SetAsync();
        var component = (await stage.DoneAsync(new GetStatusSetup())).Components.Single(one => one.Service == StatusStage.Serving);

        var unexplained = await stage.SendAsync(new OverrideComponent { Id = component.Id, State = ComponentState.MajorOutage });
        Assert.Equal("reason.required", unexplained.Failure!.Faults.Single().Rule);

        await stage.DoneAsync(new OverrideComponent { Id = component.Id, State = ComponentState.DegradedPerformance, Reason = "Customers report timeouts" });
        Assert.Equal(ComponentState.DegradedPerformance, (await stage.ComponentAsync()).State);

        stage.Pass(TimeSpan.FromMinutes(10));
        await stage.DoneAsync(new OverrideComponent { Id = component.Id });

        var after = await stage.ComponentAsync();
        Assert.Equal((ComponentState.Operational, 600), (after.State, after.Days[^1]!.DegradedSeconds));
    }

    [Fact]
    public async Task Weights_Changed_AreThoseOfThePage()
    {
        await using var stage = await StatusStage.SetAsync();

        Assert.Equal(new OutageWeights(0, 30, 100), (await stage.SiteAsync()).Weights);
        await stage.DoneAsync(new WeighOutages(10, 50, 100));
        Assert.Equal(new OutageWeights(10, 50, 100), (await stage.SiteAsync()).Weights);

        var refused = await stage.SendAsync(new WeighOutages(60, 50, 101));
        Assert.Equal(["/majorPercent", "/partialPercent"], refused.Failure!.Faults.Select(fault => fault.Pointer).Order());
    }

    [Fact]
    public async Task Component_HiddenAndMoved_IsNotOnThePageAndInItsNewPlace()
    {
        await using var stage = await StatusStage.SetAsync();
        var before = (await stage.SiteAsync()).Page("mlops")!.Components.Select(component => component.Name).ToList();
        var setup = (await stage.DoneAsync(new GetStatusSetup())).Components.Where(component => component.Platform == "mlops").ToList();

        await stage.DoneAsync(new MoveComponent(setup[1].Id, Up: true));
        await stage.DoneAsync(new SaveComponent { Id = setup[2].Id, Platform = "mlops", Name = setup[2].Name, Service = setup[2].Service, Shown = false });

        Assert.Equal([before[1], before[0], .. before.Skip(3)], (await stage.SiteAsync()).Page("mlops")!.Components.Select(component => component.Name));
    }
}
