using System.Diagnostics;
using System.Text.Json;
using OpsDashboard.Application.StatusPages;
using OpsDashboard.Domain.StatusPages;
using OpsDashboard.Testing;
using OpsDashboard.Web.StatusPages;

namespace OpsDashboard.Web.Tests.StatusPages;

/// <summary>Feeds as somebody else's parser (npm's feedparser) reads them.</summary>
public sealed class FeedTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Feed_WithIncidentAndMaintenance_IsReadByAForeignParser(bool atom)
    {
        var feeds = new StatusFeeds(Site.Page(StatusSite.All)!, "https://status.example");

        var read = await ReadAsync(atom ? feeds.Atom() : feeds.Rss());

        Assert.Equal(atom ? ("atom", "1.0") : ("rss", "2.0"), (read.GetProperty("type").GetString(), read.GetProperty("version").GetString()));
        Assert.Equal("https://status.example/status", read.GetProperty("link").GetString());
        var items = read.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["Requests fail & time out", "Scheduled: New disks"], items.Select(item => item.GetProperty("title").GetString()));
        Assert.Equal("https://status.example/status/incidents/7", items[0].GetProperty("link").GetString());
        Assert.Equal(Now.AddHours(-1), items[0].GetProperty("date").GetDateTimeOffset());
        var text = items[0].GetProperty("description").GetString()!;
        Assert.Contains("<strong>all</strong>", text);
        Assert.Contains("&lt;script&gt;", text);
        Assert.Equal(2, items.Select(item => item.GetProperty("guid").GetString()).Distinct().Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Feed_OfAPageWithoutWord_IsValidAndEmpty(bool atom)
    {
        var feeds = new StatusFeeds((Site with { Incidents = [], Maintenance = [] }).Page(StatusSite.All)!, "https://status.example");

        Assert.Empty((await ReadAsync(atom ? feeds.Atom() : feeds.Rss())).GetProperty("items").EnumerateArray());
    }

    private static StatusSite Site { get; } = new()
    {
        At = Now,
        Platforms = [new StatusPlatform("mlops", "ML platform")],
        Components = [],
        Incidents =
        [
            new StatusIncident
            {
                Id = 7,
                Title = "Requests fail & time out\u0001",
                State = StatusIncidentState.Identified,
                Effects = [new StatusEffect("mlops", "mlops/api", ComponentState.MajorOutage)],
                Updates =
                [
                    new StatusUpdate(2, StatusIncidentState.Identified, "Found. <script>alert(1)</script>", Now.AddHours(-1)),
                    new StatusUpdate(1, StatusIncidentState.Investigating, "We look at **all** of it. \u000B🙂", Now.AddHours(-2)),
                ],
                StartedAt = Now.AddHours(-3),
            },
        ],
        Maintenance = [new StatusMaintenance(3, "mlops", null, "New disks", StatusMaintenanceState.Scheduled, Now.AddDays(4), Now.AddDays(4).AddHours(2), Now.AddHours(-4), null, Recurs: false)],
        Weights = OutageWeights.Default,
        ChangesAt = Now.AddHours(1),
    };

    private static async Task<JsonElement> ReadAsync(string feed)
    {
        using var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(Repository.Root, "tests", "feeds", "read.mjs")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await process.StandardInput.WriteAsync(feed.AsMemory(), Token);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var errors = await process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        Assert.True(process.ExitCode == 0, errors);
        return JsonDocument.Parse(await output).RootElement;
    }
}
