using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Incidents.Figures;
using OpsDashboard.Application.Incidents.Work;
using OpsDashboard.Application.Tests.Notifications;

namespace OpsDashboard.Application.Tests.Incidents;

public sealed class FigureReporterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MeanTimes_OfIncidents_ReachTheShippedIndicatorsOnceAMinuteAndFollowCorrections()
    {
        await using var stage = await PagingStage.SetAsync(settings: "Incidents:ReportFigures=false");
        var reporter = stage.App.Services.GetRequiredService<FigureReporter>();
        Assert.Null(await reporter.RoundAsync(Token));

        var incident = await stage.DoAsync(new OpenIncident { Title = "Mesh down", Platform = "agent-mesh", Severity = "Sev 1", StartedAt = PagingStage.Now.AddMinutes(-4) });
        stage.Skip(TimeSpan.FromMinutes(30));
        await stage.DoAsync(new ResolveIncident(incident.Id));

        // Time to detect and time to resolve.
        Assert.Equal((2, 0), Taken(await reporter.RoundAsync(Token)));
        // Another node in the same minutes counts nothing twice.
        Assert.Equal((0, 2), Taken(await reporter.RoundAsync(Token)));
        var resolved = (await stage.DoAsync(new ListIncidents()))[0].Milestones;
        await stage.DoAsync(new SetMilestones { IncidentId = incident.Id, Started = resolved.Started.AddMinutes(-6), Detected = resolved.Detected, Acknowledged = resolved.Acknowledged, Mitigated = resolved.Mitigated, Resolved = resolved.Resolved });
        stage.Skip(TimeSpan.FromMinutes(FigureReporter.EveryMinutes));
        Assert.Equal((2, 0), Taken(await reporter.RoundAsync(Token)));
        Assert.Equal(600, (await stage.DoAsync(new GetMeanTimes())).Targets.Single(target => target is { Platform: "agent-mesh", Id: "mttd" }).Value);
    }

    private static (int Accepted, int Duplicates) Taken(Application.Telemetry.Intake.BatchReceipt? receipt) => (receipt!.Accepted, receipt.Duplicates);
}
