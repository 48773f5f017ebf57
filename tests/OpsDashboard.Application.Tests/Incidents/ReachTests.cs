using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Notifications.Pages;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Tests.Incidents;

/// <summary>A level nobody of which can be reached is passed at once.</summary>
public sealed class ReachTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Level_WhosePeopleHaveNoContact_PagesTheNextAtOnceAndSaysSo()
    {
        await using var stage = await IncidentStage.SetAsync(roster: false);
        await stage.HireAsync(new Dictionary<string, string> { ["anna"] = "l1-support" }, reachable: false);
        await stage.HireAsync(new Dictionary<string, string> { ["ben"] = "l2-engineering" });

        var incident = await stage.OpenAsync("P0");

        Assert.Equal(["0/0 anna", "1/0 ben"], stage.Owed.Calls);
        Assert.Contains("L1 Support: anna cannot be reached; calling the next level", await stage.TimelineAsync(incident.Id));
        Assert.False(incident.Escalation.Unanswered);
    }

    [Fact]
    public async Task Levels_OfWhichNobodyCanBeReached_EndAtTheCatchAllWithABanner()
    {
        await using var stage = await IncidentStage.SetAsync(roster: false);
        await stage.HireAsync(IncidentStage.Everyone, reachable: false);

        var incident = await stage.OpenAsync("P0");

        Assert.True(incident.Escalation.Unanswered);
        Assert.Contains(await stage.TimelineAsync(incident.Id), text => text.StartsWith("Nobody on any level can be reached"));
    }

    [Fact]
    public async Task Pages_ThatAllFailForGood_CallTheNextLevelAtOnce()
    {
        await using var stage = await IncidentStage.SetAsync();
        var incident = await stage.OpenAsync("P0");

        await FailAsync(stage, incident.Id);
        Assert.Equal(["0/0 anna", "1/0 ben"], stage.Owed.Calls);
        Assert.Contains("L1 Support: no page reached anybody; calling the next level", await stage.TimelineAsync(incident.Id));

        // Told of the same failure again, nobody else is called.
        await PassAsync(stage, "page/1/0/0/");
        Assert.Equal(2, stage.Owed.Calls.Count);
    }

    [Fact]
    public async Task Acknowledgement_ThatCameBeforeTheFailure_IsNotOverridden()
    {
        await using var stage = await IncidentStage.SetAsync();
        var incident = await stage.OpenAsync("P0");
        await stage.SendAsync(new AcknowledgeIncident(incident.Id, "cleo"));
        // As if the withdrawal had not known of the page.
        await stage.ReadAsync(db => db.Set<PageRow>().ExecuteUpdateAsync(set => set.SetProperty(page => page.WithdrawnAtMs, (long?)null), Token));

        await FailAsync(stage, incident.Id);

        Assert.Equal(["0/0 anna"], stage.Owed.Calls);
        Assert.Equal(EscalationState.Acknowledged, await stage.ReadAsync(db => db.Set<IncidentRow>().Select(row => row.Escalation).SingleAsync(Token)));
    }

    private static async Task FailAsync(IncidentStage stage, long incident)
    {
        await stage.ReadAsync(db => db.Set<OutboxRow>().ExecuteUpdateAsync(set => set.SetProperty(row => row.State, MessageState.Dead), Token));
        await PassAsync(stage, $"page/{incident}/0/0/");
    }

    private static async Task PassAsync(IncidentStage stage, string key)
    {
        var keys = await stage.ReadAsync(db => db.Set<OutboxRow>().Where(row => row.DedupeKey.StartsWith(key)).Select(row => row.DedupeKey).ToListAsync(Token));
        Assert.NotEmpty(keys);
        await using var scope = stage.App.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<LevelsWithoutAnswer>().PassAsync(keys, Token);
    }
}
