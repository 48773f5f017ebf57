using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.Escalation;
using OpsDashboard.Application.Incidents.Store;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Incidents;

/// <summary>Two at once on one incident: no page owed is lost, none is unexpected.</summary>
public sealed class RaceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Acknowledgement_RacingTheTimer_EitherComesFirstAndTheOtherSeesIt()
    {
        await using var stage = await IncidentStage.SetAsync();
        for (var round = 0; round < 5; round++)
        {
            var incident = await stage.OpenAsync(title: $"Race {round}");
            stage.Clock.Advance(TimeSpan.FromMinutes(5));

            var acknowledged = Task.Run(() => stage.SendAsync(new AcknowledgeIncident(incident.Id, "anna")), Token);
            await Task.WhenAll(acknowledged, Task.Run(stage.RoundAsync, Token));

            Assert.True((await acknowledged).Succeeded);
            var row = await stage.ReadAsync(db => db.Set<IncidentRow>().SingleAsync(row => row.Id == incident.Id, Token));
            Assert.Equal(EscalationState.Acknowledged, row.Escalation);
            Assert.Null(row.EscalationDueAtMs);
            Assert.InRange(row.EscalationLevel, 0, 1);
            var before = Calls(stage, incident.Id);
            await stage.PassAsync(TimeSpan.FromMinutes(25));
            Assert.Equal(before, Calls(stage, incident.Id));
            await stage.SendAsync(new ResolveIncident(incident.Id));
        }
    }

    private static int Calls(IncidentStage stage, long incident) => stage.Owed.All.Count(page => page.IncidentId == incident && page.Level < PageOwed.ClockLevel);

    [Fact]
    public async Task TwoNodes_OnOneStore_OnlyTheHolderPages_AndAReplacedOnePagesNobody()
    {
        using var directory = new TempDirectory();
        await using var first = await IncidentStage.SetAsync(dataDirectory: directory.FullPath);
        await first.OpenAsync();
        // The second takes the lease over as if the first had slept.
        await using var second = await IncidentStage.SetAsync(dataDirectory: directory.FullPath, roster: false);
        first.Clock.Advance(TimeSpan.FromMinutes(6));
        second.Clock.Advance(TimeSpan.FromMinutes(6));

        // The first still believes to hold it: what it fires does not commit.
        await Task.WhenAll(Task.Run(first.RoundAsync, Token), Task.Run(second.RoundAsync, Token));
        await first.RoundAsync();

        Assert.Equal(["0/0 anna"], first.Owed.Calls);
        Assert.Equal(["1/0 ben"], second.Owed.Calls);
    }

    [Fact]
    public async Task Timers_OfAThousandIncidentsDueAtOnce_FireEachOnce()
    {
        const int incidents = 1_000;
        await using var stage = await IncidentStage.SetAsync();
        var lone = await stage.OpenAsync();
        stage.Clock.Advance(TimeSpan.FromSeconds(30));
        var now = stage.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        for (var opened = 0; opened < incidents; opened += 25)
        {
            await stage.WithinAsync(async services =>
            {
                var desk = services.GetRequiredService<IncidentDesk>();
                for (var i = 0; i < 25; i++)
                {
                    await desk.OpenAsync(
                        new NewIncident { Title = $"Incident {i}", Platform = "mlops", Severity = "P0", Services = ["mlops/feature-store"], StartedMs = now },
                        now,
                        Token);
                }

                return true;
            });
        }

        // One due among a thousand that are open; then all of them at one instant.
        stage.Clock.Advance(TimeSpan.FromMinutes(4.5));
        var alone = await MeasureAsync(stage);
        Assert.Equal(lone.Id, Assert.Single(stage.Owed.All, page => page.Level == 1).IncidentId);
        stage.Clock.Advance(TimeSpan.FromSeconds(30));
        var burst = await MeasureAsync(stage);

        TestContext.Current.SendDiagnosticMessage($"One escalation among {incidents} open incidents fired after {alone.TotalMilliseconds:0} ms; {incidents} escalations and as many missed clocks due at one instant after {burst.TotalMilliseconds:0} ms.");
        var second = stage.Owed.All.Where(page => page is { Level: 1, Cycle: 0 } && page.IncidentId != lone.Id).Select(page => page.IncidentId).ToList();
        Assert.Equal(incidents, second.Count);
        Assert.Equal(incidents, second.Distinct().Count());
    }

    private static async Task<TimeSpan> MeasureAsync(IncidentStage stage)
    {
        var began = TimeProvider.System.GetTimestamp();
        await stage.RoundAsync();
        return TimeProvider.System.GetElapsedTime(began);
    }
}
