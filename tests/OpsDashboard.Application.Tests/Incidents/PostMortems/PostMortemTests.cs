using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.PostMortems;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Time;
using OpsDashboard.Application.Tests.Platform.Documents;
using OpsDashboard.Domain.Incidents;

namespace OpsDashboard.Application.Tests.Incidents.PostMortems;

public sealed class PostMortemTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Resolution_OfTheUpperTwoSeverities_OpensOneWithItsTimelineDueIn72Hours()
    {
        await using var stage = await IncidentStage.SetAsync();
        var first = await stage.OpenAsync("P0");
        var third = await stage.OpenAsync("P2", title: "Slow");
        await DoneAsync(stage, new ResolveIncident(first.Id, "Rolled back"));
        await DoneAsync(stage, new ResolveIncident(third.Id));

        var opened = Assert.Single(await DoneAsync(stage, new ListPostMortems()));

        Assert.Equal((first.Id, PostMortemState.Draft), (opened.IncidentId, opened.State));
        Assert.Equal(IncidentStage.Now.AddHours(72), opened.DueAt);
        Assert.Contains("## Root cause", opened.Text);
        Assert.Contains("- Resolved: 2026-11-18 10:00:00 UTC", opened.Text);
        Assert.Contains("Rolled back", opened.Text);
        Assert.Contains(await stage.TimelineAsync(first.Id), text => text.StartsWith("Post-mortem opened"));

        var byHand = await DoneAsync(stage, new OpenPostMortem(third.Id));
        Assert.Equal(byHand.Id, (await DoneAsync(stage, new OpenPostMortem(third.Id))).Id);
        Assert.False((await stage.SendAsync(new OpenPostMortem((await stage.OpenAsync("P2")).Id))).Succeeded);
    }

    [Fact]
    public async Task Review_StepByStep_EndsPublishedAndUnchangeable()
    {
        await using var stage = await IncidentStage.SetAsync();
        var id = await ResolvedAsync(stage);

        Assert.False((await stage.SendAsync(new MovePostMortem(id, PostMortemState.Published))).Succeeded);
        await DoneAsync(stage, new EditPostMortem(id, 1, "## Root cause\n\nA missing index."));
        Assert.Equal(FailureKind.Outdated, (await stage.SendAsync(new EditPostMortem(id, 1, "Other words"))).Failure!.Kind);
        await DoneAsync(stage, new MovePostMortem(id, PostMortemState.InReview));
        await DoneAsync(stage, new MovePostMortem(id, PostMortemState.Draft));
        await DoneAsync(stage, new MovePostMortem(id, PostMortemState.InReview));
        await DoneAsync(stage, new MovePostMortem(id, PostMortemState.Published));

        var published = await DoneAsync(stage, new GetPostMortem(id));
        Assert.Equal(IncidentStage.Now, published.PublishedAt);
        Assert.False((await stage.SendAsync(new EditPostMortem(id, published.Version, "Later words"))).Succeeded);
        Assert.Equal(IncidentPhase.PostMortem, await stage.ReadAsync(db => db.Set<IncidentRow>().Select(row => row.Phase).SingleAsync(Token)));
        Assert.Contains("A missing index.", published.ToMarkdown());
        Assert.Contains("· published", published.ToMarkdown());
    }

    [Fact]
    public async Task Pdf_OfADocument_HoldsItsTextTimelineAndItems()
    {
        await using var stage = await IncidentStage.SetAsync();
        var id = await ResolvedAsync(stage);
        await DoneAsync(stage, new AddActionItem { PostMortemId = id, Title = "Alarm on replication lag", Owner = "Lead, Serving team", Due = new DateOnly(2026, 11, 30) });

        var postMortem = await DoneAsync(stage, new GetPostMortem(id));
        var text = string.Concat(await Poppler.PagesAsync(postMortem.ToPdf(), Token));

        string[] told = [$"Post-mortem: {postMortem.Title}", postMortem.IncidentName, "Draft, due 2026-11-21", "Root cause", "Timeline", "Action items", "Alarm on replication lag", "Lead, Serving team", "2026-11-30", "Page 1 of "];
        Assert.All(told, one => Assert.Contains(one, text));
        Assert.DoesNotContain("##", text);
    }

    [Fact]
    public async Task Document_After72Hours_IsSaidToBeOverdueOnce()
    {
        await using var stage = await IncidentStage.SetAsync();
        var id = await ResolvedAsync(stage);
        var incident = (await DoneAsync(stage, new GetPostMortem(id))).IncidentId;

        Assert.Equal(IncidentStage.Now.AddHours(72).ToUnixTimeMilliseconds(), await TimerAsync(stage));
        await FireAsync(stage, incident, IncidentStage.Now.AddHours(72));
        await FireAsync(stage, incident, IncidentStage.Now.AddHours(90));

        Assert.Single(await stage.TimelineAsync(incident), text => text.StartsWith("The post-mortem is overdue"));
        Assert.Null(await TimerAsync(stage));
    }

    [Fact]
    public async Task ActionItem_PastItsDay_IsChasedDailyUntilDone()
    {
        await using var stage = await IncidentStage.SetAsync();
        var id = await ResolvedAsync(stage);
        var incident = (await DoneAsync(stage, new GetPostMortem(id))).IncidentId;
        await DoneAsync(stage, new AddActionItem { PostMortemId = id, Title = "Add the index", Owner = "anna", Due = new DateOnly(2026, 11, 20) });
        await DoneAsync(stage, new MovePostMortem(id, PostMortemState.InReview));
        await DoneAsync(stage, new MovePostMortem(id, PostMortemState.Published));
        var midnight = new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal(midnight.ToUnixTimeMilliseconds(), await TimerAsync(stage));
        await FireAsync(stage, incident, midnight);
        await FireAsync(stage, incident, midnight.AddHours(1));
        await FireAsync(stage, incident, midnight.AddDays(1));

        Assert.Equal(2, (await stage.TimelineAsync(incident)).Count(text => text.StartsWith("Action item overdue")));
        var item = (await DoneAsync(stage, new GetPostMortem(id))).Items.Single();
        Assert.Equal(2, item.Chased);
        await DoneAsync(stage, new SettleActionItem(item.Id, Done: true));
        Assert.Null(await TimerAsync(stage));
        Assert.Contains("- [x] Add the index (anna, due 2026-11-20)", (await DoneAsync(stage, new GetPostMortem(id))).ToMarkdown());
    }

    [Fact]
    public async Task ActionItem_WithFaults_IsRefusedFieldByField()
    {
        await using var stage = await IncidentStage.SetAsync();
        var id = await ResolvedAsync(stage);

        var refused = await stage.SendAsync(new AddActionItem { PostMortemId = id, Title = "", Owner = " ", Due = new DateOnly(2026, 11, 17) });

        Assert.Equal(["/due", "/owner", "/title"], refused.Failure!.Faults.Select(fault => fault.Pointer).Order());
    }

    private static async Task<long> ResolvedAsync(IncidentStage stage)
    {
        await DoneAsync(stage, new ResolveIncident((await stage.OpenAsync("P1")).Id));
        return Assert.Single(await DoneAsync(stage, new ListPostMortems())).Id;
    }

    private static Task<long?> TimerAsync(IncidentStage stage) => stage.ReadAsync(db =>
        db.Set<IncidentTimerRow>().Where(row => row.Kind == IncidentTimer.PostMortem).Select(row => row.DueAtMs).SingleAsync(Token));

    private static Task<bool> FireAsync(IncidentStage stage, long incident, DateTimeOffset at) => stage.WithinAsync(async services =>
    {
        var desk = services.GetRequiredService<PostMortemDesk>();
        await desk.FireAsync((await desk.TakeAsync(incident, Token))!, IncidentTimer.PostMortem, at.ToUnixTimeMilliseconds(), Token);
        return true;
    });

    private static async Task<T> DoneAsync<T>(IncidentStage stage, IRequest<Outcome<T>> request)
    {
        var outcome = await stage.SendAsync(request);
        Assert.True(outcome.Succeeded, outcome.Failure?.Message);
        return outcome.Value;
    }
}
