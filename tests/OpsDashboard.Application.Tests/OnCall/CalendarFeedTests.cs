using Ical.Net;
using OpsDashboard.Application.OnCall.Calendars;
using OpsDashboard.Application.OnCall.People;
using OpsDashboard.Application.OnCall.Schedules;

namespace OpsDashboard.Application.Tests.OnCall;

/// <summary>Feeds as another program's parser reads them.</summary>
public sealed class CalendarFeedTests
{
    private static readonly DateTimeOffset Now = OnCallStage.Start;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Feed_OfASchedule_IsReadByAnIndependentParser()
    {
        await using var stage = await OnCallStage.SetAsync();
        var link = await stage.DoAsync(new MakeCalendarLink { Schedule = "on-call" });

        var text = await ReadAsync(stage, link);
        var calendar = Calendar.Load(text)!;

        // Half a year of weeks, two positions.
        Assert.InRange(calendar.Events.Count, 52, 56);
        var first = calendar.Events.Where(one => one.Summary!.Contains("Primary", StringComparison.Ordinal)).OrderBy(one => one.Start).First();
        Assert.Equal("Ann: Primary, On-call", first.Summary);
        Assert.Equal((Now, new DateTimeOffset(2026, 10, 26, 8, 0, 0, TimeSpan.Zero)), (new DateTimeOffset(first.Start!.AsUtc), new DateTimeOffset(first.End!.AsUtc)));
        Assert.Equal(Now, new DateTimeOffset(first.LastModified!.AsUtc));
        Assert.Equal(calendar.Events.Count, calendar.Events.Select(one => one.Uid).Distinct().Count());
        Assert.Contains(calendar.Properties, property => property is { Name: "REFRESH-INTERVAL", Value: not null });
        Assert.All(text.Split("\r\n"), line => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.DoesNotContain("\n", text.Replace("\r\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Feed_OfAPerson_KeepsItsIdsAsTimePassesAndOverridesComeIn()
    {
        await using var stage = await OnCallStage.SetAsync();
        var link = await stage.DoAsync(new MakeCalendarLink { Person = "ann" });
        var before = await UidsAsync(stage, link);

        stage.Clock.StepTo(Now.AddDays(40));
        await stage.DoAsync(new AddOverride { Schedule = "on-call", Position = "primary", Person = "eve", Start = Now.AddDays(43), End = Now.AddDays(43.5) });
        var after = await UidsAsync(stage, link);

        // Of what both feeds show, the turn that was cut has one part more and everything else is as it was.
        var shown = before.Where(one => one.Value > Now.AddDays(40)).Select(one => one.Key).ToList();
        Assert.NotEmpty(shown);
        Assert.Subset(after.Keys.ToHashSet(), shown.ToHashSet());
        Assert.Single(after.Keys.Except(before.Keys), uid => uid.EndsWith(".1@opsdashboard", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Link_MadeAnew_ReplacesTheOneBefore()
    {
        await using var stage = await OnCallStage.SetAsync();
        await stage.DoAsync(new SavePerson { Name = "Zoë; \"Nachtwächterin\", äußerst lange Namen werden mitten in Umlauten gefaltet: ÄÖÜÄÖÜÄÖÜ", Roles = [], Zone = "Europe/Berlin" });
        await stage.DoAsync(new AddOverride { Schedule = "on-call", Position = "primary", Person = Slug(), Start = Now.AddDays(1), End = Now.AddDays(2) });
        var old = await stage.DoAsync(new MakeCalendarLink { Schedule = "on-call" });
        var link = await stage.DoAsync(new MakeCalendarLink { Schedule = "on-call" });

        var gone = await stage.App.Http.GetAsync($"/calendars/{old.Secret}.ics", Token);
        var calendar = Calendar.Load(await ReadAsync(stage, link))!;

        Assert.Equal(404, (int)gone.StatusCode);
        Assert.Contains(calendar.Events, one => one.Summary!.StartsWith("Zoë; \"Nachtwächterin\", äußerst lange Namen werden mitten in Umlauten gefaltet: ÄÖÜÄÖÜÄÖÜ: Primary", StringComparison.Ordinal));

        static string Slug() => "zoe-nachtwachterin-au-erst-lange-namen-werden-mitten-in-umlaute";
    }

    private static async Task<string> ReadAsync(OnCallStage stage, CalendarLink link)
    {
        var response = await stage.App.Http.GetAsync($"/calendars/{link.Secret}.ics", Token);
        Assert.Equal("text/calendar", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadAsStringAsync(Token);
    }

    private static async Task<Dictionary<string, DateTimeOffset>> UidsAsync(OnCallStage stage, CalendarLink link) =>
        Calendar.Load(await ReadAsync(stage, link))!.Events.ToDictionary(one => one.Uid!, one => new DateTimeOffset(one.End!.AsUtc));
}
