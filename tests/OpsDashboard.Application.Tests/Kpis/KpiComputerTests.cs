using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Agreements;
using OpsDashboard.Application.Changes;
using OpsDashboard.Application.Incidents;
using OpsDashboard.Application.Kpis;
using OpsDashboard.Application.Kpis.Computation;
using OpsDashboard.Application.Kpis.Entry;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Months;
using OpsDashboard.Domain.Agreements;
using OpsDashboard.Domain.Changes;
using OpsDashboard.Domain.Incidents;
using OpsDashboard.Domain.Telemetry;
using OpsDashboard.Testing;

namespace OpsDashboard.Application.Tests.Kpis;

/// <summary>Every figure is compared with one counted here, from the same minutes, incidents and deployments, by other means.</summary>
public sealed class KpiComputerTests
{
    private const string Api = "mlops/model-serving-api/availability";
    private const string Author = "test";

    private static readonly DateTimeOffset October = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset November = October.AddMonths(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SloFigures_OfAMonth_AreThoseOfItsMinutes()
    {
        await using var stage = await KpiStage.SetAsync();
        await MinutesAsync(stage);

        var (good, total, up) = (0L, 0L, 0);
        var minutes = (int)(November - October).TotalMinutes;
        for (var minute = 0; minute < minutes; minute++)
        {
            var of = GoodOf(minute);
            (good, total, up) = (good + of, total + 1_000, up + (of >= 950 ? 1 : 0));
        }

        await ComputeAsync(stage);
        Assert.Equal(decimal.Round((decimal)good / total, 12), await ValueAsync(stage, "mlops-api-availability"));
        Assert.Equal(decimal.Round(1 - ((decimal)good / total), 12), await ValueAsync(stage, "mlops-api-errors"));
        Assert.Equal(total, await ValueAsync(stage, "mlops-api-calls"));
        Assert.Equal(decimal.Round((decimal)up / minutes, 12), await ValueAsync(stage, "mlops-serving-uptime"));
        // Nothing was measured of it: nothing is told, neither 0 nor 100 %.
        Assert.Null(await ValueAsync(stage, "mlops-pipeline-success"));
        var services = await stage.DoAsync(new OpsDashboard.Application.Catalog.ListServices());
        Assert.Equal(decimal.Round(1m / services.Count(path => path.StartsWith("mlops/", StringComparison.Ordinal)), 12), await ValueAsync(stage, "mlops-monitoring-coverage"));
    }

    [Fact]
    public async Task Month_Settled_BecomesAnEntryAndLaterLightACorrection()
    {
        await using var stage = await KpiStage.SetAsync(November.AddHours(47));
        await MinutesAsync(stage);
        await ComputeAsync(stage);
        var running = (await stage.ReadAsync("mlops-api-calls")).Entries.Single(entry => entry.Period == "2026-10");
        Assert.Equal((0, KpiSource.Computed, 44_640_000m), (running.Number, running.Source, running.Value));

        stage.Clock.StepTo(November.AddHours(49));
        Assert.NotEqual(0, await ComputeAsync(stage));
        Assert.Equal(0, await ComputeAsync(stage));
        await stage.App.WriteHistoryAsync(Api, October.AddDays(-1), October, _ => null);
        await stage.App.WriteHistoryAsync("mlops/model-serving-api/availability", November.AddDays(-1), November, _ => MinuteCell.OfEvents(2_000, 2_000));
        stage.App.Services.GetRequiredService<OpenMonths>().Forget();
        await ComputeAsync(stage);

        var entries = (await stage.ReadAsync("mlops-api-calls")).Entries.Where(entry => entry.Period == "2026-10").ToList();
        Assert.Equal([(2, true, 46_080_000m), (1, false, 44_640_000m)], entries.Select(entry => (entry.Number, entry.IsCurrent, entry.Value!.Value)));
        Assert.StartsWith("Computed again", entries[0].Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IncidentFigures_OfAMonth_AreThoseOfItsIncidents()
    {
        await using var stage = await KpiStage.SetAsync();
        await MinutesAsync(stage);
        await InStoreAsync(stage, services => services.GetRequiredService<IncidentRecord>().ReplaceAsync(
            Author,
            [
                Incident("P0", October.AddDays(3), detect: 2, acknowledge: 3, resolve: 20),
                Incident("P1", October.AddDays(9), detect: 6, acknowledge: 12, resolve: 60),
                Incident("P0", October.AddDays(20), detect: 4, acknowledge: 9, resolve: 100),
                // Of another month.
                Incident("P0", October.AddDays(-2), detect: 50, acknowledge: 60, resolve: 900),
            ],
            KpiStage.Now.ToUnixTimeMilliseconds(),
            Token));

        await ComputeAsync(stage);
        Assert.Equal((2 + 6 + 4) / 3m, await ValueAsync(stage, "mlops-mttd"));
        Assert.Equal((20 + 60 + 100) / 3m, await ValueAsync(stage, "mlops-mttr"));
        Assert.Equal(2, await ValueAsync(stage, "mlops-critical-incidents"));
        // 3 and 9 minutes after the start, 1 and 5 after detection: both within five.
        Assert.Equal(1, await ValueAsync(stage, "mlops-alert-acknowledgement"));
        Assert.Equal(1, await ValueAsync(stage, "mlops-proactive-detection"));
        Assert.Null(await ValueAsync(stage, "agent-mesh-mttr"));
    }

    [Fact]
    public async Task DeliveryFigures_OfAMonth_AreThoseOfItsDeployments()
    {
        await using var stage = await KpiStage.SetAsync();
        await InStoreAsync(stage, services => services.GetRequiredService<DeploymentRecord>().ReplaceAsync(
            Author,
            [
                Deployment("1", October.AddDays(1), minutes: 10, DeploymentOutcome.Succeeded),
                Deployment("2", October.AddDays(2), minutes: 20, DeploymentOutcome.Succeeded),
                Deployment("3", October.AddDays(3), minutes: 30, DeploymentOutcome.Succeeded),
                Deployment("4", October.AddDays(4), minutes: 5, DeploymentOutcome.RolledBack, rollback: 4),
                Deployment("5", October.AddMinutes(-5), minutes: 10, DeploymentOutcome.Succeeded),
                Deployment("6", November.AddMinutes(-5), minutes: 10, DeploymentOutcome.Succeeded),
            ],
            KpiStage.Now.ToUnixTimeMilliseconds(),
            Token));

        await ComputeAsync(stage);
        // Number 5 ended in October, number 6 in November.
        Assert.Equal(decimal.Round(5 / 31m, 12), await ValueAsync(stage, "agent-mesh-deployment-frequency"));
        Assert.Equal(0.2m, await ValueAsync(stage, "agent-mesh-change-failure-rate"));
        Assert.Equal(15, await ValueAsync(stage, "agent-mesh-time-to-production"));
        Assert.Null(await ValueAsync(stage, "mlops-deployment-success"));
    }

    [Fact]
    public async Task AgreementFigures_OfAMonth_AreThoseOfItsStatements()
    {
        await using var stage = await KpiStage.SetAsync();
        await stage.App.WriteHistoryAsync("agent-mesh/platform/availability", October, November, minute => MinuteCell.OfEvents(minute % 2_000 == 0 ? 0 : 10, 10));
        stage.App.Services.GetRequiredService<OpenMonths>().Forget();
        foreach (var (customer, tier) in new[] { ("Northwind", "enterprise"), ("Tailspin", "free") })
        {
            var saved = await stage.DoAsync(new SaveCustomer { Name = customer, Tier = tier });
            var terms = AgreementTemplates.Find(tier)!.Terms;
            await stage.DoAsync(new SignAgreement { CustomerId = saved.Id, Name = "Agreement", EffectiveFrom = "2026-10-01", Terms = terms with { MonthlyFee = terms.Credits.Count > 0 ? 1_000m : 0 } });
        }

        await ComputeAsync(stage);
        // One minute of 2,000 was down: 99.95 %, below 99.99 % and above 99.5 %.
        Assert.Equal(0.5m, await ValueAsync(stage, "agent-mesh-agreements-kept"));
    }

    private static int GoodOf(int minuteOfMonth) => minuteOfMonth % 1_440 < 10 ? 900 : minuteOfMonth % 7 == 0 ? 999 : 1_000;

    private static async Task MinutesAsync(KpiStage stage)
    {
        var first = TimeIndex.MinuteOf(October.ToUnixTimeMilliseconds());
        await stage.App.WriteHistoryAsync(Api, October, November, minute => MinuteCell.OfEvents(GoodOf(minute - first), 1_000));
        stage.App.Services.GetRequiredService<OpenMonths>().Forget();
    }

    private static Task<int> ComputeAsync(KpiStage stage) => stage.App.Services.GetRequiredService<KpiComputer>().ComputeAsync(KpiComputer.AllMonths, Token);

    private static async Task<decimal?> ValueAsync(KpiStage stage, string kpi) =>
        (await stage.ReadAsync(kpi)).Entries.SingleOrDefault(entry => entry is { Period: "2026-10", IsCurrent: true })?.Value;

    private static async Task InStoreAsync(KpiStage stage, Func<IServiceProvider, Task> write)
    {
        await using var scope = stage.App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OpsDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        await write(scope.ServiceProvider);
        await transaction.CommitAsync(Token);
    }

    private static RecordedIncident Incident(string severity, DateTimeOffset start, int detect, int acknowledge, int resolve) => new()
    {
        Title = "Something",
        Platform = "mlops",
        Severity = severity,
        Services = [],
        LeadId = "lead",
        Lead = "Lead, Serving team",
        Milestones = new IncidentMilestones
        {
            StartedMs = start.ToUnixTimeMilliseconds(),
            DetectedMs = start.AddMinutes(detect).ToUnixTimeMilliseconds(),
            AcknowledgedMs = start.AddMinutes(acknowledge).ToUnixTimeMilliseconds(),
            ResolvedMs = start.AddMinutes(resolve).ToUnixTimeMilliseconds(),
        },
    };

    private static Deployment Deployment(string id, DateTimeOffset start, int minutes, DeploymentOutcome outcome, int? rollback = null) => new()
    {
        Id = id,
        Service = "agent-mesh/platform",
        Version = $"1.{id}.0",
        Author = "Deployer",
        Approvals = ["One", "Two"],
        StartedAt = start,
        FinishedAt = start.AddMinutes(minutes),
        Outcome = outcome,
        RecoveredAt = rollback is { } after ? start.AddMinutes(minutes + after) : null,
    };
}
