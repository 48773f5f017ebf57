using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.PostMortems;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Application.Incidents.Work;
using OpsDashboard.Application.Notifications;
using OpsDashboard.Application.Notifications.OnCallWatch;
using OpsDashboard.Application.Notifications.Store;
using OpsDashboard.Application.Platform.Protection;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Tests.Incidents;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Notifications;

/// <summary>Words that are no pages: what is not covered, who hands over to whom, what is overdue.</summary>
public sealed class OnCallWatchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GapsAndSilentPeople_AreToldToTheManagerOnceAndAgainWhenMended()
    {
        await using var stage = await SetAsync();
        await ScheduleAsync(stage, "anna", "2026-11-18");
        await LookAsync(stage);
        Assert.Empty(await MessagesAsync(stage, "findings/"));

        // ben takes over in three days and nobody can reach him.
        await stage.HireAsync(new Dictionary<string, string> { ["ben"] = "l2-engineering" }, reachable: false);
        await OverrideAsync(stage, "ben", 72, 80);
        await LookAsync(stage);
        await LookAsync(stage);

        var told = Assert.Single(await MessagesAsync(stage, "findings/"));
        Assert.Equal("https://hooks.slack.com/services/olga", stage.App.Open(told.Address));
        Assert.Contains("- ben is Primary of Night watch from 2026-11-21 10:00 UTC and has no working channel", told.Text);

        await stage.WithinAsync(services =>
        {
            services.GetRequiredService<OpsDbContext>().Add(Contact(services.GetRequiredService<IFieldSeal>(), "ben"));
            return Task.FromResult(0);
        });
        await LookAsync(stage);

        Assert.Contains("- mended: ben is Primary of Night watch", (await MessagesAsync(stage, "findings/"))[^1].Text);
    }

    [Fact]
    public async Task Handover_ToTheNextPerson_SendsThemTheSummaryOnce()
    {
        await using var stage = await SetAsync();
        await stage.HireAsync(new Dictionary<string, string> { ["cleo"] = "l3-architecture" }, reachable: false);
        await stage.WithinAsync(services =>
        {
            services.GetRequiredService<OpsDbContext>().Add(Contact(services.GetRequiredService<IFieldSeal>(), "cleo"));
            return Task.FromResult(0);
        });
        await ScheduleAsync(stage, "anna", "2026-11-18");
        await OverrideAsync(stage, "cleo", 2, 6);
        await stage.OpenAsync("P2", title: "Slow feature store");
        await LookAsync(stage);
        Assert.Empty(await MessagesAsync(stage, "handover/"));

        stage.Clock.Advance(TimeSpan.FromHours(2.5));
        await LookAsync(stage);
        await LookAsync(stage);

        var told = Assert.Single(await MessagesAsync(stage, "handover/"));
        Assert.Equal(("https://hooks.slack.com/services/cleo", "You are on call: Primary of Night watch"), (stage.App.Open(told.Address), told.Subject));
        Assert.Contains("You are Primary of Night watch until 2026-11-18 16:00 UTC.", told.Text);
        Assert.Contains("Open incidents: 1\n- P2 Slow feature store, nobody has it", told.Text);
        Assert.Contains("Overdue: none", told.Text);
    }

    [Fact]
    public async Task PostMortem_Overdue_RemindsTheLead()
    {
        await using var stage = await SetAsync();
        var incident = await stage.OpenAsync("P1");
        await stage.SendAsync(new AcknowledgeIncident(incident.Id, "anna"));
        await stage.SendAsync(new ResolveIncident(incident.Id));

        await stage.PassAsync(TimeSpan.FromHours(73));

        Assert.Contains("is overdue", Assert.Single(await MessagesAsync(stage, "post-mortem/")).Subject);
    }

    [Fact]
    public async Task Update_DueSoon_RemindsWhoWritesIt()
    {
        await using var stage = await SetAsync();
        var incident = await stage.OpenAsync("Sev 1", "agent-mesh");
        await stage.SendAsync(new AcknowledgeIncident(incident.Id, "anna"));
        await stage.SendAsync(new AssignRole(incident.Id, IncidentRole.Communications, "olga"));

        await stage.PassAsync(TimeSpan.FromHours(2));

        var reminders = await MessagesAsync(stage, "update/");
        Assert.NotEmpty(reminders);
        Assert.All(reminders, one => Assert.StartsWith("The next update is due at", one.Subject));
    }

    private static async Task<IncidentStage> SetAsync()
    {
        var stage = await IncidentStage.SetAsync(roster: false);
        await stage.HireAsync(new Dictionary<string, string> { ["anna"] = "l1-support", ["olga"] = "operations-manager" }, reachable: false);
        await stage.WithinAsync(services =>
        {
            var seal = services.GetRequiredService<IFieldSeal>();
            services.GetRequiredService<OpsDbContext>().AddRange(Contact(seal, "anna"), Contact(seal, "olga"));
            return Task.FromResult(0);
        });
        return stage;
    }

    private static ContactMethodRow Contact(IFieldSeal seal, string person) => new()
    {
        PersonId = person,
        Channel = Channel.Slack,
        Address = seal.Close($"https://hooks.slack.com/services/{person}"),
        Label = "Slack",
        Position = 0,
        DelaySeconds = 0,
        VerifiedAtMs = 1,
        CreatedAtMs = 0,
    };

    private static async Task ScheduleAsync(IncidentStage stage, string person, string anchor)
    {
        var (status, body) = await stage.App.Http.CallAsync(
            HttpMethod.Post,
            "/api/v1/schedules",
            new { name = "Night watch", zone = "UTC", positions = new[] { new { id = "primary", name = "Primary", layers = new[] { new { name = "All", every = "week", at = "00:00", anchor, people = new[] { person } } } } } },
            Token);
        Assert.True(status == 201, body.ToString());
    }

    private static async Task OverrideAsync(IncidentStage stage, string person, double from, double to)
    {
        var (status, body) = await stage.App.Http.CallAsync(
            HttpMethod.Post,
            "/api/v1/schedules/night-watch/overrides",
            new { position = "primary", person, start = IncidentStage.Now.AddHours(from), end = IncidentStage.Now.AddHours(to), reason = "Leave" },
            Token);
        Assert.True(status is 200 or 201, body.ToString());
    }

    private static async Task LookAsync(IncidentStage stage)
    {
        var watcher = stage.App.Services.GetRequiredService<OnCallWatcher>();
        await watcher.RoundAsync(Token);
        stage.Clock.Advance(OnCallWatcher.FindEvery);
        await watcher.RoundAsync(Token);
    }

    private static Task<List<OutboxRow>> MessagesAsync(IncidentStage stage, string kind) =>
        stage.ReadAsync(db => db.Set<OutboxRow>().Where(row => row.DedupeKey.StartsWith(kind)).OrderBy(row => row.Id).ToListAsync(Token));
}
