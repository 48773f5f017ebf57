using OpsDashboard.Application.Slos.Editing;
using OpsDashboard.Domain.Slos;
using OpsDashboard.Web.Slos.Editing;

namespace OpsDashboard.Web.Tests.Slos;

public sealed class SloDraftTests
{
    internal static readonly SloTerms Terms = new()
    {
        Name = "Checkout",
        Target = 0.999m,
        Threshold = new Threshold(Comparison.LessThan, 200m),
        BudgetingMethod = BudgetingMethod.Timeslices,
        TimeSliceTarget = 0.95m,
        Window = SloWindow.RollingDays(30),
        MinimumCoverage = 0.5m,
        MinimumEvents = 100,
        AlertRules = [new BurnAlertRule(AlertSeverity.Page, 60, 5, 14.4m)],
        Maintenance = new MaintenanceTerms(ExclusionMode.Removed, 4 * 3600, 5400),
    };

    [Fact]
    public void Draft_OfTerms_ReadsBackTheSame()
    {
        var (terms, faults) = SloDraft.Of(Terms).Read();

        Assert.Empty(faults);
        Assert.Empty(TermField.Changed(Terms, terms));
    }

    [Theory]
    [InlineData("98", true, "99")]
    [InlineData("99", true, "99.5")]
    [InlineData("99.5", true, "99.9")]
    [InlineData("99.92", true, "99.95")]
    [InlineData("99.95", true, "99.99")]
    [InlineData("99.99", true, "99.99")]
    [InlineData("99.999", true, "99.999")]
    [InlineData("99.999", false, "99.99")]
    [InlineData("99.6", false, "99.5")]
    [InlineData("99", false, "99")]
    [InlineData("high", true, "99")]
    public void Rung_FromWhatIsTyped_IsTheNextOfTheLadder(string typed, bool up, string rung)
    {
        var draft = SloDraft.Of(Terms);
        draft.Target = typed;

        Assert.Equal(rung, draft.Rung(up));
    }

    [Fact]
    public void Read_OfWhatIsNoNumber_NamesEachFieldAndKeepsTheText()
    {
        var draft = SloDraft.Of(Terms);
        draft.Target = "99.";
        draft.Limit = "fast";
        draft.WindowCount = "-3";
        draft.CapHours = "many";
        draft.Alerts[0].Threshold = "";

        var (_, faults) = draft.Read();

        Assert.Equal(
            ["/alertRules/0/threshold", "/maintenance/capPerMonthSeconds", "/threshold/limit", "/window/count"],
            faults.Select(fault => fault.Pointer).Order());
        Assert.Equal("fast", draft.Say(TermField.All.Single(one => one.Name == "threshold")).Split(' ')[^1]);
    }

    [Fact]
    public void Take_OfOneField_LeavesTheOthersAsTyped()
    {
        var mine = SloDraft.Of(Terms with { Name = "Mine" });
        var theirs = SloDraft.Of(Terms with { Name = "Theirs", Target = 0.99m });

        mine.Take(TermField.All.Single(one => one.Name == "target"), theirs);

        Assert.Equal(("Mine", "99"), (mine.Name, mine.Target));
    }

    [Fact]
    public void Take_OfEveryField_IsTheOtherDraft()
    {
        var mine = SloDraft.Of(Terms with { Maintenance = null, AlertRules = [], Threshold = null });
        var theirs = SloDraft.Of(Terms);

        foreach (var one in TermField.All)
        {
            mine.Take(one, theirs);
        }

        Assert.DoesNotContain(TermField.All, one => mine.Differs(one, theirs));
        Assert.Empty(TermField.Changed(Terms, mine.Read().Terms));
    }
}
