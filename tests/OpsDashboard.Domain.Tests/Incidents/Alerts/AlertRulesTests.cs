using OpsDashboard.Domain.Incidents.Alerts;

namespace OpsDashboard.Domain.Tests.Incidents.Alerts;

public sealed class AlertRulesTests
{
    private const long Minute = 60_000;

    [Fact]
    public void Fingerprint_OfTheSameLabelsInAnyOrder_IsTheSame()
    {
        var one = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "1", ["b"] = "2" };
        var other = new Dictionary<string, string>(StringComparer.Ordinal) { ["b"] = "2", ["a"] = "1" };
        var shifted = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "1b", [""] = "2" };

        Assert.Equal(AlertIdentity.Fingerprint(one), AlertIdentity.Fingerprint(other));
        Assert.NotEqual(AlertIdentity.Fingerprint(one), AlertIdentity.Fingerprint(shifted));
        Assert.Equal("i1:abc", AlertIdentity.KeyOf("i1", " abc ", one));
        Assert.Equal($"i1:{AlertIdentity.Fingerprint(one)}", AlertIdentity.KeyOf("i1", " ", one));
        Assert.InRange(AlertIdentity.KeyOf("i123456", new string('x', 10_000), one).Length, 1, AlertIdentity.MaxKeyLength);
        Assert.NotEqual(AlertIdentity.GroupOf("i1", new string('x', 500)), AlertIdentity.GroupOf("i1", new string('x', 501)));
    }

    [Theory]
    [InlineData(10, FiringVerdict.Repeats)]
    [InlineData(12, FiringVerdict.FiresAgain)]
    [InlineData(8, FiringVerdict.Repeats)]
    public void Firing_WhileOneIsOpen_NeverOpensAnother(int startMinute, FiringVerdict expected) =>
        Assert.Equal(expected, AlertSequence.OfFiring([new(10 * Minute)], startMinute * Minute, 20 * Minute));

    [Theory]
    [InlineData(10, 21, FiringVerdict.Late)]
    [InlineData(14, 21, FiringVerdict.Late)]
    [InlineData(15, 21, FiringVerdict.Opens)]
    [InlineData(10, 22, FiringVerdict.Opens)]
    public void Firing_AfterAKnownEnd_IsOvertakenOnlyForAWhile(int startMinute, int nowMinute, FiringVerdict expected) =>
        Assert.Equal(expected, AlertSequence.OfFiring([new(10 * Minute, 15 * Minute, 20 * Minute)], startMinute * Minute, nowMinute * Minute));

    [Fact]
    public void End_OfAFiring_ClosesItAndWhatBeganBefore()
    {
        KnownOccurrence[] known = [new(5), new(10), new(30), new(1, 2, 3)];

        Assert.Equal([5L, 10L], AlertSequence.ClosedBy(known, 10, 20).Select(one => one.StartsAtMs));
        Assert.Equal([5L, 10L, 30L], AlertSequence.ClosedBy(known, null, 30).Select(one => one.StartsAtMs));
        // The sender's clock was set back: the firing it names ends all the same.
        Assert.Equal([30L], AlertSequence.ClosedBy(known, 30, 4).Select(one => one.StartsAtMs));
        Assert.True(AlertSequence.MustRemember(known, 7));
        Assert.False(AlertSequence.MustRemember(known, 1));
    }

    /// <summary>Whatever the order of an alternation of firings and ends, nothing stays open once every end was told.</summary>
    [Fact]
    public void Messages_InAnyOrder_LeaveNothingOpen()
    {
        var random = new Random(20261122);
        for (var round = 0; round < 500; round++)
        {
            var messages = Enumerable.Range(0, 4).SelectMany(i => new[] { (Start: i * 10L, End: (long?)null), (Start: i * 10L, End: (i * 10L) + 5) }).ToArray();
            random.Shuffle(messages);
            var known = new List<KnownOccurrence>();
            foreach (var (start, end) in messages)
            {
                Tell(known, start, end);
            }

            Assert.DoesNotContain(known, occurrence => occurrence.IsOpen);
        }
    }

    [Theory]
    [InlineData("severity=\"critical\"", true)]
    [InlineData("severity=critical", true)]
    [InlineData("severity!=\"critical\"", false)]
    [InlineData("severity=~\"crit.*|warn\"", true)]
    [InlineData("severity=~\"crit\"", false)]
    [InlineData("severity!~\"warn.*\"", true)]
    [InlineData("team=\"\"", true)]
    [InlineData("team!=\"\"", false)]
    [InlineData("quote=\"a \\\"b\\\"\"", true)]
    public void Matcher_AsWritten_MatchesAsAlertmanagerDoes(string text, bool expected)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["severity"] = "critical", ["quote"] = "a \"b\"" };
        var matcher = LabelMatcher.Parse(text)!;

        Assert.Null(matcher.Check());
        Assert.Equal(expected, matcher.Matches(labels));
        Assert.Equal(matcher, LabelMatcher.Parse(matcher.ToString()));
    }

    [Theory]
    [InlineData("no sign")]
    [InlineData("=x")]
    [InlineData("a=\"b")]
    public void Matcher_ThatIsNone_IsNotRead(string text) => Assert.Null(LabelMatcher.Parse(text));

    [Theory]
    [InlineData("a=~\"(\"")]
    [InlineData("a=~\"(?=x)\"")]
    [InlineData("1a=b")]
    public void Matcher_ThatCannotBeUsed_SaysWhy(string text) => Assert.NotNull(LabelMatcher.Parse(text)!.Check());

    [Fact]
    public void Pattern_MadeToBacktrack_TakesNoTime()
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = new string('a', 4_000) + "!" };

        Assert.False(new LabelMatcher("a", MatchOperator.Matches, "(a+)+").Matches(labels));
    }

    [Fact]
    public void Silence_HoldsFromItsStartToItsEnd()
    {
        var silence = new Silence([new("a", MatchOperator.Equal, "b"), new("c", MatchOperator.NotEqual, "d")], 100, 200);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "b" };

        Assert.Equal([false, true, true, false], new[] { 99L, 100, 199, 200 }.Select(now => silence.Mutes(labels, now)));
        Assert.False(silence.Mutes(new Dictionary<string, string>(labels, StringComparer.Ordinal) { ["c"] = "d" }, 150));
        Assert.False((silence with { Matchers = [] }).Mutes(labels, 150));
    }

    [Fact]
    public void Route_IsDecidedFieldByFieldByTheFirstRuleThatStatesIt()
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["team"] = "db", ["severity"] = "page" };
        RoutingRule[] rules =
        [
            new() { Name = "other", Matchers = [new("team", MatchOperator.Equal, "web")], Platform = "web" },
            new() { Name = "database", Matchers = [new("team", MatchOperator.Equal, "db")], Service = "data", PolicyId = "dba" },
            new() { Name = "everything", Platform = "mesh", Service = "platform", Level = AlertLevel.Critical },
        ];

        var route = AlertRouting.Decide(rules, new AlertClaim(labels, null, null, AlertLevel.High, "page", null), "shop");
        var plain = AlertRouting.Decide([], new AlertClaim(labels, null, null, null, null, null), null);
        var muted = AlertRouting.Decide([new() { Name = "quiet", Action = AlertAction.Record }], new AlertClaim(labels, "p", "s", AlertLevel.Critical, "P0", null), "shop");

        Assert.Equal(("mesh", "data", AlertLevel.Critical, "dba", AlertAction.Page), (route.Platform, route.Service, route.Level, route.PolicyId, route.Action));
        Assert.Null(route.Severity);
        Assert.Equal(["database", "everything"], route.Rules);
        Assert.Equal((AlertRouting.DefaultPlatform, AlertLevel.High, AlertAction.Page), (plain.Platform, plain.Level, plain.Action));
        Assert.Equal(("p", "s", "P0", AlertAction.Record), (muted.Platform, muted.Service, muted.Severity, muted.Action));
    }

    [Theory]
    [InlineData("Sev 1", AlertLevel.Critical)]
    [InlineData("PAGE", AlertLevel.High)]
    [InlineData("warn", AlertLevel.Warning)]
    [InlineData("p3", AlertLevel.Info)]
    [InlineData("purple", null)]
    public void Level_OfAWord_IsKnownWhateverItsCase(string word, AlertLevel? expected) => Assert.Equal(expected, AlertRouting.LevelOf(word));

    [Fact]
    public void Heartbeat_NeverPinged_IsDueFromItsSetUp()
    {
        var terms = new HeartbeatTerms(60, 30);

        Assert.Equal((false, true), (terms.IsMissed(0, null, 89_999), terms.IsMissed(0, null, 90_000)));
        Assert.Equal(190_000, terms.DueAtMs(0, 100_000));
    }

    private static void Tell(List<KnownOccurrence> known, long start, long? end)
    {
        if (end is not { } endsAt)
        {
            if (AlertSequence.OfFiring(known, start, 0) is FiringVerdict.Opens or FiringVerdict.FiresAgain)
            {
                known.Add(new(start));
            }

            return;
        }

        var closed = AlertSequence.ClosedBy(known, start, endsAt);
        known.RemoveAll(closed.Contains);
        known.AddRange(closed.Select(occurrence => occurrence with { EndsAtMs = endsAt, EndSeenAtMs = 0 }));
        if (closed.Count == 0 && AlertSequence.MustRemember(known, start))
        {
            known.Add(new(start, endsAt, 0));
        }
    }
}
