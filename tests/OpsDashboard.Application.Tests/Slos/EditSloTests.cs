using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Application.Live;
using OpsDashboard.Application.Platform.Requests;
using OpsDashboard.Application.Platform.Store;
using OpsDashboard.Application.Slos.Editing;
using OpsDashboard.Application.Slos.Series;
using OpsDashboard.Application.Slos.Store;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Domain.Telemetry;

namespace OpsDashboard.Application.Tests.Slos;

public sealed class EditSloTests
{
    private static readonly SloTerms Terms = SloTerms.Of(SloStage.Availability);

    [Fact]
    public async Task Edit_OfTheVersionSeen_AppendsARevisionAndLeavesTheFirst()
    {
        await using var stage = await SloStage.SetAsync(SloStage.Availability);

        var edited = await EditAsync(stage, Terms with { Target = 0.995m });

        Assert.Equal(2, edited.Value.Version);
        var slo = (await stage.SendAsync(new GetSloForEdit(SloStage.Availability.Id))).Value;
        Assert.Equal([(2, 0.995m, true), (1, 0.99m, false)], slo.Versions.Select(version => (version.Version, version.Terms.Target, version.ByUser)));
        Assert.Equal(("local user", "Tighter", SloStage.Now), (slo.Versions[0].Author, slo.Versions[0].Reason, slo.Versions[0].EffectiveFrom));
        Assert.Equal(0.995m, (await stage.SendAsync(new GetSloSeries(SloStage.Availability.Id))).Value.Target);
    }

    [Fact]
    public async Task Edit_Committed_TellsScreensAndTheEvaluator()
    {
        await using var stage = await SloStage.SetAsync(SloStage.Availability);

        await EditAsync(stage, Terms with { Target = 0.995m });

        var rows = await stage.ReadAsync(db => db.Set<ChangeRow>().ToListAsync());
        Assert.Contains(rows, row => row.Topic == "$objectives" && row.Detail.AsSpan().SequenceEqual("shop/checkout/availability"u8));
        var notices = rows.Where(row => row.Topic == Subjects.FeedTopic).SelectMany(Subjects.Unpack).Select(notice => (notice.Topic, notice.Key)).ToList();
        Assert.Contains(("slo", "shop/checkout/availability"), notices);
        Assert.Contains(("service", "shop/checkout"), notices);
        Assert.Contains(("platform", "shop"), notices);
        Assert.Contains(("dashboard", "operations"), notices);
    }

    [Fact]
    public async Task Edit_OfAnOlderVersion_IsOutdatedAndNamesWhatChanged()
    {
        await using var stage = await SloStage.SetAsync(SloStage.Availability);
        await EditAsync(stage, Terms with { Target = 0.995m });

        var second = await EditAsync(stage, Terms with { Name = "Other" });

        Assert.Equal(FailureKind.Outdated, second.Failure?.Kind);
        var change = Assert.Single(second.Failure!.Faults);
        Assert.Equal(("/target", "Target is 99.5 % now; it was 99 %."), (change.Pointer, change.Message));
        Assert.Contains("local user", second.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_SentTwice_IsDoneOnce()
    {
        await using var stage = await SloStage.SetAsync(SloStage.Availability);
        await EditAsync(stage, Terms with { Target = 0.995m });

        var again = await EditAsync(stage, Terms with { Target = 0.995m });

        Assert.Equal(2, again.Value.Version);
        Assert.Equal((2, 1), await StoredAsync(stage));
    }

    [Fact]
    public async Task Edit_ToTakeEffectLater_LeavesTheVersionInForce()
    {
        await using var stage = await SloStage.SetAsync(SloStage.Availability);

        await EditAsync(stage, Terms with { Target = 0.995m }, SloStage.Now.AddDays(1));

        var slo = (await stage.SendAsync(new GetSloForEdit(SloStage.Availability.Id))).Value;
        Assert.Equal((2, 1), (slo.Version, slo.VersionInForce));
        stage.Clock.StepTo(SloStage.Now.AddDays(1));
        Assert.Equal(2, (await stage.SendAsync(new GetSloForEdit(SloStage.Availability.Id))).Value.VersionInForce);
    }

    [Fact]
    public async Task Edit_BackToTheFormerTerms_IsANewVersion()
    {
        await using var stage = await SloStage.SetAsync(SloStage.Availability);
        await EditAsync(stage, Terms with { Target = 0.995m });

        var undone = await stage.SendAsync(new EditSlo(SloStage.Availability.Id, 2, Terms, null, "Undo"));

        Assert.Equal((3, 0.99m), (undone.Value.Version, undone.Value.Terms.Target));
    }

    [Fact]
    public async Task Edit_BreakingRules_NamesEveryField()
    {
        await using var stage = await SloStage.SetAsync(SloStage.Availability);

        var wrong = await EditAsync(stage, Terms with { Target = 1m, MinimumCoverage = 2m, TimeSliceTarget = 0.5m }, SloStage.Now.AddDays(-101));

        Assert.Equal(["/effectiveFrom", "/minimumCoverage", "/target", "/timeSliceTarget"], wrong.Failure!.Faults.Select(fault => fault.Pointer).Order());
    }

    [Theory]
    [InlineData("", "required")]
    [InlineData(null, "tooLong")]
    public async Task Edit_WithoutAUsableReason_IsRefused(string? reason, string rule)
    {
        await using var stage = await SloStage.SetAsync(SloStage.Availability);

        var wrong = await stage.SendAsync(new EditSlo(SloStage.Availability.Id, 1, Terms with { Target = 0.5m }, null, reason ?? new string('x', EditSloRules.MaxReasonLength + 1)));

        Assert.Equal(("/reason", rule), wrong.Failure!.Faults.Select(fault => (fault.Pointer, fault.Rule)).Single());
    }

    [Fact]
    public async Task WhatIf_OfAStricterTarget_BreachesAndStoresNothing()
    {
        await using var stage = await SloStage.SetAsync(SloStage.Availability);
        await stage.PastAsync(SloStage.Availability.SliId, TimeSpan.FromDays(75), TimeSpan.Zero, () => MinuteCell.OfEvents(995, 1000));
        var before = await StoredAsync(stage);

        var whatIf = (await stage.SendAsync(new PreviewSloChange(SloStage.Availability.Id, Terms with { Target = 0.999m }))).Value;

        Assert.Equal((SloState.Healthy, SloState.Breached), (whatIf.Before.State, whatIf.After.State));
        Assert.Equal(0.995m, whatIf.After.Sli);
        Assert.Equal((0, 2), (whatIf.Before.MonthsBreached, whatIf.After.MonthsBreached));
        Assert.Equal(2, whatIf.After.MonthsMeasured);
        Assert.Equal(whatIf.Before.Budget.Total, whatIf.After.Budget.Total * 10);
        Assert.Equal(0, whatIf.Before.AlertsFired);
        Assert.True(whatIf.After.AlertsFired > 0);
        Assert.Equal(2592m, whatIf.After.AllowedDowntimeSeconds);
        Assert.Equal(before, await StoredAsync(stage));
    }

    [Fact]
    public async Task WhatIf_OfAnotherLatencyLimit_CountsTheSameDurationsByBoth()
    {
        var slo = SloStage.Availability with { Kind = SliKind.Latency, Threshold = new Threshold(Comparison.LessThan, 500m) };
        await using var stage = await SloStage.SetAsync(slo);
        await stage.PastAsync(slo.SliId, TimeSpan.FromDays(60), TimeSpan.FromDays(40), Durations, condensed: true);
        await stage.PastAsync(slo.SliId, TimeSpan.FromDays(2), TimeSpan.Zero, Durations);

        var whatIf = (await stage.SendAsync(new PreviewSloChange(slo.Id, SloTerms.Of(slo) with { Threshold = new Threshold(Comparison.LessThan, 200m) }))).Value;

        Assert.Equal((1m, 0.9m), (whatIf.Before.Sli, whatIf.After.Sli));
        Assert.Equal((2 * 1440 * 100m, 2 * 1440 * 90m), (whatIf.Before.Good, whatIf.After.Good));
        Assert.Equal((1m, 0.9m), (whatIf.Before.Months[^1].Sli, whatIf.After.Months[^1].Sli));

        static MinuteCell Durations()
        {
            var durations = new LatencyHistogram();
            durations.Add(100m, 90);
            durations.Add(300m, 10);
            return MinuteCell.OfLatencies(durations);
        }
    }

    [Fact]
    public async Task WhatIf_BreakingARule_NamesTheField()
    {
        await using var stage = await SloStage.SetAsync(SloStage.Availability);

        var wrong = await stage.SendAsync(new PreviewSloChange(SloStage.Availability.Id, Terms with { Target = 1m }));

        Assert.Equal("/target", Assert.Single(wrong.Failure!.Faults).Pointer);
    }

    /// <summary>Versions of the objective, and edits told to the evaluator.</summary>
    private static Task<(int Versions, int Edits)> StoredAsync(SloStage stage) => stage.ReadAsync(async db => (
        await db.Set<SloRow>().Where(slo => slo.Path == SloStage.Availability.Id).SelectMany(slo => slo.Revisions).CountAsync(),
        (await db.Set<ChangeRow>().Where(row => row.Topic == "$objectives").ToListAsync()).Count(row => row.Detail.AsSpan().SequenceEqual("shop/checkout/availability"u8))));

    private static Task<Outcome<SloEdited>> EditAsync(SloStage stage, SloTerms terms, DateTimeOffset? effectiveFrom = null) =>
        stage.SendAsync(new EditSlo(SloStage.Availability.Id, 1, terms, effectiveFrom, "Tighter"));
}
