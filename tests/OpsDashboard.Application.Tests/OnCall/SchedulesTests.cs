using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Application.OnCall.Roster;
using OpsDashboard.Application.OnCall.Schedules;

namespace OpsDashboard.Application.Tests.OnCall;

public sealed class SchedulesTests
{
    private static readonly DateTimeOffset Now = OnCallStage.Start;

    [Fact]
    public async Task OnCall_AcrossBothChangesOfTheClocks_HandsOverAtNineByTheWallClock()
    {
        await using var stage = await OnCallStage.SetAsync();

        var now = await stage.WhoAsync();
        // Back on 25 October: 08:00 UTC from then on; forth on 28 March: 07:00 UTC again.
        Assert.Equal(("Ann", new DateTimeOffset(2026, 10, 26, 8, 0, 0, TimeSpan.Zero), "Ben"), (now.Person?.Name, now.Until, now.Next?.Name));
        Assert.Equal("Ann", (await stage.WhoAsync(new(2026, 10, 26, 7, 59, 59, TimeSpan.Zero))).Person?.Name);
        Assert.Equal("Ben", (await stage.WhoAsync(new(2026, 10, 26, 8, 0, 0, TimeSpan.Zero))).Person?.Name);
        var spring = await stage.WhoAsync(new(2027, 3, 24, 12, 0, 0, TimeSpan.Zero));
        Assert.Equal(new DateTimeOffset(2027, 3, 29, 7, 0, 0, TimeSpan.Zero), spring.Until);
        Assert.Equal("Ben", (await stage.WhoAsync(position: "secondary")).Person?.Name);
    }

    [Fact]
    public async Task Schedule_EditedLater_DoesNotRewriteWhoWasOnCall()
    {
        await using var stage = await OnCallStage.SetAsync();
        stage.Clock.StepTo(Now.AddDays(10));

        await stage.DoAsync(new SaveSchedule { Id = "on-call", Name = "On-call", Zone = "UTC", Positions = OnCallStage.Positions(["eve"], ["eve"]) });
        var backdated = await stage.SendAsync(new SaveSchedule
        {
            Id = "on-call",
            Name = "On-call",
            Zone = "UTC",
            Positions = OnCallStage.Positions(["ann"], ["ann"]),
            EffectiveFrom = Now.AddDays(1),
        });

        Assert.Equal(["effectiveFrom.past"], backdated.Failure!.Faults.Select(fault => fault.Rule));
        Assert.Equal("Ann", (await stage.WhoAsync(Now)).Person?.Name);
        Assert.Equal("Ben", (await stage.WhoAsync(Now.AddDays(9))).Person?.Name);
        Assert.Equal("Eve", (await stage.WhoAsync()).Person?.Name);
    }

    [Fact]
    public async Task Version_StillToCome_IsReplacedByOneThatBeginsBefore()
    {
        await using var stage = await OnCallStage.SetAsync();
        async Task PlanAsync(string person, int days) => await stage.DoAsync(new SaveSchedule
        {
            Id = "on-call", Name = "On-call", Zone = "UTC", Positions = OnCallStage.Positions([person], [person]), EffectiveFrom = Now.AddDays(days),
        });

        await PlanAsync("ben", 5);
        await PlanAsync("eve", 3);

        var versions = (await stage.DoAsync(new ListSchedules())).Single().Versions;
        Assert.Equal([true, false], versions.Select(version => version.InForce));
        Assert.Equal("Eve", (await stage.WhoAsync(Now.AddDays(6))).Person?.Name);
    }

    [Fact]
    public async Task Override_AddedAndTakenBack_HoldsOnlyMeanwhile()
    {
        await using var stage = await OnCallStage.SetAsync();

        var added = await stage.DoAsync(new AddOverride { Schedule = "on-call", Position = "primary", Person = "eve", End = Now.AddHours(8), Reason = "Doctor" });
        Assert.Equal(("Eve", Now.AddHours(8)), ((await stage.WhoAsync()).Person?.Name, (await stage.WhoAsync()).Until));
        stage.Clock.StepTo(Now.AddHours(2));
        await stage.DoAsync(new EndOverride(added.Id));
        var again = await stage.SendAsync(new EndOverride(added.Id));

        Assert.Equal("Ann", (await stage.WhoAsync()).Person?.Name);
        Assert.Equal("Eve", (await stage.WhoAsync(Now.AddHours(1))).Person?.Name);
        Assert.Equal(Application.Platform.Requests.FailureKind.Conflict, again.Failure?.Kind);
    }

    [Fact]
    public async Task Override_WithWrongFields_IsRefusedWithAllOfThem()
    {
        await using var stage = await OnCallStage.SetAsync();

        var refused = await stage.SendAsync(new AddOverride { Schedule = "on-call", Position = "third", Person = "nobody", Start = Now.AddHours(-1), End = Now.AddDays(93) });
        var backwards = await stage.SendAsync(new AddOverride { Schedule = "none", Position = "primary", Person = "ann", End = Now });

        Assert.Equal(["start.past", "end.tooLong", "position.known", "person.known"], refused.Failure!.Faults.Select(fault => fault.Rule));
        Assert.Equal(["end.afterStart", "schedule.known"], backwards.Failure!.Faults.Select(fault => fault.Rule));
    }

    [Fact]
    public async Task Swap_AcceptedByWhomItWasAsked_ExchangesBothTimes()
    {
        await using var stage = await OnCallStage.SetAsync();
        var mine = (Start: Now.AddHours(6), End: Now.AddHours(12));
        var theirs = (Start: Now.AddDays(8), End: Now.AddDays(8).AddHours(6));

        var asked = await stage.DoAsync(new RequestSwap { Schedule = "on-call", Position = "primary", To = "ben", Start = mine.Start, End = mine.End, ReturnStart = theirs.Start, ReturnEnd = theirs.End }, "ann");
        var byStranger = await stage.SendAsync(new AnswerSwap(asked.Id, SwapAnswer.Accept), "eve");
        Assert.Equal("Ann", (await stage.WhoAsync(mine.Start)).Person?.Name);
        await stage.DoAsync(new AnswerSwap(asked.Id, SwapAnswer.Accept), "ben");
        var twice = await stage.SendAsync(new AnswerSwap(asked.Id, SwapAnswer.Decline), "ben");

        Assert.False(byStranger.Succeeded);
        Assert.False(twice.Succeeded);
        Assert.Equal("Ben", (await stage.WhoAsync(mine.Start)).Person?.Name);
        Assert.Equal("Ann", (await stage.WhoAsync(mine.End)).Person?.Name);
        Assert.Equal("Ann", (await stage.WhoAsync(theirs.Start)).Person?.Name);
        Assert.Equal("Ben", (await stage.WhoAsync(theirs.End)).Person?.Name);
        Assert.Empty(await stage.DoAsync(new ListSwaps()));
    }

    [Fact]
    public async Task Swap_OfATimeThatIsNotTheirs_IsRefusedWhenAskedAndWhenAnswered()
    {
        await using var stage = await OnCallStage.SetAsync();
        RequestSwap Ask(DateTimeOffset start) => new() { Schedule = "on-call", Position = "primary", To = "ben", Start = start, End = start.AddHours(2) };

        var foreign = await stage.SendAsync(Ask(Now.AddDays(8)), "ann");
        var unnamed = await stage.SendAsync(Ask(Now.AddHours(2)));
        var asked = await stage.DoAsync(Ask(Now.AddHours(2)), "ann");
        await stage.DoAsync(new AddOverride { Schedule = "on-call", Position = "primary", Person = "eve", Start = Now.AddHours(3), End = Now.AddHours(5) });
        var stale = await stage.SendAsync(new AnswerSwap(asked.Id, SwapAnswer.Accept), "ben");

        Assert.Equal(["start.theirs"], foreign.Failure!.Faults.Select(fault => fault.Rule));
        Assert.Equal(["from.required"], unnamed.Failure!.Faults.Select(fault => fault.Rule));
        Assert.Contains("has changed since", stale.Failure!.Message);
    }

    [Fact]
    public async Task Gaps_Ahead_AreFoundWhereSomeoneLeaves()
    {
        await using var stage = await OnCallStage.SetAsync();
        Assert.Empty(await stage.DoAsync(new FindCoverageGaps()));

        var leaves = Now.AddDays(9);
        await stage.DoAsync(new SavePerson { Id = "ben", Name = "Ben", Roles = [], Zone = "UTC", ActiveTo = leaves });

        // Ben's turn as primary ends on 2 November at 08:00 UTC, which is within the 14 days; then he is secondary.
        var gaps = await stage.DoAsync(new FindCoverageGaps());
        Assert.Equal(
            [("primary", leaves, false), ("secondary", new DateTimeOffset(2026, 11, 2, 8, 0, 0, TimeSpan.Zero), true)],
            gaps.Select(gap => (gap.Position, gap.Start, gap.Lasts)));
        Assert.Equal([new DateTimeOffset(2026, 11, 2, 8, 0, 0, TimeSpan.Zero), Now.AddDays(FindCoverageGaps.DaysAhead)], gaps.Select(gap => gap.End));
    }

    [Fact]
    public async Task Stipends_OfAMonth_AddUpToItsHours()
    {
        await using var stage = await OnCallStage.SetAsync();

        var november = await stage.DoAsync(new GetStipends { Schedule = "on-call", Year = 2026, Month = 11 });
        var october = await stage.DoAsync(new GetStipends { Schedule = "on-call", Year = 2026, Month = 10 });

        Assert.Equal(720m, november.Where(share => share.Position == "Primary").Sum(share => share.Hours));
        // From noon of the 19th in UTC to the end of the month in Berlin, with the hour that happened twice.
        Assert.Equal(299m, october.Where(share => share.Position == "Primary").Sum(share => share.Hours));
        Assert.All(november, share => Assert.Equal(decimal.Round(share.Hours / 168 * 500, 2), share.Dollars));
    }
}
