using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using OpsDashboard.Testing;
using OpsDashboard.Testing.Live;
using OpsDashboard.Web.Live;

namespace OpsDashboard.Web.Tests.Live;

/// <summary><c>/hubs/live</c> with the real client over a real socket.</summary>
public sealed class LiveHubTests
{
    private const string Slo = "mlops/model-serving-api/availability";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changed_FollowedSubject_IsToldWithItsSequence()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        await using var client = await LiveClient.ConnectAsync(app.Url, Token);
        await client.SubscribeAsync("slo", Slo, Token);

        await Feed.AnnounceAsync(app.Services, Token, ("slo", Slo));
        var first = await client.NextAsync(Token);
        await Feed.AnnounceAsync(app.Services, Token, ("slo", Slo));
        var second = await client.NextAsync(Token);

        Assert.Equal(("slo", Slo), (first.Topic, first.Key));
        Assert.True(second.Sequence > first.Sequence);
    }

    [Fact]
    public async Task Changed_OtherSubjects_AreNotTold()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        await using var client = await LiveClient.ConnectAsync(app.Url, Token);
        await client.SubscribeAsync("slo", Slo, Token);
        await client.SubscribeAsync("service", "mlops/feature-store", Token);
        await client.UnsubscribeAsync("service", "mlops/feature-store", Token);

        await Feed.AnnounceAsync(app.Services, Token, ("slo", Slo + "-2"), ("service", "mlops/feature-store"), ("slo", Slo));

        Assert.Equal(Slo, (await client.NextAsync(Token)).Key);
        Assert.False(client.Changes.TryRead(out _));
    }

    [Fact]
    public async Task Changed_ManyTimesAtOnce_IsToldOnce()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        await using var client = await LiveClient.ConnectAsync(app.Url, Token);
        await client.SubscribeAsync("platform", "mlops", Token);

        await Feed.AnnounceAsync(app.Services, Token, [.. Enumerable.Repeat(("platform", "mlops"), 200)]);
        await Feed.AnnounceAsync(app.Services, Token, ("platform", "mlops"));
        var told = new List<LiveChange> { await client.NextAsync(Token) };
        await client.SubscribeAsync("demo", "progress", Token);
        await Feed.AnnounceAsync(app.Services, Token, ("demo", "progress"));
        while (told[^1].Topic != "demo")
        {
            told.Add(await client.NextAsync(Token));
        }

        Assert.InRange(told.Count, 2, 3);
    }

    [Theory]
    [InlineData("weather", "all", "topic must be one of")]
    [InlineData(null, "all", "topic must be one of")]
    [InlineData("slo", "", "key must have 1 to 300 characters")]
    [InlineData("slo", "mlops/model-serving-api", "a path like platform/service/slo")]
    [InlineData("slo", "mlops//availability", "a path like platform/service/slo")]
    [InlineData("platform", "ml ops", "a path like platform")]
    [InlineData("dashboard", "kitchen", "operations, executive, development")]
    public async Task Subscribe_UnknownSubject_IsRefusedInWordsAndTheConnectionStays(string? topic, string key, string words)
    {
        await using var app = await InProcessApp.StartAsync(Token);
        await using var client = await LiveClient.ConnectAsync(app.Url, Token);

        var refusal = await Assert.ThrowsAsync<HubException>(() => client.SubscribeAsync(topic, key, Token));

        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(HubConnectionState.Connected, client.State);
    }

    [Fact]
    public async Task Subscribe_KeyAtItsLimitAndOneBeyond_IsTakenAndRefused()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        await using var client = await LiveClient.ConnectAsync(app.Url, Token);
        var longest = "a/b/" + new string('c', LiveSubject.MaxKeyLength - 4);

        await client.SubscribeAsync("slo", longest, Token);

        await Assert.ThrowsAsync<HubException>(() => client.SubscribeAsync("slo", longest + "c", Token));
    }

    [Fact]
    public async Task Subscribe_BeyondTheLimitOfAConnection_IsRefused()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        await using var client = await LiveClient.ConnectAsync(app.Url, Token);
        for (var number = 0; number < LiveAudience.MaxPerConnection; number++)
        {
            await client.SubscribeAsync("platform", $"p{number}", Token);
        }

        await client.SubscribeAsync("platform", "p0", Token);
        var refusal = await Assert.ThrowsAsync<HubException>(() => client.SubscribeAsync("platform", "one-more", Token));

        Assert.Contains("at most 500 subjects", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audience_LastFollowerGone_IsForgotten()
    {
        await using var app = await InProcessApp.StartAsync(Token);
        var audience = app.Services.GetRequiredService<LiveAudience>();
        var subject = new LiveSubject("slo", Slo);
        await using (var client = await LiveClient.ConnectAsync(app.Url, Token))
        {
            await client.SubscribeAsync("slo", Slo, Token);
            Assert.True(audience.Follows(subject));
        }

        await Eventually.TrueAsync(() => audience.Subjects().Count == 0, Token);
        Assert.False(audience.Follows(subject));
    }

    [Fact]
    public async Task Changed_TwoProcessesOnOneStore_BothTell()
    {
        await using var other = await AppProcess.StartAsync(cancellationToken: Token);
        await using var app = await InProcessApp.StartAsync(Token, dataDirectory: other.DataDirectory);
        await using var here = await LiveClient.ConnectAsync(app.Url, Token);
        await using var there = await LiveClient.ConnectAsync(other.Url, Token);
        await here.SubscribeAsync("slo", Slo, Token);
        await there.SubscribeAsync("slo", Slo, Token);

        await Feed.AnnounceAsync(app.Services, Token, ("slo", Slo));

        Assert.Equal(await here.NextAsync(Token), await there.NextAsync(Token));
    }

    [Fact]
    public async Task Changed_SampleHandedInToOneOfTwoProcesses_IsToldByBoth()
    {
        await using var first = await AppProcess.StartAsync(cancellationToken: Token);
        await using var second = await AppProcess.StartAsync(new AppProcessOptions { DataDirectory = first.DataDirectory }, Token);
        await using var here = await LiveClient.ConnectAsync(first.Url, Token);
        await using var there = await LiveClient.ConnectAsync(second.Url, Token);
        var slo = (await first.Http.GetFromJsonAsync<JsonElement>("/api/v1/slos?platform=agent-mesh", Token))
            .GetProperty("items").EnumerateArray().First(item => item.GetProperty("kind").GetString() == "ratio");
        var id = slo.GetProperty("id").GetString();
        await here.SubscribeAsync("slo", id, Token);
        await there.SubscribeAsync("slo", id, Token);

        using var sample = new HttpRequestMessage(HttpMethod.Post, "/api/v1/samples")
        {
            Content = JsonContent.Create(new
            {
                batchId = "two-processes",
                samples = new[] { new { sli = slo.GetProperty("sliId").GetString(), at = TimeProvider.System.GetUtcNow(), good = 9, total = 10 } },
            }),
        };
        sample.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AppProcess.IntakeKey);
        (await second.Http.SendAsync(sample, Token)).EnsureSuccessStatusCode();

        Assert.Equal(id, (await here.NextAsync(Token)).Key);
        Assert.Equal(id, (await there.NextAsync(Token)).Key);
        foreach (var process in new[] { first, second })
        {
            var status = await process.Http.GetFromJsonAsync<JsonElement>($"/api/v1/slos/{id}", Token);
            Assert.True(status.GetProperty("total").GetDecimal() > 0);
        }
    }
}
