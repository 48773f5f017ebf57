using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Compliance;
using OpsDashboard.Application.Compliance.Store;
using OpsDashboard.Application.Incidents.Alerts.Store;
using OpsDashboard.Application.Keys;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Tests.Keys;

namespace OpsDashboard.Application.Tests.Compliance;

public sealed class ComplianceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Controls_OfAnInstance_AreJudgedFromWhatItIsAndDoes()
    {
        await using var stage = await KeyStage.SetAsync();
        await stage.SendAsync(new NoteBackup("s3://copies/1", 1));

        var check = (await stage.SendAsync(new CheckCompliance())).Value;
        var found = check.Findings.ToDictionary(finding => finding.Id, StringComparer.Ordinal);

        Assert.Equal(ControlState.Met, found["actions-audited"].State);
        Assert.Equal(ControlState.Met, found["audit-retention"].State);
        Assert.Equal(ControlState.Met, found["key-rotation"].State);
        Assert.Equal(ControlState.Met, found["second-factor"].State);
        Assert.Equal(ControlState.Met, found["field-encryption"].State);
        Assert.Equal(ControlState.Met, found["backup-age"].State);
        // The tests' instance listens on this machine alone.
        Assert.Equal(ControlState.NotApplicable, found["encryption-in-transit"].State);
        Assert.True(found["endpoints-authenticated"].State == ControlState.Met, found["endpoints-authenticated"].Evidence);
        Assert.All(check.Findings, finding => Assert.False(string.IsNullOrWhiteSpace(finding.Evidence) || string.IsNullOrWhiteSpace(finding.Clause)));
        Assert.Contains((await stage.SendAsync(new ListPackages())).Value.Packages, package => package.Name == "MediatR");
        Assert.Equal(FailureKind.Forbidden, (await stage.SendAsync(new CheckCompliance(), new Caller("responder", new HashSet<Access> { Access.View, Access.Respond }))).Failure!.Kind);
    }

    [Fact]
    public async Task Violation_ThatIsMinor_WarnsAtOnceEscalatesAfterADayAndEndsWhenMended()
    {
        await using var stage = await KeyStage.SetAsync();
        await stage.SendAsync(new CheckCompliance());
        var open = Assert.Single((await stage.SendAsync(new GetCompliance())).Value.Violations, one => one.ControlId == "backup-age");
        Assert.Equal((ControlState.Minor, null), (open.State, open.EscalatedAt));
        Assert.Equal(["compliance:backup-age:notice"], await AlertsAsync(stage, "backup-age"));

        stage.Clock.StepTo(KeyStage.Now.AddHours(24).AddMinutes(-1));
        await stage.SendAsync(new CheckCompliance());
        Assert.Equal(["compliance:backup-age:notice"], await AlertsAsync(stage, "backup-age"));

        stage.Clock.StepTo(KeyStage.Now.AddHours(24));
        await stage.SendAsync(new CheckCompliance());
        Assert.Equal(["compliance:backup-age", "compliance:backup-age:notice"], await AlertsAsync(stage, "backup-age"));
        Assert.Equal("compliance-minor", await stage.ReadAsync(db => db.Set<AlertRow>().Where(row => row.OpenKey == "compliance:backup-age").Select(row => row.PolicyId).SingleAsync(Token)));

        await stage.SendAsync(new NoteBackup("s3://copies/2", 1));
        await stage.SendAsync(new CheckCompliance());
        Assert.Empty(await AlertsAsync(stage, "backup-age"));
        Assert.DoesNotContain((await stage.SendAsync(new GetCompliance())).Value.Violations, one => one.ControlId == "backup-age");
    }

    [Fact]
    public async Task Violation_ThatIsMajor_CallsLegalAndExecutiveAtOnce()
    {
        await using var stage = await KeyStage.SetAsync(null, "Audit:RetentionYears=5");
        await stage.SendAsync(new CheckCompliance());

        Assert.Equal(["compliance:audit-retention"], await AlertsAsync(stage, "audit-retention"));
        Assert.Equal("compliance-major", await stage.ReadAsync(db => db.Set<AlertRow>().Where(row => row.OpenKey == "compliance:audit-retention").Select(row => row.PolicyId).SingleAsync(Token)));
        var watch = stage.App.Services.GetRequiredService<ComplianceWatch>();
        await watch.LookAsync(Token);
        await watch.LookAsync(Token);
        stage.Clock.StepTo(KeyStage.Now.AddDays(1));
        await watch.LookAsync(Token);
        Assert.Equal(2, (await stage.SendAsync(new GetCompliance())).Value.Checks.Count(check => check.IsDaily));
    }

    private static Task<List<string>> AlertsAsync(KeyStage stage, string control) => stage.ReadAsync(db =>
        db.Set<AlertRow>().Where(row => row.OpenKey != null && row.OpenKey.StartsWith("compliance:" + control)).OrderBy(row => row.OpenKey).Select(row => row.OpenKey!).ToListAsync(Token));
}
