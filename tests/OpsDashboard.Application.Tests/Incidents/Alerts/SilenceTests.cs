using OpsDashboard.Application.Incidents.Alerts;
using OpsDashboard.Application.Incidents.Alerts.Silences;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Slos.Maintenance;
using OpsDashboard.Domain.Incidents.Alerts;
using static OpsDashboard.Application.Tests.Incidents.Alerts.AlertStage;

namespace OpsDashboard.Application.Tests.Incidents.Alerts;

public sealed class SilenceTests
{
    [Fact]
    public async Task Silenced_Alert_IsRecordedAndPagesWhenTheSilenceEndsWhileItFires()
    {
        await using var stage = await SetAsync();
        var silence = (await stage.SendAsync(Silence("service=~\"check.*\"", TimeSpan.FromMinutes(30)))).Value;

        await stage.AlertmanagerAsync("g", Firing("A", Start, "a"), Firing("B", Start, "b", service: "search"));
        var alerts = await stage.AlertsAsync();
        await stage.StepAsync(TimeSpan.FromMinutes(29));
        var before = await stage.AlertsAsync();
        await stage.StepAsync(TimeSpan.FromMinutes(1));
        var after = await stage.AlertsAsync();

        Assert.Equal([(AlertMute.Silence, silence.Id, false), (AlertMute.None, 0, true)], alerts.Select(alert => (alert.Mute, alert.SilenceId ?? 0, alert.IncidentId is not null)));
        Assert.Null(before[0].IncidentId);
        Assert.Equal(after[1].IncidentId, after[0].IncidentId);
        Assert.Equal(AlertMute.None, after[0].Mute);
    }

    [Fact]
    public async Task Silence_OverAnOpenAlert_MutesItAndEndedEarlyLetsItPage()
    {
        await using var stage = await SetAsync();
        await stage.AlertmanagerAsync("g", Firing("Warned", Start, "w", severity: "warning"));

        var silence = (await stage.SendAsync(Silence("alertname=Warned", TimeSpan.FromHours(2)))).Value;
        await stage.AlertmanagerAsync("h", Firing("Warned", Start, "x"));
        var muted = await stage.AlertsAsync();
        var ended = await stage.SendAsync(new EndSilence(silence.Id));
        var again = await stage.SendAsync(new EndSilence(silence.Id));
        var free = await stage.AlertsAsync();

        Assert.Equal(1, silence.Muted);
        Assert.All(muted, alert => Assert.Equal(AlertMute.Silence, alert.Mute));
        Assert.True(ended.Succeeded);
        Assert.Equal(FailureKind.Conflict, again.Failure!.Kind);
        Assert.Equal([(AlertMute.None, false), (AlertMute.None, true)], free.Select(alert => (alert.Mute, alert.IncidentId is not null)));
        Assert.Equal(SilencePhase.Ended, Assert.Single((await stage.SendAsync(new ListSilences())).Value).Phase);
    }

    [Fact]
    public async Task Silence_WithWrongFields_IsRefusedWithAllOfThem()
    {
        await using var stage = await SetAsync();

        var refused = await stage.SendAsync(new AddSilence { Matchers = [new("a b", MatchOperator.Equal, ""), new("a", MatchOperator.Matches, "(")], EndsAt = Start.AddHours(-1), Reason = " " });
        var endless = await stage.SendAsync(Silence("a=b", Domain.Incidents.Alerts.Silence.Longest + TimeSpan.FromSeconds(1)));
        var longest = await stage.SendAsync(Silence("a=b", Domain.Incidents.Alerts.Silence.Longest));

        Assert.Equal(["matcher.usable", "matcher.usable", "endsAt.afterStart", "endsAt.future", "reason.required"], refused.Failure!.Faults.Select(fault => fault.Rule));
        Assert.Equal("endsAt.tooLong", Assert.Single(endless.Failure!.Faults).Rule);
        Assert.True(longest.Succeeded);
    }

    [Fact]
    public async Task Alert_UnderMaintenance_IsRecordedAndPagesWhenItEnds()
    {
        await using var stage = await SetAsync();
        await stage.SendAsync(new PlanMaintenance { Platform = "shop", Service = "checkout", Start = Start.AddMinutes(10), End = Start.AddMinutes(40), Reason = "New disks" });

        await stage.StepAsync(TimeSpan.FromMinutes(15));
        await stage.AlertmanagerAsync("g", Firing("A", Start.AddMinutes(15), "a"), Firing("B", Start.AddMinutes(15), "b", service: "search"));
        var during = await stage.AlertsAsync();
        await stage.StepAsync(TimeSpan.FromMinutes(25));
        var after = await stage.AlertsAsync();

        Assert.Equal([(AlertMute.Maintenance, false), (AlertMute.None, true)], during.Select(alert => (alert.Mute, alert.IncidentId is not null)));
        Assert.Equal([(AlertMute.None, true), (AlertMute.None, true)], after.Select(alert => (alert.Mute, alert.IncidentId is not null)));
    }

    private static AddSilence Silence(string matcher, TimeSpan span) => new()
    {
        Matchers = [LabelMatcher.Parse(matcher)!],
        EndsAt = Start + span,
        Reason = "Known, being worked on",
    };
}
