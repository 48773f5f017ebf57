using OpsDashboard.Domain.StatusPages;

namespace OpsDashboard.Domain.Tests.StatusPages;

public sealed class ComponentTimelineTests
{
    private const long Minute = 60_000;
    private static readonly DateOnly Day = new(2026, 11, 13);
    private static readonly long Midnight = new DateTimeOffset(2026, 11, 13, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    [Fact]
    public void At_NothingKnown_IsOperational() => Assert.Equal(ComponentState.Operational, Of().At(Midnight));

    [Fact]
    public void At_TwoIncidents_IsTheWorse() => Assert.Equal(
        ComponentState.MajorOutage,
        Of(incidents: [Span(0, 60, ComponentState.DegradedPerformance), Span(30, 90, ComponentState.MajorOutage)]).At(Midnight + (45 * Minute)));

    [Theory]
    [InlineData(9, ComponentState.Operational)]
    [InlineData(10, ComponentState.PartialOutage)]
    [InlineData(19, ComponentState.PartialOutage)]
    [InlineData(20, ComponentState.Operational)]
    public void At_Bounds_HoldTheStartAndNotTheEnd(int minute, ComponentState expected) =>
        Assert.Equal(expected, Of(incidents: [Span(10, 20, ComponentState.PartialOutage)]).At(Midnight + (minute * Minute)));

    [Fact]
    public void At_IncidentDuringMaintenance_CountsAsTheIncident()
    {
        var timeline = Of(incidents: [Span(30, 60, ComponentState.DegradedPerformance)], maintenance: [Span(0, 120, ComponentState.UnderMaintenance)]);

        Assert.Equal(ComponentState.UnderMaintenance, timeline.At(Midnight + (10 * Minute)));
        Assert.Equal(ComponentState.DegradedPerformance, timeline.At(Midnight + (30 * Minute)));
        Assert.Equal(ComponentState.UnderMaintenance, timeline.At(Midnight + (60 * Minute)));
    }

    [Fact]
    public void At_SetByHand_CountsWhateverElseIsSo()
    {
        var timeline = Of(
            incidents: [Span(0, 120, ComponentState.MajorOutage)],
            overrides: [Span(10, 120, ComponentState.Operational), Span(20, 30, ComponentState.PartialOutage)]);

        Assert.Equal(ComponentState.MajorOutage, timeline.At(Midnight));
        Assert.Equal(ComponentState.Operational, timeline.At(Midnight + (15 * Minute)));
        Assert.Equal(ComponentState.PartialOutage, timeline.At(Midnight + (25 * Minute)));
    }

    [Fact]
    public void NextEdge_OpenIncident_IsNone()
    {
        var open = new ComponentSpan(Midnight, long.MaxValue, ComponentState.MajorOutage);

        Assert.Null(Of(incidents: [open]).NextEdge(Midnight));
        Assert.Equal(Midnight + (5 * Minute), Of(incidents: [open], maintenance: [Span(5, 10, ComponentState.UnderMaintenance)]).NextEdge(Midnight));
    }

    [Fact]
    public void Day_WithOutagesAndMaintenance_AddsUpEachAndNamesTheWorst()
    {
        var day = ComponentDay.Of(
            Day,
            Of(
                incidents: [Span(60, 102, ComponentState.PartialOutage), Span(80, 90, ComponentState.MajorOutage), Span(-30, 20, ComponentState.DegradedPerformance)],
                maintenance: [Span(120, 360, ComponentState.UnderMaintenance)]),
            long.MaxValue);

        Assert.Equal(new ComponentDay(Day, ComponentState.MajorOutage, 240 * 60, 20 * 60, 32 * 60, 10 * 60), day);
    }

    [Fact]
    public void Day_UnderWay_CountsUpToNow() => Assert.Equal(
        300,
        ComponentDay.Of(Day, Of(incidents: [new(Midnight, long.MaxValue, ComponentState.MajorOutage)]), Midnight + (5 * Minute)).MajorSeconds);

    [Fact]
    public void Downtime_ByWeights_TakesThatShareOfEach()
    {
        var day = new ComponentDay(Day, ComponentState.MajorOutage, 9_999, 100, 1_000, 60);

        Assert.Equal(300 + 60, day.Downtime(OutageWeights.Default));
        Assert.Equal(10 + 500 + 60, day.Downtime(new OutageWeights(10, 50, 100)));
    }

    private static ComponentSpan Span(int from, int to, ComponentState state) => new(Midnight + (from * Minute), Midnight + (to * Minute), state);

    private static ComponentTimeline Of(ComponentSpan[]? incidents = null, ComponentSpan[]? maintenance = null, ComponentSpan[]? overrides = null) =>
        new(incidents ?? [], maintenance ?? [], overrides ?? []);
}
