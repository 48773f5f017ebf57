using System.Text.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using OpsDashboard.Web.Ui;
using OpsDashboard.Web.Ui.Charts;

namespace OpsDashboard.Web.Tests.Ui;

public sealed class PartsTests : BunitContext
{
    public PartsTests() => JSInterop.Mode = JSRuntimeMode.Loose;

    [Theory]
    [InlineData(StateKind.Healthy, "On target", "circle-check", "healthy")]
    [InlineData(StateKind.AtRisk, "At risk", "triangle", "atRisk")]
    [InlineData(StateKind.Breached, "Breached", "octagon", "breached")]
    [InlineData(StateKind.NoData, "No data", "circle-dashed", "noData")]
    [InlineData(StateKind.Maintenance, "Maintenance", "wrench", "maintenance")]
    public void StateMark_EveryState_HasItsIconAndWord(StateKind state, string word, string icon, string attribute)
    {
        var mark = Render<StateMark>(parts => parts.Add(part => part.State, state));

        mark.MarkupMatches($"""
            <span class="state" data-state="{attribute}"><svg class="icon" aria-hidden="true" focusable="false"><use href="/icons/sprite.svg#{icon}"></use></svg>{word}</span>
            """);
    }

    [Fact]
    public void Sprite_EveryStateAndTone_HasItsSymbol()
    {
        var sprite = File.ReadAllText(Path.Combine(Testing.Repository.Root, "wwwroot-assets", "icons", "sprite.svg"));
        var names = Enum.GetValues<StateKind>().Select(state => state.Icon())
            .Concat(Enum.GetValues<Tone>().Select(tone => tone.Icon()))
            .Concat(Web.Shell.Navigation.Places.Select(place => place.Icon));

        Assert.All(names, name => Assert.Contains($"<symbol id=\"{name}\"", sprite, StringComparison.Ordinal));
    }

    [Fact]
    public void Value_WithReasons_IsAControlThatOpensThem()
    {
        var value = Render<Value>(parts => parts.Add(part => part.Text, "99.9 %").Add(part => part.Why, "/ui/why/a").Add(part => part.FlashKey, "a:sli"));

        var button = value.Find("button");
        Assert.Equal("/ui/why/a", button.GetAttribute("data-why"));
        Assert.Equal("a:sli", button.GetAttribute("data-flash"));
        Assert.Equal("99.9 %", button.TextContent);
    }

    [Fact]
    public void Value_WithoutReasons_IsPlainText() =>
        Assert.Empty(Render<Value>(parts => parts.Add(part => part.Text, "3")).FindAll("button"));

    [Theory]
    [InlineData(0.42, "42")]
    [InlineData(1.0, "100")]
    [InlineData(0.0, "0")]
    [InlineData(-0.58, "100")]
    [InlineData(1.2, "100")]
    public void BudgetBar_AnyRemainder_StaysInsideItsTrack(double remaining, string width)
    {
        var bar = Render<BudgetBar>(parts => parts.Add(part => part.Remaining, (decimal)remaining).Add(part => part.State, StateKind.AtRisk));

        Assert.Equal(width, bar.Find(".bar-fill").GetAttribute("width"));
    }

    [Fact]
    public void BudgetBar_NothingMeasured_IsHatchedAndSaysSo()
    {
        var bar = Render<BudgetBar>(parts => parts.Add(part => part.Remaining, null).Add(part => part.State, StateKind.NoData));

        Assert.Single(bar.FindAll(".bar-hatch"));
        Assert.Equal(Numbers.None, bar.Find("strong").TextContent);
    }

    [Fact]
    public void BurnChip_Firing_SaysSoInWords()
    {
        var chip = Render<BurnChip>(parts => parts.Add(part => part.Rate, 14.4m).Add(part => part.Firing, true));

        Assert.Equal("atRisk", chip.Find(".burn").GetAttribute("data-state"));
        Assert.Contains("alert fires", chip.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Sparkline_BelowTarget_MarksThatPartOnly()
    {
        var spark = Render<Sparkline>(parts => parts
            .Add(part => part.Points, [1.0, 1.0, 0.9, 1.0])
            .Add(part => part.Target, 0.95)
            .Add(part => part.Label, "4 days, lowest 90 %"));

        var bad = spark.Find(".spark-bad").GetAttribute("d")!;
        Assert.Equal(1, bad.Count(letter => letter == 'M'));
        Assert.Equal("4 days, lowest 90 %", spark.Find("svg").GetAttribute("aria-label"));
    }

    [Fact]
    public void Sparkline_MissingPoints_LeavesAGapInTheLine()
    {
        var spark = Render<Sparkline>(parts => parts.Add(part => part.Points, [1.0, null, null, 0.5]).Add(part => part.Label, "gap"));

        Assert.Equal(2, spark.Find(".spark-line").GetAttribute("d")!.Count(letter => letter == 'M'));
        Assert.NotNull(spark.Find(".spark-gap"));
    }

    [Fact]
    public void Sparkline_MoreThanItDraws_KeepsTheWorst()
    {
        var points = Enumerable.Repeat<double?>(1, 5000).ToArray();
        points[2500] = 0;

        var shape = SparkShape.Of(points, 0.5, higherIsWorse: false);

        Assert.NotEmpty(shape.Bad);
        Assert.Equal(400, shape.Line.Count(letter => letter is 'M' or 'L'));
    }

    [Fact]
    public void Sparkline_NoPointAtAll_DrawsNoLine() => Assert.Empty(SparkShape.Of([null, null], 0.9, false).Line);

    [Fact]
    public void HeatCell_Missed_IsToldByIconAndWord()
    {
        var cell = Render<HeatCell>(parts => parts.Add(part => part.State, StateKind.Breached).Add(part => part.Text, "99.8 %").Add(part => part.Href, "/x"));

        Assert.Single(cell.FindAll("td > a > svg"));
        Assert.Contains("Breached", cell.Find("td").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void PageHead_WithEverything_PutsTheAnswerAfterTheTitle()
    {
        var head = Render<PageHead>(parts => parts
            .Add(part => part.Title, "Operations")
            .Add(part => part.Answer, "All is well")
            .Add(part => part.LiveAt, 1_795_341_600_000)
            .Add(part => part.Crumbs, [new Crumb("Objectives", "/slos"), new Crumb("api")]));

        Assert.Equal("Operations", head.Find("h1").TextContent);
        Assert.Equal("1795341600000", head.Find("[data-freshness]").GetAttribute("data-at"));
        Assert.Single(head.FindAll(".crumbs a"));
    }

    [Fact]
    public void TimeStamp_AnyInstant_IsReadableWithoutScript()
    {
        var stamp = Render<TimeStamp>(parts => parts.Add(part => part.At, new DateTimeOffset(2026, 11, 22, 11, 4, 5, TimeSpan.FromHours(1))));

        stamp.MarkupMatches("""<time datetime="2026-11-22T10:04:05Z" data-utc="minute">22 Nov 10:04 UTC</time>""");
    }

    [Fact]
    public void ErrorPanel_Retry_CallsBack()
    {
        var retries = 0;
        var panel = Render<ErrorPanel>(parts => parts.Add(part => part.Title, "Not read").Add(part => part.OnRetry, () => retries++));

        panel.Find("button").Click();

        Assert.Equal(1, retries);
    }

    [Fact]
    public void Choice_Pressed_TellsTheChosenAndMarksTheCurrent()
    {
        var chosen = "";
        var choice = Render<Choice<string>>(parts => parts
            .Add(part => part.Label, "Span")
            .Add(part => part.Options, ["1 h", "24 h"])
            .Add(part => part.Value, "1 h")
            .Add(part => part.Word, word => word)
            .Add(part => part.ValueChanged, value => chosen = value));

        choice.FindAll("button")[1].Click();

        Assert.Equal("24 h", chosen);
        Assert.Equal("true", choice.FindAll("button")[0].GetAttribute("aria-pressed"));
    }

    [Fact]
    public void ProgressPanel_Running_TellsCountRateAndTimeLeft()
    {
        var panel = Render<ProgressPanel>(parts => parts
            .Add(part => part.Title, "Filling 90 days")
            .Add(part => part.Done, 38)
            .Add(part => part.Total, 90)
            .Add(part => part.Noun, "days")
            .Add(part => part.PerSecond, 4.1m)
            .Add(part => part.Left, TimeSpan.FromSeconds(13)));

        var facts = panel.FindAll(".progress-facts span").Select(fact => fact.TextContent);
        Assert.Equal(["38 of 90 days", "4.1 days a second", "13 s left"], facts);
    }

    [Fact]
    public async Task Dialog_ClosedByTheBrowser_TellsItsPage()
    {
        var open = true;
        var dialog = Render<Dialog>(parts => parts
            .Add(part => part.Title, "Delete?")
            .Add(part => part.Open, true)
            .Add(part => part.OpenChanged, value => open = value)
            .AddChildContent("Sure?"));

        await dialog.Instance.OnClosed();

        Assert.False(open);
        Assert.Equal(dialog.Find("h2").Id, dialog.Find("dialog").GetAttribute("aria-labelledby"));
    }

    [Fact]
    public void ChartSpec_AsJson_IsWhatTheChartModuleReads()
    {
        var spec = new ChartSpec
        {
            Kind = ChartKind.Step,
            Label = "Budget",
            From = 1000,
            To = 2000,
            Y = new ChartAxis(Min: 0, Unit: "%"),
            Series = [new ChartSeries("left", "1", [new ChartPoint(1000, 1.5), new ChartPoint(1500, null), new ChartPoint(1600, double.NaN)])],
            Thresholds = [new ChartThreshold(0, "spent", Tone.Bad)],
        };

        var json = JsonSerializer.SerializeToElement(spec, JsonSerializerOptions.Web);

        Assert.Equal("step", json.GetProperty("kind").GetString());
        Assert.Equal("[[1000,1.5],[1500,null],[1600,null]]", json.GetProperty("series")[0].GetProperty("points").GetRawText());
        Assert.Equal("bad", json.GetProperty("thresholds")[0].GetProperty("tone").GetString());
    }
}
